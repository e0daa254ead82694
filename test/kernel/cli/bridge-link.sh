# lab bridge-link: bridge link in every form, bridge link set with every option, and what refuses it
ip link add br0 address 02:00:00:00:00:10 type bridge
ip link add br1 address 02:00:00:00:00:11 type bridge
ip link add a0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:02
ip link add a1 address 02:00:00:00:00:03 type veth peer name p1 address 02:00:00:00:00:04
ip link add a2 address 02:00:00:00:00:05 type veth peer name p2 address 02:00:00:00:00:06
ip netns add h1
ip link add eth0 address 02:00:00:00:00:07 netns h1 type veth peer name p3 address 02:00:00:00:00:08
bridge link
ip link set p0 master br0
ip link set p1 master br0
ip link set p2 master br1
ip link set p3 master br0
bridge link
bridge link show
ip link set br0 up
ip link set br1 up
ip link set p0 up
ip link set a0 up
ip link set p1 up
ip link set p3 up
ip -n h1 link set eth0 up
bridge link
bridge link show dev p0
bridge link show dev a0
bridge link show dev br0
bridge link show dev nosuch
bridge link show master br1
bridge link show master br0
bridge link show master nosuch
bridge link show foo
bridge link list
bridge link ls
bridge -d link
bridge -d link show dev p0
bridge -j link
bridge -j -p link show dev p0
bridge -j -d link show dev p0
bridge -s link show dev p0
bridge -o link
bridge -o -d link show dev p0
bridge link set dev p0 hairpin on
bridge link set dev p0 guard on
bridge link set dev p0 root_block on
bridge link set dev p0 fastleave on
bridge link set dev p0 learning off
bridge link set dev p0 flood off
bridge link set dev p0 mcast_flood off
bridge link set dev p0 bcast_flood off
bridge link set dev p0 mcast_to_unicast on
bridge link set dev p0 mcast_router 2
bridge link set dev p0 neigh_suppress on
bridge link set dev p0 vlan_tunnel on
bridge link set dev p0 isolated on
bridge link set dev p0 locked on
bridge link set dev p0 cost 50 priority 8
bridge -d link show dev p0
bridge -j -d link show dev p0
bridge link set dev p0 hairpin off guard off root_block off fastleave off learning on flood on mcast_flood on bcast_flood on
bridge link set dev p0 state disabled
bridge link show dev p0
bridge link set dev p0 state listening
bridge link show dev p0
bridge link set dev p0 state learning
bridge link show dev p0
bridge link set dev p0 state blocking
bridge link show dev p0
bridge link set dev p0 state 3
bridge link show dev p0
bridge link set dev p0 state foo
bridge link set dev p0 state 9
bridge link set dev p1 state forwarding
bridge link set dev p2 state forwarding
bridge link set dev p0 hairpin maybe
bridge link set dev p0 hairpin
bridge link set dev p0 foo on
bridge link set dev p0 proxy_arp on
bridge link set dev p0 mab on
bridge link set dev p0 cost 0
bridge link set dev p0 cost foo
bridge link set dev p0 priority 64
bridge link set dev p0
bridge link set
bridge link set hairpin on
bridge link set dev nosuch hairpin on
bridge link set dev a0 hairpin on
bridge link set dev br0 hairpin on
bridge link set dev lo hairpin on
bridge link set dev p0 hairpin on self
bridge link set dev p0 hairpin on master
bridge link set dev p0 hwmode vepa
bridge link set dev p0 nobackup_port
bridge link set dev p0 backup_port p1
bridge -d link show dev p0
bridge link set dev p0 learning_sync on
bridge link set p0 hairpin off
ip link set a0 down
sleep 1
bridge link
ip -n h1 link set eth0 netns 1
bridge link
ip link set br0 down
bridge link
