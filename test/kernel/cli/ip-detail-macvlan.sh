# lab ip-detail-macvlan: ip -d link of macvlan and macvtap in every mode, and changing them
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link add d1 address 02:00:00:00:00:02 type dummy
ip link add d2 address 02:00:00:00:00:03 type dummy
ip link add d3 address 02:00:00:00:00:04 type dummy
ip link set d0 up
ip link add link d0 mvp address 02:00:00:00:01:01 type macvlan mode private
ip link add link d0 mvv address 02:00:00:00:01:02 type macvlan mode vepa
ip link add link d0 mvb address 02:00:00:00:01:03 type macvlan mode bridge
ip link add link d0 mvs address 02:00:00:00:01:04 type macvlan mode source
ip link add link d0 mvd address 02:00:00:00:01:05 type macvlan
ip link add link d0 name mvn address 02:00:00:00:01:06 type macvlan mode bridge bcqueuelen 2000
ip link add link d1 mvpt type macvlan mode passthru
ip link add link d2 mvpn type macvlan mode passthru nopromisc
ip link add link d3 mt0 address 02:00:00:00:03:01 type macvtap mode bridge
ip link add link d3 mt1 address 02:00:00:00:03:02 type macvtap
ip link set mvb up
ip link set mvp up
ip link set mvpt up
ip -d link show mvp
ip -d link show mvv
ip -d link show mvb
ip -d link show mvs
ip -d link show mvd
ip -d link show mvn
ip -d link show mvpt
ip -d link show d1
ip link set d1 up
ip link show d1
ip -d link show mvpt
ip -d link show mvpn
ip link set d2 up
ip link set mvpn up
ip link show d2
ip -d link show mt0
ip -d link show mt1
ip -j -d link show mvb
ip -j -d link show mvs
ip -j -d link show mvpn
ip -j -d link show mt0
ip link set mvs type macvlan macaddr add 02:aa:00:00:00:01
ip link set mvs type macvlan macaddr add 02:aa:00:00:00:02
ip -d link show mvs
ip -j -p -d link show mvs
ip link set mvs type macvlan macaddr del 02:aa:00:00:00:01
ip link set mvs type macvlan macaddr del 02:aa:00:00:00:09
ip link set mvs type macvlan macaddr set 02:bb:00:00:00:01 02:bb:00:00:00:02 02:bb:00:00:00:03
ip -d link show mvs
ip link set mvs type macvlan macaddr flush
ip -d link show mvs
ip link set mvs type macvlan macaddr set
ip link set mvs type macvlan mode source nodst
ip -d link show mvs
ip link set mvs type macvlan flag null
ip -d link show mvs
ip link add link d0 mvs2 address 02:00:00:00:01:07 type macvlan mode source macaddr set 02:cc:00:00:00:01 02:cc:00:00:00:02
ip -d link show mvs2
ip link set mvp type macvlan mode bridge
ip -d link show mvp
ip link set mvv type macvlan bcqueuelen 5000
ip -d link show mvv
ip -d link show mvb
ip link show type macvlan
ip -br link show type macvlan
ip link show type macvtap
ip link
ip link set d0 down
ip link
