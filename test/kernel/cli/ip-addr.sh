# lab ip-addr: adding, changing, deleting and flushing addresses
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link set d0 up
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.1/16 dev d0
ip addr add 10.0.0.2/24 dev d0
ip addr add 10.0.0.3/24 broadcast + dev d0
ip addr add 10.0.0.4/24 brd 10.0.0.255 label d0:x dev d0
ip addr add 10.9.0.1/24 brd - dev d0
ip addr add 10.5.0.1 dev d0
ip addr add 10.6.0.1 peer 10.6.0.2 dev d0
ip addr add 10.7.0.1 peer 10.7.0.2/24 dev d0
ip addr add 10.8.0.1/24 scope link dev d0
ip addr add 10.8.1.1/24 scope host dev d0
ip addr add 10.8.2.1/24 scope 100 dev d0
ip addr add 10.10.0.1/24 dev d0 valid_lft 1000 preferred_lft 500
ip addr add 10.11.0.1/24 dev d0 valid_lft 1000 preferred_lft 0
ip addr add 10.12.0.1/24 dev d0 noprefixroute
ip addr add 10.13.0.1/24 dev d0 metric 500
ip addr show dev d0
ip -br addr show dev d0
ip -j addr show dev d0
ip -o addr show dev d0
ip r
ip addr show dev d0 secondary
ip addr show dev d0 deprecated
ip addr show dev d0 scope link
ip addr show dev d0 to 10.0.0.0/8
ip addr show to 10.0.0.1
ip addr change 10.12.0.1/24 dev d0 valid_lft 5000 preferred_lft 5000
ip addr replace 10.12.0.1/24 dev d0
ip addr replace 10.14.0.1/24 dev d0
ip addr change 10.15.0.1/24 dev d0
ip addr show dev d0
ip addr del 10.0.0.3/24 dev d0
ip addr del 10.0.0.99/24 dev d0
ip addr del 10.0.0.2 dev d0
ip addr del 10.0.0.1/16 dev d0
ip addr del 10.0.0.1/24 dev d0
ip addr show dev d0
ip r
ip addr add 10.20.0.1/24 dev d0
ip addr add 10.20.0.2/24 dev d0
ip addr add 10.20.0.3/24 dev d0
sysctl -w net.ipv4.conf.d0.promote_secondaries=1
ip addr del 10.20.0.1/24 dev d0
ip addr show dev d0 to 10.20.0.0/24
ip r show 10.20.0.0/24
ip addr flush dev d0 label d0:x
ip addr flush dev d0 to 10.20.0.0/24
ip -s addr flush dev d0 scope link
ip -s -s addr flush dev d0 to 10.8.0.0/16
ip addr flush dev d0
ip addr show dev d0
ip -s addr flush dev d0
ip addr flush
ip addr flush dev nosuch
ip addr add 10.0.0.1/24 dev lo
ip a show lo
ip a add 10.0.0.1/24 dev d0
ip a
ip addr add 127.0.0.2/8 dev d0
ip addr add 224.0.0.1/24 dev d0
ip addr add 255.255.255.255/32 dev d0
ip addr add 0.0.0.0/0 dev d0
ip addr add 10.30.0.0/24 dev d0
ip addr add 10.30.0.255/24 dev d0
ip a show d0
