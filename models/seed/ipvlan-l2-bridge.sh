# ipvlan l2, flag bridge: containers reach each other, the host does not hear their ARP requests.
sudo ip netns add container-1
sudo ip netns add container-2
sudo ip link add ipvlan1 link enp1s0 type ipvlan mode l2 bridge
sudo ip link add ipvlan2 link enp1s0 type ipvlan mode l2 bridge
sudo ip link set ipvlan1 netns container-1
sudo ip link set ipvlan2 netns container-2
sudo ip netns exec container-1 ip a add 192.168.122.101/24 dev ipvlan1
sudo ip netns exec container-2 ip a add 192.168.122.102/24 dev ipvlan2
sudo ip netns exec container-1 ip link set lo up
sudo ip netns exec container-1 ip link set ipvlan1 up
sudo ip netns exec container-2 ip link set lo up
sudo ip netns exec container-2 ip link set ipvlan2 up
sudo ip netns exec container-1 ip r add default via 192.168.122.1 dev ipvlan1 src 192.168.122.101
sudo ip netns exec container-2 ip r add default via 192.168.122.1 dev ipvlan2 src 192.168.122.102

sudo ip netns exec container-1 ping 192.168.122.102 -c3
sudo ip netns exec container-1 ping 192.168.122.240 -c3
sudo ip netns exec container-1 ping 192.168.122.1 -c3

# All have the hardware address of the one network card.
ip link show enp1s0
sudo ip netns exec container-1 ip link show ipvlan1
