# lab ping-children: ping between macvlan and ipvlan children, host and wire, as ping prints it
ip netns add sw
ip netns add h1
ip netns add c1
ip netns add c2
ip netns add x
ip -n sw link add br0 address 02:00:00:00:00:10 type bridge
ip -n sw link set br0 up
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name p1 address 02:00:00:00:00:b1 netns sw
ip link add eth0 address 02:00:00:00:00:09 netns x type veth peer name p2 address 02:00:00:00:00:b2 netns sw
ip -n sw link set p1 master br0 up
ip -n sw link set p2 master br0 up
ip -n h1 link set eth0 up
ip -n x link set eth0 up
ip -n h1 addr add 10.0.0.2/24 dev eth0
ip -n x addr add 10.0.0.9/24 dev eth0
ip -n h1 link add link eth0 name iv0 netns c1 type ipvlan mode l2 private
ip -n h1 link add link eth0 name iv1 netns c2 type ipvlan mode l2 private
ip -n c1 link set iv0 up
ip -n c2 link set iv1 up
ip -n c1 addr add 10.0.0.11/24 dev iv0
ip -n c2 addr add 10.0.0.12/24 dev iv1
ip netns exec c1 ping -c1 -W1 10.0.0.9
ip netns exec c1 ping -c1 10.0.0.12
ip -n c1 neigh add 10.0.0.12 lladdr 02:00:00:00:00:01 dev iv0
ip -n c1 neigh replace 10.0.0.12 lladdr 02:00:00:00:00:01 dev iv0
ip netns exec c1 ping -c1 -W1 10.0.0.12
ip netns exec c1 ping -c2 -i 0.3 -W1 10.0.0.12
ip netns exec c1 ping -q -c2 -i 0.3 -W1 10.0.0.12
ip -n c1 link set iv0 type ipvlan mode l3 private
ip netns exec c1 ping -c2 -i 0.3 -W1 10.0.0.12
ip netns exec c1 ping -c1 -W1 10.0.0.2
ip netns exec h1 ping -c1 -W5 10.0.0.11
ip netns exec c1 ping -c1 -W1 10.0.0.9
ip netns exec c1 ping -c1 -W1 10.0.0.77
ip netns exec c1 ping -c1 -W1 192.168.7.7
ip -n c1 link set iv0 type ipvlan mode l3 bridge
ip netns exec c1 ping -c1 -W1 10.0.0.12
ip -n c1 link set iv0 type ipvlan mode l3s
ip netns exec c1 ping -c1 -W1 10.0.0.12
ip netns exec c1 ping -c1 -W1 10.0.0.12 -s 1473
ip netns exec c1 ping -c1 -W1 10.0.0.9
ip -n c1 link del iv0
ip -n c2 link del iv1
ip -n h1 link add link eth0 name mv0 netns c1 address 02:00:00:00:01:01 type macvlan mode private
ip -n h1 link add link eth0 name mv1 netns c2 address 02:00:00:00:01:02 type macvlan mode private
ip -n c1 link set mv0 up
ip -n c2 link set mv1 up
ip -n c1 addr add 10.0.0.11/24 dev mv0
ip -n c2 addr add 10.0.0.12/24 dev mv1
ip netns exec c1 ping -c1 10.0.0.12
ip netns exec c1 ping -c1 10.0.0.2
ip netns exec c1 ping -c1 -W1 10.0.0.9
ip netns exec x ping -c1 -W1 10.0.0.12
ip -n c1 link set mv0 type macvlan mode bridge
ip -n c2 link set mv1 type macvlan mode bridge
ip netns exec c1 ping -c1 -W1 10.0.0.12
ip -n h1 neigh
ip -n c1 neigh
ip -n c2 neigh
ip -n x neigh
bridge -n sw fdb show br br0
bridge -n sw link set dev p1 hairpin on
ip -n c1 link set mv0 type macvlan mode vepa
ip -n c2 link set mv1 type macvlan mode vepa
ip netns exec c1 ping -c1 -W1 10.0.0.12
ip netns exec c1 ping -c1 -W4 10.0.0.2
bridge -n sw fdb show br br0 | grep -v permanent
