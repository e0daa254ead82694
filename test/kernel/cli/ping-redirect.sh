# lab ping-redirect: a router sends a redirect; what ping prints and what the host remembers
ip netns add sw
ip netns add h1
ip netns add r1
ip netns add r2
ip netns add far
ip -n sw link add br0 address 02:00:00:00:00:10 type bridge
ip -n sw link set br0 up
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name p1 address 02:00:00:00:00:b1 netns sw
ip link add eth0 address 02:00:00:00:00:02 netns r1 type veth peer name p2 address 02:00:00:00:00:b2 netns sw
ip link add eth0 address 02:00:00:00:00:03 netns r2 type veth peer name p3 address 02:00:00:00:00:b3 netns sw
ip link add eth1 address 02:00:00:00:00:04 netns r2 type veth peer name eth0 address 02:00:00:00:00:05 netns far
ip -n sw link set p1 master br0 up
ip -n sw link set p2 master br0 up
ip -n sw link set p3 master br0 up
ip -n h1 link set eth0 up
ip -n r1 link set eth0 up
ip -n r2 link set eth0 up
ip -n r2 link set eth1 up
ip -n far link set eth0 up
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n r1 addr add 10.0.0.254/24 dev eth0
ip -n r2 addr add 10.0.0.253/24 dev eth0
ip -n r2 addr add 10.1.0.253/24 dev eth1
ip -n far addr add 10.1.0.2/24 dev eth0
ip netns exec r1 sysctl -w net.ipv4.ip_forward=1
ip netns exec r2 sysctl -w net.ipv4.ip_forward=1
ip -n h1 route add default via 10.0.0.254
ip -n r1 route add 10.1.0.0/24 via 10.0.0.253
ip -n far route add default via 10.1.0.253
ip netns exec h1 ping -c1 -W2 10.1.0.2
ip -n h1 route get 10.1.0.2 | sed 's/expires [0-9]*sec/expires Nsec/'
ip -n h1 neigh
ip netns exec h1 ping -c3 -i 0.5 10.1.0.2
ip -n h1 route get 10.1.0.2 | sed 's/expires [0-9]*sec/expires Nsec/'
ip -j -n h1 route get 10.1.0.2 | sed 's/"expires":[0-9]*/"expires":N/'
ip -n h1 route show cache | sed 's/expires [0-9]*sec/expires Nsec/'
ip -n h1 route flush cache
ip -n h1 route get 10.1.0.2
ip netns exec h1 ping -c1 -n 10.1.0.2
ip -n h1 addr add 10.0.0.9/32 dev eth0
ip netns exec h1 ping -c1 -W4 10.0.0.77
ip -n h1 addr add 10.0.5.1/32 dev eth0
ip -n h1 route add 10.0.0.253/32 via 10.0.0.254
ip netns exec h1 ping -c1 -W2 10.0.0.253
ip netns exec h1 ping -c2 -i 0.3 -W2 10.0.0.253
ip -n h1 route get 10.0.0.253 | sed 's/expires [0-9]*sec/expires Nsec/'
ip netns exec h1 sysctl -qw net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.eth0.accept_redirects=0
ip netns exec r1 sysctl -qw net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0
ip -n h1 route flush cache
ip netns exec h1 ping -c2 -i 0.3 -W2 10.1.0.2
