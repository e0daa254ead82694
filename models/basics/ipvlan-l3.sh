# ipvlan l3: the host routes for its children. They hear no broadcast and answer no ARP.
for name in switch host outside; do ip netns add $name; done
ip -n switch link add br0 up type bridge
ip link add eth0 address 02:00:00:00:00:01 netns host type veth peer name p0 netns switch
ip link add eth0 address 02:00:00:00:00:09 netns outside type veth peer name p1 netns switch
for port in p0 p1; do ip -n switch link set $port master br0 up; done
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0

for c in 1 2; do
  ip netns add c$c
  ip -n host link add iv$c link eth0 netns c$c type ipvlan mode l3
  ip -n c$c addr add 10.0.0.1$c/24 dev iv$c
  ip -n c$c link set iv$c up
done

# Siblings need neither ARP nor routes, not even a common subnet.
ip netns exec c1 ping -c1 -W1 10.0.0.12
ip -n c1 link show iv1
ip netns exec c1 ping -c1 -W1 10.0.0.9

# With a route back the world is in reach.
ip -n outside route add 10.0.0.10/31 via 10.0.0.1
ip -n outside route add 10.0.0.12/31 via 10.0.0.1
ip netns exec c1 ping -c1 -W1 10.0.0.9
