# Hairpin on the wrong switch: behind a plain one, what the upper switch reflects teaches the lower one nonsense.
for name in upper lower host outside; do ip netns add $name; done
for name in upper lower; do ip -n $name link add br0 up type bridge; done
ip link add eth0 netns host type veth peer name p0 netns lower
ip link add eth0 netns outside type veth peer name p1 netns lower
ip link add uplink netns lower type veth peer name p0 netns upper
for port in p0 p1 uplink; do ip -n lower link set $port master br0 up; done
ip -n upper link set p0 master br0 up
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0

ip netns add c1
ip -n host link add mv0 link eth0 netns c1 type macvlan mode bridge
ip -n c1 addr add 10.0.0.11/24 dev mv0
ip -n c1 link set mv0 up
ip netns exec c1 ping -c1 -W1 10.0.0.9

# The container's broadcast comes back by the uplink, so the lower switch takes it to be up there.
bridge -n upper link set dev p0 hairpin on
for name in c1 outside; do ip -n $name neigh flush all; done
ip netns exec c1 ping -c1 10.0.0.9

# Hairpin belongs on the port that the host is plugged into.
bridge -n upper link set dev p0 hairpin off
bridge -n lower link set dev p0 hairpin on
for name in c1 outside; do ip -n $name neigh flush all; done
ip netns exec c1 ping -c1 -W1 10.0.0.9
ip netns exec c1 ping -c1 -W1 10.0.0.1
