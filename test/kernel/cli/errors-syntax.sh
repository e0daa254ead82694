# lab errors-syntax: unknown words, abbreviations, help and versions of ip and bridge
ip
ip -V
bridge -V
ip foo
ip link foo
ip addr foo
ip route foo
ip neigh foo
ip rule foo
ip -foo
ip -foo link
bridge
bridge foo
bridge -foo
bridge link foo
bridge fdb foo
bridge vlan foo
ip help
ip link help
ip addr help
ip route help
ip neigh help
ip netns help
ip rule help
bridge help
bridge link help
bridge fdb help
bridge vlan help
ip link help macvlan
ip link help ipvlan
ip link help bridge
ip link help bridge_slave
ip link help veth
ip link help vlan
ip link help dummy
ip link help foo
ip link add link lo x type macvlan help
ip link add link lo x type ipvlan help
ip link add x type veth help
ip link add x type bridge help
ip link add x type vlan help
ip link set lo help
ip link add help
ip link show help
ip addr add help
ip l
ip li sh
ip lin
ip lo
ip ad
ip a a
ip a l
ip r a
ip r
ip ro
ip n
ip ne
ip nei
ip netn
ip nets
ip ru
ip -det l
ip -stat l
ip -details link show lo
ip -statistics link show lo
ip -s -d l
ip -oneline l
ip -brief l
ip -json l
ip -family inet a
ip -f inet a
ip -f inet6 a
ip -f foo a
ip -4 -6 a
ip -c a
ip -color=always a
ip -c=never a
ip -color=foo a
ip -p a
ip -pretty -json l
ip -r a
ip -l 5 a
ip -t l
ip -n
ip -b
ip link sh lo foo
ip link show lo up
ip link list
ip link lst
ip link ls
ip addr list
ip a ls lo
ip link show lo dev lo
ip link show dev
ip addr show dev
