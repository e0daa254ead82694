# lab ip-route-errors: what refuses routes
ip route add default via 10.0.0.254
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link add d1 address 02:00:00:00:00:02 type dummy
ip addr add 10.0.0.1/24 dev d0
ip route
ip route add 10.1.0.0/16 dev d0
ip route add default via 10.0.0.254
ip route add default via 10.0.0.254 dev d0
ip route add default via 10.0.0.254 dev d0 onlink
ip link set d0 up
ip route
ip route add default via 10.0.0.254 dev d1
ip route add default via 10.9.9.9
ip route add default via 10.9.9.9 dev d0
ip route add default via 10.0.0.1
ip route add default via 10.0.0.255
ip route add default via 255.255.255.255
ip route add default via 224.0.0.1
ip route add default via 0.0.0.0
ip route add default via 127.0.0.1
ip route add default via 10.0.0.254
ip route add default via 10.0.0.254
ip route add default via 10.0.0.253
ip route add default via 10.0.0.253 metric 10
ip route add 0.0.0.0/0 via 10.0.0.252 metric 20
ip route
ip route add 10.1.0.0/16 via 10.0.0.2 src 10.5.5.5
ip route add 10.1.0.0/33 via 10.0.0.2
ip route add 10.1.0.0/x via 10.0.0.2
ip route add 10.1.0.5/16 via 10.0.0.2
ip route add foo via 10.0.0.2
ip route add 10.1.0.0/16 via foo
ip route add 10.1.0.0/16 dev nosuch
ip route add 10.1.0.0/16 dev
ip route add 10.1.0.0/16
ip route add
ip route add dev d0
ip route add 10.1.0.0/16 foo
ip route add 10.1.0.0/16 dev d0 foo
ip route add 10.1.0.0/16 dev d0 metric foo
ip route add 10.1.0.0/16 dev d0 scope foo
ip route add 10.1.0.0/16 dev d0 proto foo
ip route add 10.1.0.0/16 dev d0 table foo
ip route add 10.1.0.0/16 via 10.0.0.2 scope link
ip route add 10.1.0.0/16 via 10.0.0.2 scope host
ip route add 10.1.0.0/16 via 10.0.0.2 dev d0 dev d1
ip route add 10.1.0.0/16 dev d0
ip route add 10.1.0.0/16 dev d0
ip route add 10.1.0.0/16 dev d1
ip route replace 10.2.0.0/16 via 10.9.9.9
ip route change 10.2.0.0/16 dev d0
ip route del 10.2.0.0/16
ip route del 10.1.0.0/16 dev d1
ip route del default via 10.0.0.9
ip route del foo
ip route del
ip route delete 10.1.0.0/16
ip route delete 10.1.0.0/16
ip route show table 999
ip route show table foo
ip route show foo
ip route show dev nosuch
ip route flush
ip route flush table 999
ip route list nosuch
ip route get 1.2.3.4
ip -6 route add default dev d0
ip route add 10.3.0.0/16 nexthop via 10.0.0.2 nexthop via 10.9.9.9
ip route add 10.3.0.0/16 nexthop via 10.0.0.2 weight 0
ip link add v0 address 02:00:00:00:00:03 type veth peer name v1 address 02:00:00:00:00:04
ip link set v0 up
ip addr add 10.8.0.1/24 dev v0
ip route add 10.80.0.0/16 via 10.8.0.2
ip route
ip route get 10.80.0.1
ip link set v1 up
ip route
ip link set v1 down
sleep 1
ip route
ip -j route show dev v0
ip route show table local dev v0
sysctl -w net.ipv4.conf.v0.ignore_routes_with_linkdown=1
ip route get 10.80.0.1
ip route
ip route add 10.81.0.0/16 via 10.8.0.2
ip link set v0 down
ip route
