# lab ping-ratelimit-redirect: the spacing of redirects to a machine that does not obey them
ip netns add h1
ip netns add r
ip netns add r2
ip netns add sw
ip -n sw link add br0 address 02:00:00:00:00:10 type bridge
ip -n sw link set br0 up
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name p1 address 02:00:00:00:00:b1 netns sw
ip link add eth0 address 02:00:00:00:00:02 netns r type veth peer name p2 address 02:00:00:00:00:b2 netns sw
ip link add eth0 address 02:00:00:00:00:03 netns r2 type veth peer name p3 address 02:00:00:00:00:b3 netns sw
ip -n sw link set p1 master br0 up
ip -n sw link set p2 master br0 up
ip -n sw link set p3 master br0 up
ip -n h1 link set eth0 up
ip -n r link set eth0 up
ip -n r2 link set eth0 up
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n r addr add 10.0.0.254/24 dev eth0
ip -n r2 addr add 10.0.0.253/24 dev eth0
ip -n r2 addr add 10.1.0.253/32 dev eth0
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip netns exec h1 sysctl -qw net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.eth0.accept_redirects=0
ip -n r route add 10.1.0.0/24 via 10.0.0.253
ip -n h1 route add 10.1.0.0/24 via 10.0.0.254
ip netns exec h1 ping -c40 -i 0.25 -W1 10.1.0.253
sleep 25
ip netns exec h1 ping -c3 -i 0.25 -W1 10.1.0.253
