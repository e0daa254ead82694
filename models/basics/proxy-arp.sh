# Proxy ARP: a router answers for those behind it, so that nobody needs a route.
for name in lan router server; do ip netns add $name; done
ip link add eth0 netns lan type veth peer name eth0 netns router
ip link add eth0 netns server type veth peer name eth1 netns router
for name in lan router server; do ip -n $name link set eth0 up; done
ip -n router link set eth1 up
ip -n lan addr add 10.0.0.1/24 dev eth0
ip -n router addr add 10.0.0.254/24 dev eth0
ip -n server addr add 10.0.0.80/32 dev eth0
ip -n server route add 10.0.0.0/24 dev eth0
ip -n router route add 10.0.0.80 dev eth1
ip netns exec router sysctl -qw net.ipv4.ip_forward=1

# The server is not on the wire where it is asked for.
ip netns exec lan ping -c1 10.0.0.80

for port in eth0 eth1; do ip netns exec router sysctl -qw net.ipv4.conf.$port.proxy_arp=1; done
ip netns exec lan ping -c1 -W2 10.0.0.80
