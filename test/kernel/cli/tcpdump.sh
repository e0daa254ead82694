# lab tcpdump: captures of arp and echo, with and without -e and -v, what it says to stderr, and what refuses it
ip netns add h1
ip netns add h2
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name eth0 address 02:00:00:00:00:02 netns h2
ip -n h1 link set lo up
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
ip -n h1 addr add 10.0.0.1/24 brd + dev eth0
ip -n h2 addr add 10.0.0.2/24 brd + dev eth0
ip netns exec h1 timeout 12 tcpdump -n -i eth0 -c 4 >/tmp/o 2>/tmp/e &
sleep 2
ip netns exec h1 ping -c1 10.0.0.2
wait
cat /tmp/o
cat /tmp/e
ip netns exec h2 timeout 12 tcpdump -n -e -i eth0 -c 4 >/tmp/o 2>/tmp/e &
sleep 2
ip -n h1 neigh flush dev eth0
ip netns exec h1 ping -c1 10.0.0.2
wait
cat /tmp/o
cat /tmp/e
ip netns exec h2 timeout 12 tcpdump -n -v -i eth0 -c 4 >/tmp/o 2>/tmp/e &
sleep 2
ip -n h1 neigh flush dev eth0
ip netns exec h1 ping -c1 10.0.0.2
wait
cat /tmp/o
cat /tmp/e
ip netns exec h2 timeout 12 tcpdump -l -n -q -t -i eth0 icmp >/tmp/o 2>/tmp/e &
sleep 2
ip netns exec h1 ping -c2 -i 0.3 10.0.0.2
sleep 0.5
wait
cat /tmp/o
cat /tmp/e
ip netns exec h2 timeout 8 tcpdump -nei eth0 arp >/tmp/o 2>/tmp/e &
sleep 2
ip netns exec h1 arping -c1 -I eth0 10.0.0.2
ip netns exec h1 arping -c1 -U -I eth0 10.0.0.1
ip netns exec h1 arping -c1 -A -I eth0 10.0.0.1
ip netns exec h1 arping -c1 -D -I eth0 10.0.0.1
wait
cat /tmp/o
cat /tmp/e
ip netns exec h1 timeout 12 tcpdump -ni any -c 4 >/tmp/o 2>/tmp/e &
sleep 2
ip -n h1 neigh flush dev eth0
ip netns exec h1 ping -c1 10.0.0.2
wait
cat /tmp/o
cat /tmp/e
ip netns exec h1 timeout 12 tcpdump -ne -i lo -c 2 >/tmp/o 2>/tmp/e &
sleep 2
ip netns exec h1 ping -c1 10.0.0.1
wait
cat /tmp/o
ip netns exec h1 timeout 12 tcpdump -t -n -i eth0 -c 2 'icmp[icmptype] == icmp-echo or arp' >/tmp/o 2>/tmp/e &
sleep 2
ip netns exec h1 ping -c1 -W1 -b 10.0.0.255
ip netns exec h1 ping -c1 -s 2000 10.0.0.2
wait
cat /tmp/o
cat /tmp/e
ip netns exec h1 timeout 12 tcpdump -t -n -i eth0 -c 4 ip >/tmp/o 2>/tmp/e &
sleep 2
ip netns exec h1 ping -c1 -s 2000 10.0.0.2
wait
cat /tmp/o
ip netns exec h1 tcpdump -i nosuch
ip netns exec h1 tcpdump -n -i
ip netns exec h1 tcpdump -n -i eth0 -c 0
ip netns exec h1 tcpdump -n -i eth0 -c abc
ip netns exec h1 tcpdump -n -i eth0 foo bar
ip netns exec h1 tcpdump -Z nosuchuser -n -i eth0 -c 1
ip netns exec h1 tcpdump --foo
ip netns exec h1 tcpdump --version
ip netns exec h1 tcpdump -D
ip -n h1 link set eth0 down
ip netns exec h1 timeout 2 tcpdump -n -i eth0 -c 1
