# Two children with one hardware address: the second can be made, but not brought up.
for name in switch host outside; do ip netns add $name; done
ip -n switch link add br0 up type bridge
ip link add eth0 netns host type veth peer name p0 netns switch
ip link add eth0 netns outside type veth peer name p1 netns switch
for port in p0 p1; do ip -n switch link set $port master br0 up; done
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0

for c in 1 2; do
  ip netns add c$c
  ip -n host link add mv$c link eth0 address 02:00:00:00:00:11 netns c$c type macvlan mode bridge
  ip -n c$c addr add 10.0.0.1$c/24 dev mv$c
  ip -n c$c link set mv$c up
done

# The parent's own address is taken too.
ip -n c2 link set mv2 address "$(ip netns exec host cat /sys/class/net/eth0/address)"

ip -n c2 link set mv2 address 02:00:00:00:00:12
ip -n c2 link set mv2 up
ip netns exec c1 ping -c1 -W1 10.0.0.12
