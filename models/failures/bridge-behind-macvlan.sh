# A bridge behind a macvlan child: frames for the guests on it carry addresses that the child does not answer to.
for name in switch host outside; do ip netns add $name; done
ip -n switch link add br0 up type bridge
ip link add eth0 netns host type veth peer name p0 netns switch
ip link add eth0 netns outside type veth peer name p1 netns switch
for port in p0 p1; do ip -n switch link set $port master br0 up; done
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0

for name in c1 guest; do ip netns add $name; done
ip -n host link add mv0 link eth0 netns c1 type macvlan mode bridge
ip -n c1 link add br0 up type bridge
ip link add eth0 netns guest type veth peer name p0 netns c1
for port in mv0 p0; do ip -n c1 link set $port master br0 up; done
ip -n guest link set eth0 up
ip -n guest addr add 10.0.0.21/24 dev eth0
ip netns exec guest ping -c1 10.0.0.9

# A child in mode passthru takes every frame. The host's own address is gone then.
ip -n c1 link del mv0
ip -n host link add mv0 link eth0 netns c1 type macvlan mode passthru
ip -n c1 link set mv0 master br0 up
ip netns exec guest ping -c1 -W1 10.0.0.9
ip netns exec outside ping -c1 -W1 10.0.0.1
