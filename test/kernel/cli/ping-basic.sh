# lab ping-basic: what ping prints when answers come, by option
ip netns add h1
ip netns add h2
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name eth0 address 02:00:00:00:00:02 netns h2
ip -n h1 link set lo up
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n h1 addr add 10.0.0.3/24 dev eth0
ip -n h2 addr add 10.0.0.2/24 brd + dev eth0
ip netns exec h1 ping -c1 10.0.0.2
ip netns exec h1 ping -c 3 -i 0.2 10.0.0.2
ip netns exec h1 ping -c2 -n 10.0.0.2
ip netns exec h1 ping -c2 -q -i 0.2 10.0.0.2
ip netns exec h1 ping -w1 10.0.0.2
ip netns exec h1 ping -w 2 -c 1 10.0.0.2
ip netns exec h1 ping -c1 -W 0.5 10.0.0.2
ip netns exec h1 ping -c1 -s 0 10.0.0.2
ip netns exec h1 ping -c1 -s 8 10.0.0.2
ip netns exec h1 ping -c1 -s 15 10.0.0.2
ip netns exec h1 ping -c1 -s 16 10.0.0.2
ip netns exec h1 ping -c1 -s 1472 10.0.0.2
ip netns exec h1 ping -c1 -s 1473 10.0.0.2
ip netns exec h1 ping -c1 -s 65507 10.0.0.2
ip netns exec h1 ping -c1 -s 65508 10.0.0.2
ip netns exec h1 ping -c1 -s -1 10.0.0.2
ip netns exec h1 ping -c1 -M do -s 1472 10.0.0.2
ip netns exec h1 ping -c1 -M do -s 1473 10.0.0.2
ip netns exec h1 ping -c1 -M want -s 1473 10.0.0.2
ip netns exec h1 ping -c1 -M dont -s 2000 10.0.0.2
ip netns exec h1 ping -c1 -t 1 10.0.0.2
ip netns exec h1 ping -c1 -t 255 10.0.0.2
ip netns exec h1 ping -c1 -4 10.0.0.2
ip netns exec h1 ping -c1 -I eth0 10.0.0.2
ip netns exec h1 ping -c1 -I 10.0.0.3 10.0.0.2
ip netns exec h1 ping -c1 -I lo 10.0.0.2 -W1
ip netns exec h1 ping -c1 -I 10.0.0.99 10.0.0.2
ip netns exec h1 ping -c1 -I nosuch 10.0.0.2
ip netns exec h1 ping -c1 -D 10.0.0.2 | sed 's/^\[[0-9.]*\]/[T]/'
ip netns exec h1 ping -c3 -f 10.0.0.2
ip netns exec h1 ping -c3 -A -i 0.2 10.0.0.2
ip netns exec h1 ping -c2 -v -i 0.2 10.0.0.2 | sed 's/ident=[0-9]*/ident=N/'
ip netns exec h1 ping -c1 -R 10.0.0.2
ip netns exec h1 ping -c1 -T tsonly 10.0.0.2 | sed 's/[0-9]* absolute/N absolute/'
ip netns exec h1 ping -c1 -a 10.0.0.2 | cat -v
ip netns exec h1 ping -c1 -p ff 10.0.0.2
ip netns exec h1 ping -c1 -Q 0x10 10.0.0.2
ip netns exec h1 ping -c1 -m 5 10.0.0.2
ip netns exec h1 ping -c1 -l 3 10.0.0.2
ip netns exec h1 ping -c2 -U -i 0.2 10.0.0.2
ip netns exec h1 ping -c1 -r 10.0.0.2
ip netns exec h1 ping -c1 10.0.0.1
ip netns exec h1 ping -c1 127.0.0.1
ip netns exec h1 ping -c1 127.0.0.9
ip netns exec h1 ping -c1 localhost
ip netns exec h1 ping -c1 0.0.0.0
ip netns exec h1 ping -c1 0
ip netns exec h1 ping -c1 10.2
ip netns exec h1 ping -c1 167772162
ip netns exec h1 ping -c1 10.0.0.255
ip netns exec h1 ping -c1 -W1 -b 10.0.0.255
ip netns exec h2 sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0
ip netns exec h1 ping -c1 -W1 -b 10.0.0.255
ip netns exec h2 ping -c1 -W1 10.0.0.255
ip netns exec h2 ping -c1 -W1 -b 10.0.0.255
ip netns exec h1 ping -c1 -W1 -b 255.255.255.255
ip netns exec h1 ping -c1 -W1 -I eth0 -b 255.255.255.255
ip netns exec h1 ping -c1 -W1 224.0.0.1
ip netns exec h1 ping -c1 -W1 -I eth0 224.0.0.1
ip netns exec h2 ping -c1 10.0.0.2
ip netns exec h2 ping -c1 -W1 127.0.0.1
ip -n h2 link set lo up
ip netns exec h2 ping -c1 10.0.0.2
ip -n h1 neigh
