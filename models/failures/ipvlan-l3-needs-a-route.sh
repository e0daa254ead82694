# ipvlan l3: packets find their way out, but nobody answers ARP for a container, so others need a route to it.
for name in switch host outside; do ip netns add $name; done
ip -n switch link add br0 up type bridge
ip link add eth0 netns host type veth peer name p0 netns switch
ip link add eth0 netns outside type veth peer name p1 netns switch
for port in p0 p1; do ip -n switch link set $port master br0 up; done
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0

ip netns add c1
ip -n host link add iv0 link eth0 netns c1 type ipvlan mode l3
ip -n c1 addr add 10.2.0.11/24 dev iv0
ip -n c1 link set iv0 up
ip -n c1 route add default dev iv0

# The request arrives, the reply has nowhere to go.
ip netns exec c1 ping -c1 -W1 10.0.0.9
ip netns exec outside ping -c1 -W1 10.2.0.11

ip -n outside route add 10.2.0.0/24 via 10.0.0.1
ip netns exec c1 ping -c1 -W1 10.0.0.9
ip netns exec outside ping -c1 -W1 10.2.0.11
