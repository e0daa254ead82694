# VLANs: two networks on one wire. The switch keeps them apart, and gives frames to hosts without their tags.
ip netns add switch
ip -n switch link add br0 up type bridge vlan_filtering 1
for n in 1 2 3; do
  ip netns add h$n
  ip link add eth0 netns h$n type veth peer name p$n netns switch
  ip -n switch link set p$n master br0 up
  ip -n h$n link set eth0 up
done

# h1 is on a trunk and has a device for each VLAN; h2 and h3 are in one each, and know nothing of it.
bridge -n switch vlan add dev p1 vid 10-20
bridge -n switch vlan add dev p2 vid 10 pvid untagged
bridge -n switch vlan add dev p3 vid 20 pvid untagged
for vid in 10 20; do
  ip -n h1 link add eth0.$vid link eth0 type vlan id $vid
  ip -n h1 addr add 10.0.$vid.1/24 dev eth0.$vid
  ip -n h1 link set eth0.$vid up
done
ip -n h2 addr add 10.0.10.2/24 dev eth0
ip -n h3 addr add 10.0.20.3/24 dev eth0
ip netns exec h1 ping -c1 -W1 10.0.10.2
ip netns exec h1 ping -c1 -W1 10.0.20.3

# Being in one subnet does not help across VLANs.
ip -n h3 addr add 10.0.10.3/24 dev eth0
ip netns exec h2 ping -c1 10.0.10.3
