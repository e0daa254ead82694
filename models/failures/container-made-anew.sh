# A container that is made anew with the same IP address: others still know the old hardware address.
for name in switch host outside; do ip netns add $name; done
ip -n switch link add br0 up type bridge
ip link add eth0 netns host type veth peer name p0 netns switch
ip link add eth0 netns outside type veth peer name p1 netns switch
for port in p0 p1; do ip -n switch link set $port master br0 up; done
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0

ip netns add c1
ip -n host link add mv0 link eth0 netns c1 type macvlan mode bridge
ip -n c1 addr add 10.0.0.11/24 dev mv0
ip -n c1 link set mv0 up
ip netns exec outside ping -c1 -W1 10.0.0.11

ip netns del c1
ip netns add c1
ip -n host link add mv0 link eth0 netns c1 type macvlan mode bridge
ip -n c1 addr add 10.0.0.11/24 dev mv0
ip -n c1 link set mv0 up
ip netns exec outside ping -c1 -W1 10.0.0.11

# As soon as the container says something, they know better.
ip netns exec c1 ping -c1 -W1 10.0.0.9
ip netns exec outside ping -c1 -W1 10.0.0.11
