# lab ip-route-get: which way a packet would go, and the errors of asking
ip link set lo up
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link add d1 address 02:00:00:00:00:02 type dummy
ip route get 10.0.0.1
ip link set d0 up
ip link set d1 up
ip addr add 10.0.0.1/24 brd + dev d0
ip addr add 192.168.0.1/24 dev d1
ip route get 10.0.0.2
ip route get 10.0.0.1
ip route get 10.0.0.255
ip route get 10.0.0.0
ip route get 192.168.0.255
ip route get 127.0.0.1
ip route get 127.0.0.5
ip route get 8.8.8.8
ip route get 255.255.255.255
ip route get 224.0.0.1
ip route get 0.0.0.0
ip route add default via 10.0.0.254
ip route get 8.8.8.8
ip -j route get 8.8.8.8
ip -o route get 8.8.8.8
ip route get 255.255.255.255
ip route get 224.0.0.1
ip route get 8.8.8.8 from 192.168.0.1
ip route get 8.8.8.8 from 10.99.0.1
ip route get 8.8.8.8 oif d1
ip route get 8.8.8.8 dev d1
ip route get 10.0.0.2 oif d1
ip route get 10.0.0.2 from 192.168.0.1
ip route get 10.0.0.1 from 10.0.0.2 iif d0
ip route get 8.8.8.8 from 10.0.0.2 iif d0
sysctl -w net.ipv4.ip_forward=1
ip route get 8.8.8.8 from 10.0.0.2 iif d0
ip route get 192.168.0.9 from 10.0.0.2 iif d0
ip route get 192.168.0.9 from 10.0.0.1 iif d0
ip route get 10.0.0.255 from 10.0.0.2 iif d0
ip route get 10.0.0.2 mark 5
ip route get 10.0.0.2/24
ip route add unreachable 10.10.0.0/16
ip route add blackhole 10.11.0.0/16
ip route add prohibit 10.12.0.0/16
ip route add throw 10.13.0.0/16
ip route get 10.10.0.1
ip route get 10.11.0.1
ip route get 10.12.0.1
ip route get 10.13.0.1
ip route get 10.10.0.1 from 10.0.0.2 iif d0
ip route get fibmatch 8.8.8.8
ip route get fibmatch 10.0.0.2
ip route get fibmatch 10.0.0.1
ip route get
ip route get foo
ip route get 10.0.0.2 dev nosuch
ip route get 10.0.0.2 foo
ip route get 10.0.0.2 10.0.0.3
ip route add 10.20.0.0/16 via 192.168.0.9 src 192.168.0.1
ip route get 10.20.1.1
ip route add 10.21.0.0/16 dev d1
ip route get 10.21.1.1
ip route add table 50 default via 192.168.0.77
ip rule add from 192.168.0.1 table 50 pref 100
ip route get 9.9.9.9 from 192.168.0.1
ip route get 9.9.9.9
ip rule
ip rule list
ip -j rule
ip rule add to 10.30.0.0/16 prohibit pref 90
ip rule add from 10.0.0.0/24 iif d0 lookup 51
ip rule add fwmark 7 lookup 52 pref 80
ip rule add fwmark 0x7/0xff oif d1 lookup main pref 81
ip rule show
ip route get 10.30.0.1
ip route get 9.9.9.9 mark 7
ip rule del pref 90
ip rule del pref 90
ip rule del from 192.168.0.1 table 50
ip rule add foo
ip rule add table
ip rule flush
ip rule
ip route get 10.0.0.2
