# lab bridge-fdb: forwarding tables: learned, own, static, sticky; adding and deleting, and what refuses it
ip netns add h1
ip netns add h2
ip link add br0 address 02:00:00:00:00:10 type bridge
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name p1 address 02:00:00:00:00:a1
ip link add eth0 address 02:00:00:00:00:02 netns h2 type veth peer name p2 address 02:00:00:00:00:a2
bridge fdb
ip link set p1 master br0
ip link set p2 master br0
bridge fdb
ip link set br0 up
ip link set p1 up
ip link set p2 up
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n h2 addr add 10.0.0.2/24 dev eth0
bridge fdb
ip netns exec h1 ping -qc1 -W1 10.0.0.2
bridge fdb
bridge fdb show br br0
bridge fdb show br0
bridge fdb show dev p1
bridge fdb show brport p1
bridge fdb show dev br0
bridge fdb show dynamic
bridge fdb show br br0 dynamic
bridge fdb show state permanent
bridge fdb show state static
bridge fdb show dev nosuch
bridge fdb show br nosuch
bridge fdb show foo
bridge -j fdb show br br0
bridge -j -p fdb show dev p1
bridge -s fdb show dev p1 | sed 's/used [0-9]*\/[0-9]*/used/'
bridge -d fdb show dev p1
bridge fdb add 02:00:00:00:01:01 dev p1 master
bridge fdb add 02:00:00:00:01:02 dev p1 master static
bridge fdb add 02:00:00:00:01:03 dev p1 master dynamic
bridge fdb add 02:00:00:00:01:04 dev p1 master permanent
bridge fdb add 02:00:00:00:01:05 dev p1 master static sticky
bridge fdb add 02:00:00:00:01:06 dev p1 master temp
bridge fdb add 02:00:00:00:01:07 dev p1 master local
bridge fdb add 02:00:00:00:01:08 dev p1 master static extern_learn
bridge fdb add 02:00:00:00:01:09 dev p1 self
bridge fdb add 02:00:00:00:01:0a dev p1
bridge fdb add 02:00:00:00:01:0b dev br0 self local
bridge fdb add 02:00:00:00:01:0c dev br0 master
bridge fdb add 02:00:00:00:01:0d dev p1 master vlan 5
bridge fdb show br br0
bridge -j fdb show dev p1
bridge fdb show dev p1
bridge fdb add 02:00:00:00:01:02 dev p1 master static
bridge fdb add 02:00:00:00:01:02 dev p2 master static
bridge fdb replace 02:00:00:00:01:02 dev p2 master static
bridge fdb append 02:00:00:00:01:02 dev p1 master static
bridge fdb show dev p2
bridge fdb get 02:00:00:00:01:02 br br0
bridge fdb get 02:00:00:00:01:77 br br0
bridge fdb get to 02:00:00:00:00:02 dev p2 master
bridge fdb del 02:00:00:00:01:02 dev p2 master
bridge fdb del 02:00:00:00:01:02 dev p2 master
bridge fdb del 02:00:00:00:01:03 dev p2 master
bridge fdb del 02:00:00:00:01:09 dev p1 self
bridge fdb del 02:00:00:00:01:09 dev p1 self
bridge fdb add 01:00:5e:00:00:05 dev p1 self
bridge fdb show dev p1
bridge fdb add 00:00:00:00:00:00 dev p1 master
bridge fdb add 01:00:5e:00:00:05 dev p1 master
bridge fdb add zz dev p1 master
bridge fdb add 02:00:00:00:01:20 master
bridge fdb add dev p1
bridge fdb add
bridge fdb add 02:00:00:00:01:20 dev nosuch master
bridge fdb add 02:00:00:00:01:20 dev lo master
bridge fdb add 02:00:00:00:01:20 dev lo self
bridge fdb add 02:00:00:00:01:20 dev p1 foo
bridge fdb add 02:00:00:00:01:20 dev p1 master vlan 5000
bridge fdb del 02:00:00:00:01:20
bridge fdb flush dev br0
bridge fdb show br br0
ip link set p1 type bridge_slave fdb_flush
bridge fdb show br br0
ip -n h1 link set eth0 down
sleep 1
bridge fdb show br br0
ip link set p2 down
bridge fdb show br br0
ip link set p2 nomaster
bridge fdb show br br0
bridge fdb
ip link add mv0 link p2 address 02:00:00:00:00:b1 type macvlan mode bridge
ip link set p2 up
ip link set mv0 up
bridge fdb show dev p2
ip link add d0 address 02:00:00:00:00:b2 type dummy
ip link add link d0 name mvp type macvlan mode passthru
ip link set d0 up
ip link set mvp up
bridge fdb add 02:00:00:00:01:30 dev mvp self
bridge fdb add 02:00:00:00:01:30 dev mv0 self
bridge fdb show dev mvp
