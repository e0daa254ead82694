# Wi-Fi: an access point takes frames from the one address that it has let in, so macvlan fails where ipvlan works.
for name in switch host outside; do ip netns add $name; done
ip -n switch link add br0 up type bridge
ip link add eth0 address 02:00:00:00:00:01 netns host type veth peer name p0 netns switch
ip link add eth0 netns outside type veth peer name p1 netns switch
for port in p0 p1; do ip -n switch link set $port master br0 up; done
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0

# The access point: it knows its station, learns no other, and floods nothing to it.
bridge -n switch fdb replace 02:00:00:00:00:01 dev p0 master static
bridge -n switch link set dev p0 locked on learning off flood off
ip netns exec host ping -c1 -W1 10.0.0.9

ip netns add c1
ip -n host link add mv0 link eth0 netns c1 type macvlan mode bridge
ip -n c1 addr add 10.0.0.11/24 dev mv0
ip -n c1 link set mv0 up
ip netns exec c1 ping -c1 10.0.0.9

# Children of ipvlan have the address of the card.
ip -n c1 link del mv0
ip -n host link add iv0 link eth0 netns c1 type ipvlan mode l2
ip -n c1 addr add 10.0.0.11/24 dev iv0
ip -n c1 link set iv0 up
ip netns exec c1 ping -c1 -W1 10.0.0.9
