# lab sysctl-keys: every key of an interface, with the value a fresh machine has
ip link set lo up
ip link add eth0 address 02:00:00:00:00:01 type dummy
ls /proc/sys/net/ipv4/conf/eth0
ls /proc/sys/net/ipv4/neigh/eth0
ls /proc/sys/net/ipv4/neigh/default
sysctl -a -r '^net\.ipv4\.conf\.eth0\.'
sysctl -a -r '^net\.ipv4\.conf\.all\.'
sysctl -a -r '^net\.ipv4\.conf\.lo\.'
sysctl -a -r '^net\.ipv4\.neigh\.eth0\.'
sysctl -a -r '^net\.ipv4\.neigh\.default\.'
sysctl -a -r '^net\.ipv4\.(icmp|ip_|route|fib|igmp)'
ls /proc/sys/net
ls /proc/sys/net/ipv4
