# lab ip-link-set: the options of ip link set, and what refuses them
ip link add eth0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:02
ip link add d0 address 02:00:00:00:00:03 type dummy
ip link set eth0 up
ip link set dev p0 up
ip link set eth0 arp off
ip link show eth0
ip link set eth0 arp on
ip link set eth0 promisc on
ip link show eth0
ip -d link show eth0
ip link set eth0 promisc off
ip link set eth0 allmulticast on multicast off
ip link show eth0
ip link set eth0 allmulticast off multicast on
ip link set eth0 mtu 9000
ip link show eth0
ip link set eth0 mtu 60
ip link set eth0 mtu 70000
ip link set eth0 mtu foo
ip link set eth0 txqueuelen 500
ip link set eth0 qlen 400
ip link show eth0
ip link set eth0 alias "up link"
ip link show eth0
ip -j link show eth0
ip -br link show eth0
ip link set eth0 alias ""
ip link show eth0
ip link set eth0 group 7
ip link show eth0
ip link show group 7
ip link set eth0 group default
ip link set eth0 address 02:00:00:00:00:0a
ip link show eth0
ip link set eth0 addr 02:00:00:00:00:01
ip link set eth0 address 01:00:00:00:00:01
ip link set eth0 address 00:00:00:00:00:00
ip link set eth0 address foo
ip link set eth0 address 02:00:00:00:00
ip link set eth0 name eth1
ip link set eth0 name eth0
ip link set eth0 down
ip link set eth0 name d0
ip link set eth0 name eth1
ip link show eth1
ip link show eth0
ip link set d0 name d1
ip link set d1 name a/b
ip link set d1 name averyveryverylongname
ip link set d1 name .
ip link set d1 name ..
ip link set d1 name "a b"
ip link set d1 name lo
ip link set nosuch up
ip link set up
ip link set
ip link set eth1 foo
ip link set eth1 up foo
ip link set eth1 up down
ip link show eth1
ip link set eth1 arp maybe
ip link set eth1 netns nosuch
ip link set eth1 netns 99999
ip link set eth1 master nosuch
ip link set lo netns 1
ip link set group 0 mtu 1400
ip link
ip link set d1 carrier off
ip link set d1 up
ip link show d1
ip link set d1 carrier on
ip link set eth1 carrier off
ip link set eth1 protodown on
ip link show eth1
ip link set eth1 protodown off
ip link show eth1
ip link set eth1 link-netnsid 3
ip link set d1 index 9
ip link set d1 state up
ip link del d1
ip link del d1
ip link del lo
ip link del p0
ip link
ip link del
ip link delete eth1
