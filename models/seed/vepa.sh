# Mode vepa: every frame leaves the machine, so containers and host meet only where the switch port reflects.
sudo ip netns add container-1
sudo ip netns add container-2
sudo ip link add mvlan1 link enp1s0 type macvlan mode vepa
sudo ip link add mvlan2 link enp1s0 type macvlan mode vepa
sudo ip link set mvlan1 netns container-1
sudo ip link set mvlan2 netns container-2
sudo ip netns exec container-1 ip link set lo up
sudo ip netns exec container-2 ip link set lo up
sudo ip netns exec container-1 ip a add 192.168.122.101/24 dev mvlan1
sudo ip netns exec container-2 ip a add 192.168.122.102/24 dev mvlan2
sudo ip netns exec container-1 ip link set mvlan1 up
sudo ip netns exec container-2 ip link set mvlan2 up
sudo ip netns exec container-1 ip r add default via 192.168.122.1 dev mvlan1 src 192.168.122.101
sudo ip netns exec container-2 ip r add default via 192.168.122.1 dev mvlan2 src 192.168.122.102

# The port does not send back what came in by it.
sudo ip netns exec container-1 ping 192.168.122.102 -c3
sudo ip netns exec container-1 ping 192.168.122.240 -c3

# Now it does.
ssh hypervisor sudo ip link set vnet0 type bridge_slave hairpin on
sudo ip netns exec container-1 ping 192.168.122.102 -c3
sudo ip netns exec container-1 ping 192.168.122.240 -c3
