# lab ping-duplicates: two machines with one address, copies from a loop of ports, and macvlan and ipvlan answers
ip netns add sw
ip netns add h1
ip netns add h2
ip netns add h3
ip -n sw link add br0 address 02:00:00:00:00:10 type bridge
ip -n sw link set br0 up
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name p1 address 02:00:00:00:00:b1 netns sw
ip link add eth0 address 02:00:00:00:00:02 netns h2 type veth peer name p2 address 02:00:00:00:00:b2 netns sw
ip link add eth0 address 02:00:00:00:00:03 netns h3 type veth peer name p3 address 02:00:00:00:00:b3 netns sw
ip -n sw link set p1 master br0 up
ip -n sw link set p2 master br0 up
ip -n sw link set p3 master br0 up
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
ip -n h3 link set eth0 up
ip -n h1 addr add 10.0.0.1/24 brd + dev eth0
ip -n h2 addr add 10.0.0.2/24 brd + dev eth0
ip -n h3 addr add 10.0.0.3/24 brd + dev eth0
ip netns exec h2 sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0
ip netns exec h3 sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0
ip netns exec h1 ping -c1 -W1 -b 10.0.0.255
ip netns exec h1 ping -c2 -i 0.5 -W1 -b 10.0.0.255 | sort
ip netns exec h1 ping -q -c2 -i 0.5 -W1 -b 10.0.0.255
ip netns exec h1 ping -c1 -w1 224.0.0.1
ip -n h3 link set eth0 down
ip -n h3 link set eth0 address 02:00:00:00:00:02
ip -n h3 link set eth0 up
ip -n h3 addr add 10.0.0.2/24 dev eth0
ip -n sw link set p2 type bridge_slave learning off
ip -n sw link set p3 type bridge_slave learning off
ip netns exec h1 ping -c1 -W1 10.0.0.2
ip -n sw link set br0 type bridge_slave fdb_flush
bridge -n sw fdb show br br0 | grep -v permanent
ip -n sw link set p2 type bridge_slave fdb_flush
ip -n sw link set p3 type bridge_slave fdb_flush
ip netns exec h1 ping -c1 -W1 10.0.0.2
ip netns exec h1 ping -c2 -i 0.3 -W1 10.0.0.2
ip netns exec h1 ping -w1 10.0.0.2
ip netns exec h1 ping -q -c3 -i 0.2 10.0.0.2
ip netns exec h1 ping -f -c3 10.0.0.2
