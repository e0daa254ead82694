# lab ip-neigh: neighbour tables in every state, and changing them
ip netns add h1
ip netns add h2
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name eth0 address 02:00:00:00:00:02 netns h2
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
ip -n h1 addr add 10.0.0.1/24 dev eth0
ip -n h2 addr add 10.0.0.2/24 dev eth0
ip -n h1 neigh
ip netns exec h1 ping -c1 -W1 10.0.0.2
ip -n h1 neigh
ip -n h2 neigh
ip -n h1 neigh show dev eth0
ip -n h1 neigh show 10.0.0.2
ip -n h1 n s to 10.0.0.0/24
ip -n h1 -j neigh
ip -n h1 -j -p neigh show dev eth0
ip -n h1 neigh show nud reachable
ip -n h1 neigh show nud stale
ip -n h1 neigh show nud all
ip netns exec h1 ping -c1 -W1 10.0.0.9
ip -n h1 neigh
ip -n h1 neigh show nud all
ip netns exec h1 timeout 0.5 ping -c1 10.0.0.8
ip -n h1 neigh
sleep 4
ip -n h1 neigh
ip -n h1 -j neigh show nud failed
ip -n h1 neigh add 10.0.0.20 lladdr 02:00:00:00:00:20 dev eth0
ip -n h1 neigh add 10.0.0.20 lladdr 02:00:00:00:00:21 dev eth0
ip -n h1 neigh add 10.0.0.21 lladdr 02:00:00:00:00:21 dev eth0 nud permanent
ip -n h1 neigh add 10.0.0.22 lladdr 02:00:00:00:00:22 dev eth0 nud reachable
ip -n h1 neigh add 10.0.0.23 lladdr 02:00:00:00:00:23 dev eth0 nud stale
ip -n h1 neigh add 10.0.0.24 lladdr 02:00:00:00:00:24 dev eth0 nud noarp
ip -n h1 neigh add 10.0.0.25 dev eth0 nud failed
ip -n h1 neigh add 10.0.0.26 lladdr 02:00:00:00:00:26 dev eth0 nud delay
ip -n h1 neigh add 10.0.0.27 lladdr 02:00:00:00:00:27 dev eth0 nud none
ip -n h1 neigh add 10.0.0.28 lladdr 02:00:00:00:00:28 dev eth0 router
ip -n h1 neigh add 10.0.0.29 lladdr 02:00:00:00:00:29 dev eth0 extern_learn
ip -n h1 neigh add 10.0.0.30 lladdr 02:00:00:00:00:30 dev eth0 proto static
ip -n h1 neigh show
ip -n h1 neigh show nud permanent
ip -n h1 neigh show nud noarp
ip -n h1 neigh show nud all
ip -n h1 -j neigh show nud permanent
ip -n h1 neigh replace 10.0.0.20 lladdr 02:00:00:00:00:2a dev eth0
ip -n h1 neigh change 10.0.0.21 lladdr 02:00:00:00:00:2b dev eth0
ip -n h1 neigh change 10.0.0.99 lladdr 02:00:00:00:00:2b dev eth0
ip -n h1 neigh replace 10.0.0.98 lladdr 02:00:00:00:00:2c dev eth0
ip -n h1 neigh show nud permanent
ip -n h1 neigh get 10.0.0.20 dev eth0
ip -n h1 neigh get 10.0.0.97 dev eth0
ip -n h1 neigh del 10.0.0.20 dev eth0
ip -n h1 neigh del 10.0.0.20 dev eth0
ip -n h1 neigh del 10.0.0.96 dev eth0
ip -n h1 neigh show nud all
ip -n h1 neigh add proxy 10.0.0.50 dev eth0
ip -n h1 neigh show proxy
ip -n h1 -j neigh show proxy
ip -n h1 neigh
ip netns exec h2 ping -c1 -W1 10.0.0.50
ip -n h1 neigh del proxy 10.0.0.50 dev eth0
ip -n h1 neigh show proxy
ip -n h1 neigh flush dev eth0
ip -n h1 neigh
ip -n h1 -s neigh flush all
ip -n h1 neigh flush nud permanent
ip -n h1 neigh
ip -n h1 neigh show nud all
ip -n h1 neigh flush
ip -n h1 neigh add 10.0.0.5 dev eth0
ip -n h1 neigh add 10.0.0.5 lladdr 02:00:00:00:00:05
ip -n h1 neigh add 10.0.0.5 lladdr zz dev eth0
ip -n h1 neigh add 10.0.0.5 lladdr 02:00:00:00:00 dev eth0
ip -n h1 neigh add foo lladdr 02:00:00:00:00:05 dev eth0
ip -n h1 neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev nosuch
ip -n h1 neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev eth0 nud foo
ip -n h1 neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev eth0 foo
ip -n h1 neigh add 224.0.0.1 lladdr 02:00:00:00:00:05 dev eth0
ip -n h1 neigh add
ip -n h1 neigh del 10.0.0.5
ip -n h1 neigh show dev nosuch
ip -n h1 neigh show nud foo
ip -n h1 neigh show foo
