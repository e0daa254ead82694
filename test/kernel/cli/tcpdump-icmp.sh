# lab tcpdump-icmp: how unreachable, redirect, time exceeded, fragmentation needed and tagged frames look
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
ip netns exec r sysctl -qw net.ipv4.ip_forward=1 net.ipv4.icmp_ratelimit=0
ip -n h1 route add default via 10.0.0.254
ip -n h2 route add default via 10.1.0.254
ip -n r route add unreachable 192.168.1.0/24
ip -n r route add prohibit 192.168.2.0/24
ip -n r route add 192.168.4.0/24 via 10.0.0.77
ip netns exec h1 ping -c1 10.1.0.2
ip netns exec h1 timeout 60 tcpdump -l -tne -i eth0 >/tmp/o 2>/tmp/e &
sleep 2
ip netns exec h1 ping -c1 -W2 10.1.0.2
ip netns exec h1 ping -c1 -W2 192.168.9.1
ip netns exec h1 ping -c1 -W2 192.168.1.1
ip netns exec h1 ping -c1 -W2 192.168.2.1
ip netns exec h1 ping -c1 -W2 -t1 10.1.0.2
ip netns exec h1 ping -c1 -W5 10.1.0.77
ip netns exec h1 ping -c1 -W5 192.168.4.1
ip -n r link set right mtu 1400
ip netns exec h1 ping -c1 -W1 -s 1400 -M do 10.1.0.2
ip netns exec h1 ping -c1 -W4 10.0.0.99
sleep 2
kill %1
wait
cat /tmp/o
cat /tmp/e
ip netns exec h1 timeout 60 tcpdump -l -tnv -i eth0 icmp >/tmp/o 2>/tmp/e &
sleep 2
ip netns exec h1 ping -c1 -W2 192.168.9.1
ip netns exec h1 ping -c1 -W2 192.168.1.1
ip netns exec h1 ping -c1 -W2 -t1 10.1.0.2
sleep 2
kill %1
wait
cat /tmp/o
ip -n h1 link add link eth0 name eth0.5 type vlan id 5
ip -n r link add link left name left.5 type vlan id 5
ip -n h1 link set eth0.5 up
ip -n r link set left.5 up
ip -n h1 addr add 10.5.0.1/24 dev eth0.5
ip -n r addr add 10.5.0.254/24 dev left.5
ip netns exec r timeout 30 tcpdump -l -tne -i left >/tmp/o 2>/tmp/e &
sleep 2
ip netns exec h1 ping -c1 -W2 10.5.0.254
sleep 2
kill %1
wait
cat /tmp/o
