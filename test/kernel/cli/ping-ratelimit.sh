# lab ping-ratelimit: how many errors a router sends to one machine when it asks quickly
ip netns add h1
ip netns add r
ip netns add h2
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name left address 02:00:00:00:00:a1 netns r
ip link add eth0 address 02:00:00:00:00:02 netns h2 type veth peer name right address 02:00:00:00:00:a2 netns r
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
ip -n r link set left up
ip -n r link set right up
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n r addr add 10.0.0.254/24 dev left
ip -n r addr add 10.1.0.254/24 dev right
ip -n h2 addr add 10.1.0.2/24 dev eth0
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip -n h1 route add default via 10.0.0.254
ip -n h2 route add default via 10.1.0.254
ip -n r route add unreachable 192.168.1.0/24
ip netns exec h1 ping -c12 -i 0.2 -W1 192.168.9.1
sleep 8
ip netns exec h1 ping -c12 -i 0.2 -W1 -t1 10.1.0.2
sleep 8
ip netns exec h1 ping -c12 -i 0.2 -W1 192.168.1.1
sleep 8
ip netns exec h1 ping -c5 -i 0.2 -W4 10.1.0.77
sleep 8
ip netns exec r sysctl -qw net.ipv4.icmp_ratelimit=0
ip netns exec h1 ping -c12 -i 0.2 -W1 192.168.9.1
sleep 8
ip netns exec h1 ping -c12 -i 0.2 -W1 -t1 10.1.0.2
sleep 8
ip netns exec h1 ping -c1 -W1 192.168.9.1
ip netns exec h1 ping -c1 -W1 192.168.1.1
ip netns exec h1 ping -c1 -W1 192.168.9.1
