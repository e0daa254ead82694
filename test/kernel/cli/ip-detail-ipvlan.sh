# lab ip-detail-ipvlan: ip -d link of ipvlan and ipvtap in every mode and flag; mode and flag belong to the parent
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link add d1 address 02:00:00:00:00:02 type dummy
ip link add d2 address 02:00:00:00:00:03 type dummy
ip link set d0 up
ip link set d1 up
ip link add link d0 iv0 type ipvlan
ip -d link show iv0
ip link set iv0 up
ip -d link show iv0
ip link add link d0 iv1 type ipvlan mode l2
ip link set iv1 up
ip -d link show iv0
ip -d link show iv1
ip link set iv0 type ipvlan private
ip -d link show iv0
ip -d link show iv1
ip link set iv0 type ipvlan vepa
ip -d link show iv1
ip link set iv0 type ipvlan bridge
ip -d link show iv1
ip link set iv0 type ipvlan mode l3s
ip -d link show iv0
ip -d link show iv1
ip link set iv0 type ipvlan mode l3s private
ip -d link show iv1
ip link set iv0 type ipvlan mode l3
ip -d link show iv1
ip link set iv0 type ipvlan mode l2 vepa
ip -d link show iv1
ip link add link d0 iv2 type ipvlan
ip -d link show iv2
ip -d link show iv1
ip link add link d1 it0 type ipvtap mode l2 private
ip link add link d1 it1 type ipvtap mode l2 private
ip -d link show it0
ip -d link show it1
ip link set it0 type ipvtap mode l3
ip -d link show it1
ip -j -d link show iv2
ip -j -p -d link show it0
ip link add link d2 iv8 type ipvlan mode l3s vepa
ip -j -d link show iv8
ip link set iv8 up
ip link show iv8
ip link show d2
ip link set d2 up
ip link show iv8
ip link set d2 down
ip link show iv8
ip link add link iv8 name iv9 type ipvlan mode l3s
ip -d link show iv9
ip link show type ipvlan
ip link show type ipvtap
ip -br a
ip link add link d2 address 02:00:00:00:00:77 name iva type ipvlan mode l2
ip link show iva
ip link set d2 address 02:00:00:00:00:99
ip link show iva
ip link add link d2 name ivm mtu 9000 type ipvlan mode l2
ip link show ivm
ip link set d2 mtu 1400
ip link show ivm
ip link set ivm mtu 2000
ip link show ivm
ip link del iv0
ip link set iv0 type ipvlan mode l2
ip link
