# macvlan, mode passthru: one child has the network card, address and all. The host is no longer reached by it.
for name in switch host outside; do ip netns add $name; done
ip -n switch link add br0 up type bridge
ip link add eth0 address 02:00:00:00:00:01 netns host type veth peer name p0 netns switch
ip link add eth0 address 02:00:00:00:00:09 netns outside type veth peer name p1 netns switch
for port in p0 p1; do ip -n switch link set $port master br0 up; done
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0

ip netns exec outside ping -c1 -W1 10.0.0.1

for name in c1 c2; do ip netns add $name; done
ip -n host link add mv1 link eth0 netns c1 type macvlan mode passthru
ip -n host link add mv2 link eth0 netns c2 type macvlan mode passthru
ip -n c1 addr add 10.0.0.11/24 dev mv1
ip -n c1 link set mv1 up
ip netns exec c1 ping -c1 -W1 10.0.0.9
ip netns exec outside ping -c1 -W1 10.0.0.1
