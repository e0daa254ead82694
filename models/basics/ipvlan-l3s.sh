# ipvlan l3s: as l3, but what comes in passes the host's netfilter first.
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
  ip -n host link add iv$c link eth0 netns c$c type ipvlan mode l3s
  ip -n c$c addr add 10.0.0.1$c/24 dev iv$c
  ip -n c$c link set iv$c up
done

ip netns exec c1 ping -c1 -W1 10.0.0.12
ip -n outside route add 10.0.0.10/31 via 10.0.0.1
ip netns exec c1 ping -c1 -W1 10.0.0.9
# The mode is the parent's: changing it for one child changes it for all.
ip -n c1 link set iv1 type ipvlan mode l2
ip -n c2 -d link show iv2 | grep ipvlan
