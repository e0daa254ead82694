# bridge: a switch. It learns from each frame behind which port its sender is, and floods what it does not know.
ip netns add switch
ip -n switch link add br0 up type bridge
for n in 1 2 3; do
  ip netns add h$n
  ip link add eth0 address 02:00:00:00:00:0$n netns h$n type veth peer name p$n netns switch
  ip -n switch link set p$n master br0 up
  ip -n h$n addr add 10.0.0.$n/24 dev eth0
  ip -n h$n link set eth0 up
done

ip netns exec h1 ping -c1 -W1 10.0.0.2
# h3 has said nothing, so it is not in the table.
bridge -n switch fdb show br br0 | grep -v permanent
