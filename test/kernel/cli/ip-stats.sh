# lab ip-stats: counters of a veth pair, bridge and macvlan after counted traffic
ip netns add h1
ip netns add c1
ip netns add sw
ip netns add x
ip -n sw link add br0 address 02:00:00:00:00:10 type bridge mcast_snooping 0
ip -n sw link set br0 up
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name p1 address 02:00:00:00:00:b1 netns sw
ip link add eth0 address 02:00:00:00:00:09 netns x type veth peer name p2 address 02:00:00:00:00:b2 netns sw
ip -n sw link set p1 master br0 up
ip -n sw link set p2 master br0 up
ip -n h1 link set lo up
ip -n h1 link set eth0 up
ip -n x link set eth0 up
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n x addr add 10.0.0.9/24 dev eth0
ip -n h1 link add link eth0 name mv0 netns c1 address 02:00:00:00:01:01 type macvlan mode bridge
ip -n c1 link set mv0 up
ip -n c1 addr add 10.0.0.11/24 dev mv0
ip -n h1 -s link show eth0
ip netns exec h1 ping -q -c3 -i 0.2 10.0.0.9
ip -n h1 -s link show eth0
ip -n x -s link show eth0
ip -n sw -s link
ip netns exec c1 ping -q -c3 -i 0.2 10.0.0.9
ip -n h1 -s link show eth0
ip -n c1 -s link show mv0
ip -n h1 -s -s link show eth0
ip -n c1 -s -j link show mv0
ip netns exec h1 ping -q -c2 -i 0.2 127.0.0.1
ip -n h1 -s link show lo
ip -n sw link set p2 down
ip netns exec h1 ping -q -c2 -i 0.2 -W1 10.0.0.9
ip -n h1 -s link show eth0
ip -n sw -s link show p2
ip netns exec h1 cat /proc/net/dev
