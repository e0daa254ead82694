# lab ip-ipv6: the same commands with IPv6: link-local addresses, tentative, routes, neighbours, ping
ip link set lo up
ip a
ip netns add h1
ip netns add h2
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name eth0 address 02:00:00:00:00:02 netns h2
ip -n h1 link set lo up
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
sleep 3
ip -n h1 a
ip -n h1 -6 a
ip -n h1 -br a
ip -n h1 -o a
ip -n h1 -j a show eth0
ip -n h1 addr add 2001:db8::1/64 dev eth0 nodad
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n h2 addr add 2001:db8::2/64 dev eth0
sleep 3
ip -n h1 a show eth0
ip -n h1 addr add 2001:db8::1/64 dev eth0
ip -n h1 addr add 2001:db8::1/129 dev eth0
ip -n h1 addr add 2001:db8::zz/64 dev eth0
ip -n h1 addr add 2001:DB8:0:0:0:0:0:5/64 dev eth0 nodad
ip -n h1 -6 route
ip -n h1 -6 route show table local
ip -n h1 route
ip -n h1 -6 -j route
ip -n h1 -6 route add default via 2001:db8::fe
ip -n h1 -6 route add 2001:db8:1::/64 via fe80::2 dev eth0
ip -n h1 -6 route add 2001:db8:2::/64 via fe80::2
ip -n h1 -6 route add 2001:db8:3::/64 via 2001:db8:9::1
ip -n h1 route add 2001:db8:4::/64 via 2001:db8::2 metric 50
ip -n h1 -6 route add unreachable 2001:db8:5::/64
ip -n h1 -6 route
ip -n h1 route get 2001:db8::2
ip -n h1 route get 2001:db8::1
ip -n h1 route get 2001:db8:1::9
ip -n h1 route get 2001:db8:5::1
ip netns exec h1 ping -c2 -i 0.2 2001:db8::2
ip netns exec h1 ping -6 -c1 2001:db8::2
ip netns exec h1 ping -c1 -W5 2001:db8::77
ip netns exec h1 ping -c1 fe80::ff:fe00:2%eth0
ip netns exec h1 ping -c1 -I eth0 fe80::ff:fe00:2
ip netns exec h1 ping -c1 fe80::ff:fe00:2
ip netns exec h1 ping -c1 ::1
ip netns exec h1 ping -c1 2001:db8:5::1
ip netns exec h2 ping -c1 2001:db9::1
ip netns exec h1 ping -4 -c1 2001:db8::2
ip netns exec h1 ping -c1 -W1 ff02::1%eth0
ip -n h1 -6 neigh
ip -n h1 neigh
ip -n h2 -6 neigh
ip -n h2 addr add 2001:db8::1/64 dev eth0
sleep 3
ip -n h2 -6 a show dev eth0
ip netns exec h2 ping -c1 -W1 2001:db8::5
ip -n h1 link set eth0 down
ip -n h1 a show eth0
ip -n h1 -6 route
ip -n h1 link set eth0 up
ip -n h1 -6 a show eth0
ip -n h1 addr del 2001:db8::5/64 dev eth0
ip -n h1 -6 addr flush dev eth0
ip -n h1 a show eth0
ip netns exec h1 sysctl -w net.ipv6.conf.eth0.disable_ipv6=1
ip -n h1 a show eth0
ip -n h1 addr add 2001:db8::9/64 dev eth0
