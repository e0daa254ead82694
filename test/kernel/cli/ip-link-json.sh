# lab ip-link-json: the JSON forms of ip link and ip addr, and the statistics of links that carried nothing
ip netns add h1
ip netns add sw
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name p1 address 02:00:00:00:00:02 netns sw
ip link add eth9 address 02:00:00:00:00:09 type veth peer name eth8 address 02:00:00:00:00:08
ip link add br0 address 02:00:00:00:00:10 type bridge
ip link add d0 address 02:00:00:00:00:20 type dummy
ip link add link d0 mv0 address 02:00:00:00:00:21 type macvlan mode bridge
ip link add link eth9 name eth9.5 type vlan id 5
ip link set eth9 up
ip link set d0 up
ip link set eth8 master br0
ip addr add 10.1.0.1/24 brd + dev d0
ip addr add 10.1.0.2/24 dev d0
ip addr add 10.2.0.1 peer 10.2.0.2/32 dev d0
ip -j a
ip -j link
ip -j -p link
ip -j -p a
ip -j addr show dev d0
ip -j link show d0
ip -j -d link
ip -j -p -d link show eth8
ip -j -p -d link show br0
ip -j -br a
ip -j -br link
ip -j -4 a
ip -j link show nosuch
ip -j link show type macvlan
ip -s link
ip -s -s link
ip -s link show d0
ip -s -s link show d0
ip -s -j link show d0
ip -s -s -j link show d0
ip -j -p -s link show d0
ip -n h1 -j a
ip -n h1 -j link
ip -n sw -j -d link show p1
ip -j netns
ip -j netns list
ip -j netns list-id
ip -j link | jq -r .[].ifname
ip -j addr | jq -r '.[] | "\(.ifname) \(.addr_info[]?.local)"'
ip -h -s link show d0
ip -s -o link show d0
ip -d -o link show eth8
ip -iec -s link show lo
ip -N a show d0
