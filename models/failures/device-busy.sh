# Device or resource busy: a device is a bridge port, or has macvlan children, or has ipvlan children. Never two.
ip link add eth0 type veth peer name far
ip link add br0 type bridge

# A bridge port cannot have children. The bridge itself can.
ip link set eth0 master br0
ip link add mv0 link eth0 type macvlan mode bridge
ip link add iv0 link eth0 type ipvlan
ip link add mv0 link br0 type macvlan mode bridge
ip link set eth0 nomaster

# Who has children of one kind cannot have others, and cannot join a bridge.
ip link add mv1 link eth0 type macvlan mode bridge
ip link add iv0 link eth0 type ipvlan
ip link set eth0 master br0

# Once the last one has gone, it can.
ip link del mv1
ip link add iv0 link eth0 type ipvlan
