# lab ip-route: showing, adding, changing and deleting routes
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link add d1 address 02:00:00:00:00:02 type dummy
ip link set lo up
ip link set d0 up
ip link set d1 up
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.2/24 dev d0
ip addr add 192.168.0.1/24 brd + dev d1
ip addr add 172.16.5.5/32 dev d1
ip route
ip r
ip route show table local
ip route show table all
ip route list table main
ip -4 route
ip -6 route
ip -j route
ip -j -p route show table local
ip -d route
ip route add default via 10.0.0.254
ip route add 10.1.0.0/16 via 10.0.0.253
ip route add 10.2.0.0/16 dev d1
ip route add 10.3.0.0/16 via 192.168.0.254 dev d1 src 192.168.0.1 metric 100
ip route add 10.3.0.0/16 via 10.0.0.253 metric 200
ip route add 10.4.0.0/16 via 172.31.0.1 dev d1 onlink
ip route add 10.5.0.0/16 dev d0 scope link src 10.0.0.2
ip route add 10.6.0.0/16 dev d0 scope host
ip route add 10.7.0.0/16 dev d0 proto static
ip route add 10.8.0.1 via 10.0.0.9
ip route add 10.8.0.2/32 dev d1 mtu 1400
ip route add 10.9.0.0/16 via 10.0.0.9 mtu 1400 advmss 1300
ip route add unreachable 10.10.0.0/16
ip route add blackhole 10.11.0.0/16
ip route add prohibit 10.12.0.0/16 metric 5
ip route add throw 10.13.0.0/16
ip route add local 10.14.0.0/16 dev lo
ip route add broadcast 10.15.0.0/16 dev d0
ip route add table 100 default via 10.0.0.77
ip route add 10.16.0.0/16 nexthop via 10.0.0.5 weight 1 nexthop via 192.168.0.5 weight 2
ip route add 10.17.5.5/16 dev d0
ip route add 10.17.0.0/16 dev d0
ip route
ip -j route
ip -d route
ip route show table 100
ip route show table local
ip route show 10.3.0.0/16
ip route show exact 10.3.0.0/16
ip route show match 10.3.1.1
ip route show root 10.8.0.0/16
ip route show default
ip route show dev d1
ip route show via 10.0.0.253
ip route show proto kernel
ip route show proto static
ip route show scope link
ip route show type unreachable
ip route show src 10.0.0.2
ip route show metric 100
ip route replace 10.1.0.0/16 via 10.0.0.252
ip route show 10.1.0.0/16
ip route change 10.1.0.0/16 via 10.0.0.251
ip route show 10.1.0.0/16
ip route append 10.1.0.0/16 via 10.0.0.250
ip route prepend 10.1.0.0/16 via 10.0.0.249
ip route show 10.1.0.0/16
ip route del 10.1.0.0/16
ip route del 10.1.0.0/16 via 10.0.0.250
ip route show 10.1.0.0/16
ip route del 10.1.0.0/16 dev d0
ip route show 10.1.0.0/16
ip route del default
ip route del unreachable 10.10.0.0/16
ip route del 10.11.0.0/16
ip route flush 10.3.0.0/16
ip route flush proto static
ip -s route flush dev d1
ip route
ip link set d0 down
ip route
ip link set d0 up
ip route
ip route flush table main
ip route
ip route show table local
