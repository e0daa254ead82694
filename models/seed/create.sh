# A macvlan child is made on the host and moved into a container: it arrives down, and shows its parent as @if2.
sudo ip netns add container
sudo ip link add mvlan link enp1s0 type macvlan
sudo ip link set mvlan netns container
sudo ip netns exec container ip link set lo up
sudo ip netns exec container ip a
