# lab ping-unreachable: no route, no neighbour, refusing routes, a router that cannot, ttl, and silence
ip netns add h1
ip netns add r
ip netns add h2
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name left address 02:00:00:00:00:a1 netns r
ip link add eth0 address 02:00:00:00:00:02 netns h2 type veth peer name right address 02:00:00:00:00:a2 netns r
ip -n h1 link set lo up
ip -n r link set lo up
ip -n h2 link set lo up
ip netns exec h1 ping -c1 10.0.0.1
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip netns exec h1 ping -c1 10.0.0.254
ip netns exec h1 ping -c1 10.0.0.1
ip -n h1 link set eth0 up
ip netns exec h1 ping -c1 -W1 10.0.0.254
ip -n r link set left up
ip netns exec h1 ping -c1 10.0.0.254
ip netns exec h1 ping -c1 -W1 10.0.0.254
ip netns exec h1 ping -c4 10.0.0.254
ip netns exec h1 ping -c4 -W1 10.0.0.254
ip netns exec h1 ping -c7 -i 0.5 10.0.0.253
ip netns exec h1 ping -q -c3 10.0.0.253
ip netns exec h1 ping -w 2 10.0.0.253
ip netns exec h1 ping -w 5 10.0.0.253
ip netns exec h1 ping -n -c1 -W5 10.0.0.254
ip netns exec h1 ping -c1 192.168.1.1
ip -n h1 route add default via 10.0.0.254
ip netns exec h1 ping -c1 -W5 192.168.1.1
ip -n r addr add 10.0.0.254/24 dev left
ip -n r addr add 10.1.0.254/24 dev right
ip -n r link set right up
ip -n h2 link set eth0 up
ip -n h2 addr add 10.1.0.2/24 dev eth0
ip netns exec h1 ping -c1 -W1 10.1.0.2
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip netns exec h1 ping -c1 -W1 10.1.0.2
ip -n h2 route add default via 10.1.0.254
ip netns exec h1 ping -c2 -i 0.2 10.1.0.2
ip netns exec h1 ping -c1 -W5 10.1.0.99
ip netns exec h1 ping -c3 -W5 10.1.0.99
ip netns exec h1 ping -c1 -W2 192.168.1.1
ip netns exec h1 ping -c2 192.168.1.1
ip -n r route add unreachable 192.168.1.0/24
ip netns exec h1 ping -c1 -W2 192.168.1.1
ip -n r route add prohibit 192.168.2.0/24
sleep 1
ip netns exec h1 ping -c1 -W2 192.168.2.1
ip -n r route add blackhole 192.168.3.0/24
ip netns exec h1 ping -c1 -W1 192.168.3.1
ip netns exec h1 ping -c1 -W2 -t 1 10.1.0.2
ip netns exec h1 ping -c2 -t 1 10.1.0.2
ip netns exec h1 ping -c1 -t 2 10.1.0.2
ip netns exec h1 ping -q -c1 -t 1 10.1.0.2
ip -n r link set right mtu 1400
ip netns exec h1 ping -c1 -W1 -s 1400 -M do 10.1.0.2
ip netns exec h1 ping -c1 -W1 -s 1400 -M do 10.1.0.2
ip -n h1 route get 10.1.0.2 | sed 's/expires [0-9]*sec/expires Nsec/'
ip netns exec h1 ping -c1 -W1 -s 1400 10.1.0.2
ip -n h1 route add unreachable 172.16.0.0/16
ip -n h1 route add blackhole 172.17.0.0/16
ip -n h1 route add prohibit 172.18.0.0/16
ip -n h1 route add throw 172.19.0.0/16
ip netns exec h1 ping -c1 172.16.0.1
ip netns exec h1 ping -c1 172.17.0.1
ip netns exec h1 ping -c1 172.18.0.1
ip netns exec h1 ping -b -c1 172.18.0.1
ip netns exec h1 ping -c1 -W1 172.19.0.1
ip netns exec h1 ping -c1 -W1 10.0.0.255
ip netns exec r sysctl -qw net.ipv4.icmp_echo_ignore_all=1
ip netns exec h1 ping -c2 -W1 10.0.0.254
ip netns exec h1 ping -c1 -W0.3 10.0.0.254
ip netns exec h1 ping -c3 -i 0.3 -W1 10.0.0.254
ip netns exec h1 ping -q -c1 -W1 10.0.0.254
ip netns exec h1 timeout -s INT 1.5 ping 10.0.0.254
ip netns exec h1 timeout -s INT 1.5 ping 10.1.0.2
ip -n r link set left down
ip netns exec h1 ping -c1 -W1 10.0.0.254
sleep 1
ip netns exec h1 ping -c1 10.0.0.254
ip -n h1 link set eth0 down
ip netns exec h1 ping -c1 10.0.0.254
