# Hairpin on an isolated port does nothing: isolated ports do not talk to each other, nor to themselves.
for name in switch host outside; do ip netns add $name; done
ip -n switch link add br0 up type bridge
ip link add eth0 netns host type veth peer name p0 netns switch
ip link add eth0 netns outside type veth peer name p1 netns switch
for port in p0 p1; do ip -n switch link set $port master br0 up; done
for name in host outside; do ip -n $name link set eth0 up; done
ip -n host addr add 10.0.0.1/24 dev eth0
ip -n outside addr add 10.0.0.9/24 dev eth0

for c in 1 2; do
  ip netns add c$c
  ip -n host link add mv$c link eth0 netns c$c type macvlan mode vepa
  ip -n c$c addr add 10.0.0.1$c/24 dev mv$c
  ip -n c$c link set mv$c up
done

bridge -n switch link set dev p0 hairpin on isolated on
ip netns exec c1 ping -c1 10.0.0.12
bridge -n switch link set dev p0 isolated off
ip netns exec c1 ping -c1 -W1 10.0.0.12

# Nor does it on a port that answers ARP by proxy, or that floods no broadcasts.
for setting in proxy_arp bcast_flood; do
  ip -n c1 neigh flush all
  ip -n c2 neigh flush all
  ip -n switch link set p0 type bridge_slave proxy_arp off bcast_flood on
  [ $setting = proxy_arp ] && value=on || value=off
  ip -n switch link set p0 type bridge_slave $setting $value
  ip netns exec c1 ping -c1 10.0.0.12
done
