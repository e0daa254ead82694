# veth: a cable with two ends, each in a namespace of its own.
ip netns add left
ip netns add right
ip link add eth0 netns left type veth peer name eth0 netns right
ip -n left addr add 10.0.0.1/24 dev eth0
ip -n right addr add 10.0.0.2/24 dev eth0
ip -n left link set eth0 up
ip -n left link show eth0

# There is a link once both ends are up.
ip -n right link set eth0 up
ip -n left link show eth0
ip netns exec left ping -c1 -W1 10.0.0.2
