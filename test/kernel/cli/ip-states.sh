# lab ip-states: flags and operational states of parents and children through up, down, carrier loss and namespaces
ip link add eth0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:02
ip netns add c1
ip netns add c2
ip link add link eth0 mv0 address 02:00:00:00:01:01 type macvlan mode bridge
ip link add link eth0 name mv1 netns c1 address 02:00:00:00:01:02 type macvlan mode bridge
ip link add link eth0 name eth0.7 type vlan id 7
ip link
ip -n c1 link
ip link set mv0 up
ip -n c1 link set mv1 up
ip link set eth0.7 up
ip link
ip link set eth0 up
ip link
ip link set mv0 up
ip link set eth0.7 up
ip -n c1 a
ip link set p0 up
ip link
ip -n c1 link
ip -n c1 -d link show mv1
ip -n c1 -j link show mv1
ip -n c1 -br link
ip addr add 10.0.0.1/24 dev eth0
ip addr add 10.0.0.2/24 dev mv0
ip -n c1 addr add 10.0.0.3/24 dev mv1
ip r
ip -n c1 r
ip link set p0 down
sleep 2
ip link
ip -n c1 link
ip r
ip -n c1 r
ip link set p0 up
sleep 2
ip link
ip link set eth0 down
sleep 2
ip a
ip -n c1 a
ip r
ip -n c1 r
ip link set eth0 up
ip a
ip -n c1 a
ip -n c1 r
ip link set mv0 down
ip a show mv0
ip link set mv0 netns c2
ip -n c2 a
ip -n c2 link set mv0 up
ip -n c2 a
ip link set eth0 netns c2
ip a
ip -n c2 a
ip -n c1 a
ip -n c2 link set eth0 up
ip -n c2 a
ip netns del c1
ip -n c2 link
ip -n c2 link del eth0
ip -n c2 link
ip link
ip -n c1 link
ip link set lo up
ip a show lo
ip link set lo down
ip a show lo
