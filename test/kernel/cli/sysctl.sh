# lab sysctl: reading and writing settings, by sysctl and through /proc/sys
ip link set lo up
ip link add eth0 address 02:00:00:00:00:01 type dummy
ip link add br0 address 02:00:00:00:00:10 type bridge
ip link add link eth0 name eth0.5 type vlan id 5
sysctl net.ipv4.conf.all.rp_filter
sysctl -n net.ipv4.conf.all.rp_filter
sysctl net.ipv4.conf.eth0.proxy_arp
sysctl net/ipv4/conf/eth0/proxy_arp
sysctl net.ipv4.conf.eth0/5.proxy_arp
sysctl net/ipv4/conf/eth0.5/proxy_arp
sysctl net.ipv4.conf.eth0.5.proxy_arp
sysctl -w net.ipv4.conf.eth0.proxy_arp=1
sysctl net.ipv4.conf.eth0.proxy_arp=1
sysctl -w net.ipv4.conf.eth0.proxy_arp = 1
sysctl -w "net.ipv4.conf.eth0.proxy_arp = 0"
sysctl -q -w net.ipv4.conf.eth0.proxy_arp=1
sysctl -qw net.ipv4.conf.eth0.proxy_arp=1
sysctl -n -w net.ipv4.conf.eth0.proxy_arp=1
sysctl -w net.ipv4.conf.eth0.arp_ignore=1 net.ipv4.conf.eth0.arp_announce=2
sysctl -w net.ipv4.ip_forward=1 net.ipv4.nosuch=1 net.ipv4.conf.eth0.arp_filter=1
sysctl net.ipv4.conf.eth0.arp_filter net.ipv4.ip_forward
sysctl net.ipv4.nosuch
sysctl -e net.ipv4.nosuch
sysctl -e net.ipv4.nosuch net.ipv4.ip_forward
sysctl -i net.ipv4.nosuch
sysctl net.ipv4.conf.nosuch.rp_filter
sysctl -w net.ipv4.conf.nosuch.rp_filter=1
sysctl -w net.ipv4.ip_forward=abc
sysctl -w net.ipv4.ip_forward=
sysctl -w net.ipv4.ip_forward
sysctl -w net.ipv4.conf.eth0.rp_filter=7
sysctl net.ipv4.conf.eth0.rp_filter
sysctl -w net.ipv4.conf.eth0.arp_ignore=99
sysctl -w net.ipv4.ip_default_ttl=300
sysctl -w net.ipv4.ip_default_ttl=0
sysctl -w net.ipv4.ip_default_ttl=32
sysctl -w net.ipv4.conf.eth0.forwarding=0x10
sysctl net.ipv4.conf.eth0.forwarding
sysctl -w net.ipv4.conf.eth0.forwarding=-1
sysctl -w "net.ipv4.conf.eth0.forwarding=1 2"
sysctl
sysctl -V
sysctl -w
sysctl --foo
sysctl -a -r '^net.ipv4.conf.eth0.arp'
sysctl -a --pattern 'neigh.eth0.gc'
sysctl -ar 'conf.*.rp_filter'
sysctl -N -ar 'conf.*.rp_filter'
sysctl -b net.ipv4.ip_forward
sysctl net.ipv4.conf.eth0 | head -3
sysctl net.ipv4.conf.*.forwarding
cat /proc/sys/net/ipv4/ip_forward
cat /proc/sys/net/ipv4/conf/eth0/proxy_arp
echo 0 > /proc/sys/net/ipv4/ip_forward
cat /proc/sys/net/ipv4/ip_forward
sysctl net.ipv4.conf.all.forwarding net.ipv4.conf.default.forwarding net.ipv4.conf.eth0.forwarding
echo 1 > /proc/sys/net/ipv4/conf/all/forwarding
cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/eth0/forwarding /proc/sys/net/ipv4/conf/default/forwarding
echo abc > /proc/sys/net/ipv4/ip_forward
echo 1 > /proc/sys/net/ipv4/nosuch
cat /proc/sys/net/ipv4/nosuch
cat /proc/sys/net/ipv4/conf/nosuch/rp_filter
ls /proc/sys/net/ipv4/conf
echo 1 | tee /proc/sys/net/ipv4/conf/eth0/rp_filter
sysctl -w net.ipv4.conf.default.rp_filter=2
ip link add eth1 type dummy
sysctl net.ipv4.conf.eth1.rp_filter net.ipv4.conf.eth0.rp_filter net.ipv4.conf.lo.rp_filter
sysctl -w net.ipv4.conf.all.rp_filter=1
sysctl net.ipv4.conf.eth1.rp_filter net.ipv4.conf.default.rp_filter
ip netns add n1
ip netns exec n1 sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.default.rp_filter net.ipv4.conf.lo.rp_filter net.ipv4.ip_forward
ip netns exec n1 cat /proc/sys/net/ipv4/conf/lo/forwarding
sysctl net.ipv4.conf.all.arp_ignore net.ipv4.conf.all.send_redirects net.ipv4.icmp_echo_ignore_broadcasts net.ipv4.icmp_ratelimit net.ipv4.neigh.default.gc_stale_time
sysctl net.ipv4.ping_group_range net.ipv4.ip_local_port_range
sysctl -p /tmp/nosuch
printf '# c\nnet.ipv4.ip_forward = 0\n-net.ipv4.nosuch=1\nnet.ipv4.conf.eth0.arp_ignore=1\n' > /tmp/s.conf
sysctl -p /tmp/s.conf
