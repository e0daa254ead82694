# lab ip-basics: a machine with lo, a veth pair and a namespace, in every short form of ip
ip a
ip link set lo up
ip a
ip netns add h1
ip netns add sw
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name p1 address 02:00:00:00:00:02 netns sw
ip link add eth9 address 02:00:00:00:00:09 type veth peer name eth8 address 02:00:00:00:00:08
ip a
ip -n h1 a
ip -n sw link
ip -n h1 link set eth0 up
ip -n h1 link
ip -n sw link
ip -n sw link set p1 up
ip -n h1 link
ip -n h1 addr add 10.0.0.11/24 dev eth0
ip -n h1 addr add 10.0.0.12/24 dev eth0
ip -n h1 addr add 192.168.7.1/32 dev eth0
ip -n h1 addr add 172.16.0.1/16 brd + dev eth0 label eth0:web
ip -n h1 a
ip netns exec h1 ip a
ip -n h1 addr show dev eth0
ip -n h1 a s eth0
ip -n h1 a show eth0
ip -n h1 -4 a
ip -n h1 -4 addr show dev eth0
ip -n h1 -6 a
ip -n h1 -br a
ip -n h1 -br link
ip -br a
ip -br l
ip -br -4 a
ip -n h1 -o a
ip -n h1 -o link
ip -n h1 -o -4 a
ip -n h1 a show up
ip a show up
ip link show up
ip -n h1 link show eth0
ip -n h1 link show dev eth0
ip -n h1 l sh eth0
ip link show nosuch
ip addr show dev nosuch
ip a show nosuch
ip -n h1 link show type veth
ip -n h1 link show type bridge
ip netns list
ip netns
ip -n h1 a show scope global
ip -n h1 a show label eth0:web
ip -n h1 a show to 10.0.0.0/24
ip -n h1 a show primary
ip -n h1 a show secondary
ip -n h1 a show permanent
ip -n h1 a show dynamic
ip -n h1 -d a show eth0
ip -n h1 -s a show eth0
