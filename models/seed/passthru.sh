# Mode passthru: the child takes the network card for itself, so there can be only one.
sudo ip netns add container-1
sudo ip netns add container-2
sudo ip link add mvlan1 link enp1s0 type macvlan mode passthru
sudo ip link add mvlan2 link enp1s0 type macvlan mode passthru
sudo ip link set mvlan1 netns container-1

# It has the address of its parent.
ip link show enp1s0
sudo ip netns exec container-1 ip link show mvlan1
