# Mode private depends on who speaks first: only broadcasts are kept from the children, so it is no wall.
for name in switch host outside; do ip netns add $name; done
ip -n switch link add br0 up type bridge
ip link add eth0 netns host type veth peer name p0 netns switch
ip link add eth0 netns outside type veth peer name p1 netns switch
for port in p0 p1; do ip -n switch link set $port master br0 up; done
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0
bridge -n switch link set dev p0 hairpin on

for c in 1 2; do
  ip netns add c$c
  ip -n host link add mv$c link eth0 address 02:00:00:00:00:1$c netns c$c type macvlan mode private
  ip -n c$c addr add 10.0.0.1$c/24 dev mv$c
  ip -n c$c link set mv$c up
done

# The container does not hear itself called by the switch's echo, so nobody answers.
ip netns exec c1 ping -c1 10.0.0.1
# The host's question comes back as any stranger's would, and tells the container the host's address.
ip netns exec host ping -c1 -W1 10.0.0.11
ip netns exec c1 ping -c1 -W1 10.0.0.1

# Between containers an address that is known is enough, too.
ip netns exec c1 ping -c1 10.0.0.12
ip -n c1 neigh replace 10.0.0.12 lladdr 02:00:00:00:00:12 dev mv1
ip -n c2 neigh replace 10.0.0.11 lladdr 02:00:00:00:00:11 dev mv2
ip netns exec c1 ping -c1 -W1 10.0.0.12
