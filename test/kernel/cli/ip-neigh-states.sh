# lab ip-neigh-states: an entry's life with short timers, on down, NOARP devices, ipvlan l3 and lo
ip netns add h1
ip netns add h2
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name eth0 address 02:00:00:00:00:02 netns h2
ip -n h1 link set lo up
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n h2 addr add 10.0.0.2/24 dev eth0
ip netns exec h1 sysctl -qw net.ipv4.neigh.eth0.base_reachable_time_ms=1000 net.ipv4.neigh.eth0.delay_first_probe_time=2
ip netns exec h1 ping -qc1 -W1 10.0.0.2
ip -n h1 neigh
sleep 3
ip -n h1 neigh
ip netns exec h1 ping -qc1 -W1 10.0.0.2
ip -n h1 neigh
sleep 4
ip -n h1 neigh
ip -n h2 addr del 10.0.0.2/24 dev eth0
sleep 3
ip -n h1 neigh
ip netns exec h1 ping -qc1 -W1 10.0.0.2
ip -n h1 neigh
sleep 3
ip -n h1 neigh
sleep 3
ip -n h1 neigh
ip -n h2 addr add 10.0.0.2/24 dev eth0
ip netns exec h1 ping -qc1 -W1 10.0.0.2
ip -n h2 link set eth0 down
sleep 2
ip -n h1 neigh
ip -n h2 link set eth0 up
ip netns exec h1 ping -qc1 -W1 10.0.0.2
ip -n h1 neigh add 10.0.0.77 lladdr 02:00:00:00:00:77 dev eth0
ip -n h1 neigh
ip -n h1 link set eth0 down
ip -n h1 neigh
ip -n h1 link set eth0 up
ip -n h1 neigh
ip -n h1 link add d0 address 02:00:00:00:00:09 type dummy
ip -n h1 link set d0 up
ip -n h1 addr add 10.9.0.1/24 brd + dev d0
ip netns exec h1 ping -qc1 -W1 10.9.0.5
ip netns exec h1 ping -qc1 -W1 10.0.0.1
ip netns exec h1 ping -qc1 -W1 127.0.0.1
ip -n h1 neigh show nud all dev d0
ip -n h1 neigh
ip netns add c1
ip netns add c2
ip -n h1 link add link eth0 name iv0 netns c1 type ipvlan mode l3
ip -n h1 link add link eth0 name iv1 netns c2 type ipvlan mode l3
ip -n c1 link set iv0 up
ip -n c2 link set iv1 up
ip -n c1 addr add 10.0.0.11/24 dev iv0
ip -n c2 addr add 10.0.0.12/24 dev iv1
ip netns exec c1 ping -qc1 -W1 10.0.0.12
ip -n c1 neigh
ip -n c1 neigh show nud all
ip -n h1 neigh
