# lab ip-states-ipvlan: flags and operational states of ipvlan children
ip link add eth0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:02
ip netns add c1
ip netns add c2
ip link add link eth0 iv0 type ipvlan mode l3
ip link add link eth0 name iv1 netns c1 type ipvlan mode l3
ip link set iv0 up
ip -n c1 link set iv1 up
ip link
ip link set eth0 up
ip link
ip -n c1 link
ip link set p0 up
ip link
ip -n c1 link
ip addr add 10.0.0.2/24 dev iv0
ip -n c1 addr add 10.0.0.3/24 dev iv1
ip -n c1 r
ip link set p0 down
sleep 2
ip link
ip -n c1 a
ip -n c1 r
ip link set p0 up
ip link set eth0 down
sleep 2
ip a
ip -n c1 a
ip -n c1 r
ip link set eth0 up
ip link set iv0 type ipvlan mode l2
ip -n c1 a
ip link set iv0 netns c2
ip -n c2 a
ip -n c2 link set iv0 up
ip -n c2 a
ip netns list
ip netns del c1
ip netns list
ip link del eth0
ip -n c2 a
ip link
