# ipvlan l3s, flag bridge: as l3, save that the host's netfilter sees what comes in as well as what goes out.
sudo ip netns add container-1
sudo ip netns add container-2
sudo ip link add ipvlan1 link enp1s0 type ipvlan mode l3s bridge
sudo ip link add ipvlan2 link enp1s0 type ipvlan mode l3s bridge
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

# Nobody answers ARP for a container: requests arrive, replies do not find back.
sudo ip netns exec container-1 ping 192.168.122.240 -c3
sudo ip netns exec container-1 ping 192.168.122.1 -c3

# The router learns where the containers are.
ssh hypervisor sudo ip route add 192.168.122.100/30 via 192.168.122.240
sudo ip netns exec container-1 ping 192.168.122.1 -c3
