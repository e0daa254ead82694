# A router between two hosts of one subnet: it forwards, and says that they could talk directly.
for name in switch router a b; do ip netns add $name; done
ip -n switch link add br0 up type bridge
for name in router a b; do
  ip link add eth0 netns $name type veth peer name to-$name netns switch
  ip -n switch link set to-$name master br0 up
  ip -n $name link set eth0 up
done
ip -n router addr add 10.0.0.254/24 dev eth0
ip netns exec router sysctl -qw net.ipv4.ip_forward=1

# Each knows only itself and the router.
ip -n a addr add 10.0.0.1/32 dev eth0
ip -n b addr add 10.0.0.2/32 dev eth0
for name in a b; do
  ip -n $name route add 10.0.0.254 dev eth0
  ip -n $name route add default via 10.0.0.254
done
# A router that keeps it to itself: every packet goes by it, and it takes one from each ttl.
ip netns exec router sysctl -qw net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0
ip netns exec a ping -c2 10.0.0.2

# One that does not: the first packet still goes by it, later ones do not.
ip netns exec router sysctl -qw net.ipv4.conf.eth0.send_redirects=1
ip netns exec a ping -c3 10.0.0.2
