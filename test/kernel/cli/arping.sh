# lab arping: arping of iputils: answers, silence, and what refuses it
ip netns add h1
ip netns add h2
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name eth0 address 02:00:00:00:00:02 netns h2
ip -n h1 link set lo up
ip netns exec h1 arping -c1 -I eth0 10.0.0.2
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
ip netns exec h1 arping -c1 -I eth0 10.0.0.2
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n h2 addr add 10.0.0.2/24 dev eth0
ip netns exec h1 arping -c1 -I eth0 10.0.0.2
ip netns exec h1 arping -c 3 -I eth0 10.0.0.2
ip netns exec h1 arping -c 2 -i 1 -I eth0 10.0.0.2
ip netns exec h1 arping -c 2 -b -I eth0 10.0.0.2
ip netns exec h1 arping -f -I eth0 10.0.0.2
ip netns exec h1 arping -f -c 3 -I eth0 10.0.0.2
ip netns exec h1 arping -w 2 -I eth0 10.0.0.2
ip netns exec h1 arping -q -c 1 -I eth0 10.0.0.2
ip netns exec h1 arping -c 1 10.0.0.2
ip netns exec h1 arping -c1 -I eth0 10.0.0.99
ip netns exec h1 arping -c3 -I eth0 10.0.0.99
ip netns exec h1 arping -w 1 -I eth0 10.0.0.99
ip netns exec h1 arping -q -c1 -I eth0 10.0.0.99
ip netns exec h1 arping -f -w 2 -I eth0 10.0.0.99
ip netns exec h1 arping -D -c2 -I eth0 10.0.0.2
ip netns exec h1 arping -D -c2 -I eth0 10.0.0.99
ip netns exec h1 arping -D -q -c1 -I eth0 10.0.0.2
ip netns exec h1 arping -U -c2 -I eth0 10.0.0.1
ip netns exec h1 arping -A -c1 -I eth0 10.0.0.1
ip -n h2 neigh
ip netns exec h1 arping -U -c1 -I eth0 10.0.0.50
ip netns exec h1 arping -c1 -s 10.0.0.1 -I eth0 10.0.0.2
ip netns exec h1 arping -c1 -s 10.0.0.77 -I eth0 10.0.0.2
ip netns exec h1 arping -c1 -s 0.0.0.0 -I eth0 10.0.0.2
ip netns exec h1 arping -c1 -I eth0 10.0.0.1
ip netns exec h1 arping -c1 -I lo 127.0.0.1
ip netns exec h1 arping -c1 -I nosuch 10.0.0.2
ip netns exec h1 arping -c1 -I eth0
ip netns exec h1 arping
ip netns exec h1 arping -V
ip netns exec h1 arping -h
ip netns exec h1 arping -Z
ip netns exec h1 arping -c abc -I eth0 10.0.0.2
ip netns exec h1 arping -c 0 -I eth0 10.0.0.2
ip netns exec h1 arping -w abc -I eth0 10.0.0.2
ip netns exec h1 arping -c1 -I eth0 nosuchhost.invalid
ip netns exec h1 arping -c1 -I eth0 10.0.0.2 10.0.0.3
ip netns exec h1 arping -s foo -c1 -I eth0 10.0.0.2
ip netns exec h1 arping -c1 -I eth0 192.168.5.5
ip netns exec h1 arping -c1 192.168.5.5
ip -n h1 link set eth0 arp off
ip netns exec h1 arping -c1 -I eth0 10.0.0.2
ip -n h1 link set eth0 arp on
ip -n h1 link set eth0 down
ip netns exec h1 arping -c1 -I eth0 10.0.0.2
ip netns exec h1 arping -c1 10.0.0.2
