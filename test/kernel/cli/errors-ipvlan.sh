# lab errors-ipvlan: what refuses ipvlan and ipvtap
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link add d1 address 02:00:00:00:00:02 type dummy
ip link add br0 address 02:00:00:00:00:10 type bridge
ip netns add c1
ip link set d0 up
ip link add iv0 type ipvlan mode l2
ip link add link nope iv0 type ipvlan mode l2
ip link add link lo iv0 type ipvlan mode l2
ip link add link d0 iv0 type ipvlan mode foo
ip link add link d0 iv0 type ipvlan mode
ip link add link d0 iv0 type ipvlan foo
ip link add link d0 iv0 type ipvlan mode l2 private vepa
ip link add link d0 iv0 type ipvlan mode l2 mode l3
ip link add link d0 iv0 type ipvlan mode l2
ip link add link d0 iv0 type ipvlan mode l2
ip link add link d0 iv1 address 02:00:00:00:00:66 type ipvlan mode l2
ip link add link d0 iv2 address 01:00:00:00:00:66 type ipvlan mode l2
ip link show iv1
ip link set iv0 address 02:00:00:00:00:77
ip link set iv0 type ipvlan mode foo
ip link set iv0 type ipvlan foo
ip link set iv0 type ipvlan
ip link set iv0 type macvlan mode bridge
ip link set iv0 master br0
ip link set d0 master br0
ip link add link d0 mv0 type macvlan mode bridge
ip link add link iv0 mv0 type macvlan mode bridge
ip link add link iv0 name iv0.5 type vlan id 5
ip link add link d1 mv0 address 02:00:00:00:00:21 type macvlan mode bridge
ip link add link d1 iv5 type ipvlan mode l2
ip link add link mv0 iv6 type ipvlan mode l2
ip link show iv6
ip link add link d1 it0 type ipvtap foo
ip link add link d0 it0 type ipvtap mode l2
ip link set it0 type ipvtap foo
ip addr add 10.0.0.1/24 dev iv0
ip addr add 10.0.0.1/24 dev iv0
ip addr add 10.0.0.1/16 dev iv0
ip addr add 10.0.0.1/24 dev iv1
ip addr add 10.0.0.2/24 dev d0
ip addr add 10.0.0.2/24 dev iv1
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.9/24 dev iv6
ip addr add 10.0.0.9/24 dev iv0
ip addr add 10.0.5.1 peer 10.0.5.2 dev iv0
ip addr add 10.0.5.2/24 dev iv1
ip addr add 10.0.5.1/24 dev iv1
ip link set iv1 netns c1
ip -n c1 addr add 10.0.0.1/24 dev iv1
ip -n c1 addr add 10.0.0.3/24 dev iv1
ip addr add 10.0.0.3/24 dev iv0
ip -n c1 link set iv1 type ipvlan mode l3
ip -d link show iv0
ip -n c1 addr
ip a
