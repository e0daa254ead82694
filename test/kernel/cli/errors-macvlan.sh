# lab errors-macvlan: what refuses macvlan and macvtap
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link add d1 address 02:00:00:00:00:02 type dummy
ip link add br0 address 02:00:00:00:00:10 type bridge
ip link set d0 up
ip link add link d0 mv0 address 01:00:00:00:00:01 type macvlan
ip link add link d0 mv0 address 00:00:00:00:00:00 type macvlan
ip link add link d0 mv0 type macvlan mode foo
ip link add link d0 mv0 type macvlan mode
ip link add link d0 mv0 type macvlan foo
ip link add link d0 mv0 type macvlan mode bridge flag foo
ip link add link d0 mv0 type macvlan mode bridge nopromisc
ip link add link d0 mv0 type macvlan mode bridge bcqueuelen x
ip link add link d0 mv0 type macvlan mode bridge bclim 5
ip link add link d0 mv0 type macvlan mode bridge macaddr add 02:00:00:00:00:55
ip link add link d0 mv0 type macvlan mode source macaddr foo 02:00:00:00:00:55
ip link add link d0 mv0 type macvlan mode source macaddr add xx
ip link add link d0 mv0 type macvlan mode source macaddr add
ip link add link d0 mv0 type macvlan mode source macaddr add 01:00:00:00:00:01
ip link add mv0 type macvlan mode bridge
ip link add link nope mv0 type macvlan mode bridge
ip link add link lo mv0 type macvlan mode bridge
ip link add link d0 d0 type macvlan mode bridge
ip link add link d0 mv0 mtu 9000 type macvlan mode bridge
ip link add link d0 mv0 mtu 20 type macvlan mode bridge
ip link add link d0 mv0 address 02:00:00:00:00:21 type macvlan mode bridge
ip link add link d0 mv0 type macvlan mode bridge
ip link add link mv0 mv1 address 02:00:00:00:00:22 type macvlan mode vepa
ip link show mv1
ip link add link d0 mvp type macvlan mode passthru
ip link add link d1 mvp type macvlan mode passthru
ip link add link d1 mvq type macvlan mode bridge
ip link add link d1 mvq type macvlan mode passthru
ip link set mvp type macvlan mode bridge
ip link set mv0 type macvlan mode passthru
ip link set mvp type macvlan nopromisc
ip link set mvp type macvlan mode passthru nopromisc
ip link set mv0 type macvlan mode private macaddr add 02:00:00:00:00:55
ip -d link show mv0 | tail -1
ip link set mv0 type macvlan mode foo
ip link set mv0 type macvlan
ip link set mv0 type ipvlan mode l2
ip link set mv0 type bridge
ip link set mv0 type foo
ip link set mv0 mtu 9000
ip link set d0 mtu 1400
ip link show mv0
ip link set mv0 mtu 1450
ip link set d0 mtu 1600
ip link show mv0
ip link set mv0 mtu 1600
ip link set mv0 up
ip link set mv1 up
ip link set mv1 address 02:00:00:00:00:21
ip link set mv1 address 02:00:00:00:00:01
ip link set mv1 address 02:00:00:00:00:22
ip link add link d0 mv2 address 02:00:00:00:00:21 type macvlan mode bridge
ip link set mv2 up
ip link set mv2 address 02:00:00:00:00:01
ip link set mv2 address 02:00:00:00:00:23
ip link set mv2 up
ip link set mv2 address 01:00:00:00:00:23
ip link set d0 address 02:00:00:00:00:23
ip link show d0
ip link set mvp address 02:00:00:00:00:44
ip link show d1
ip link set d1 address 02:00:00:00:00:45
ip link show mvp
ip link del mvp
ip link show d1
ip link add link d1 mvp type macvlan mode passthru
ip link set mvp address 02:00:00:00:00:46
ip link show d1
ip link del mvp
ip link show d1
ip link set d1 up
ip link add link d1 mvp type macvlan mode passthru
ip link set mvp up
ip link set mvp address 02:00:00:00:00:47
ip link show d1
ip link del mvp
ip link show d1
ip link set d1 master br0
ip link add link d1 mvx type macvlan mode bridge
ip link set d1 nomaster
ip link add link d1 iv0 type ipvlan mode l2
ip link add link d1 mvx type macvlan mode bridge
ip link add link iv0 mvx type macvlan mode bridge
ip link add link d1 mt0 type macvtap mode foo
ip link add link d0 mt0 type macvtap mode passthru
ip link add link d0 name mt0 type macvtap foo
ip link add link d0 mv0.5 type vlan id 5
ip link add link d0 type macvlan mode bridge
ip link add link d0 type macvlan mode bridge
ip -br link | sed 's/  *[0-9a-f][0-9a-f]:.*//'
