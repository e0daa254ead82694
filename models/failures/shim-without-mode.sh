# A shim on the host helps it reach its macvlan containers, but not in the mode that ip gives by default.
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

# Without a word the mode is vepa: frames for the container go to the switch, and end there.
ip -n host link add shim link eth0 type macvlan
ip -n host addr add 10.0.0.2/32 dev shim
ip -n host link set shim up
ip -n host route add 10.0.0.11/32 dev shim
ip netns exec host ping -c1 10.0.0.11

# In mode bridge they go straight to the container.
ip -n host link set shim type macvlan mode bridge
ip netns exec host ping -c1 -W1 10.0.0.11
