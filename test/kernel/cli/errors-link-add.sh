# lab errors-link-add: what refuses veth, dummy, vlan and other links
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link add d0 type dummy
ip link add lo type dummy
ip link add averyveryverylongname type dummy
ip link add fifteencharsxyz type dummy
ip link add sixteencharsxyzz type dummy
ip link add a/b type dummy
ip link add . type dummy
ip link add "a b" type dummy
ip link add a:b type dummy
ip link add "" type dummy
ip link add d1 address zz type dummy
ip link add d1 address 01:00:00:00:00:01 type dummy
ip link add d1 mtu 70000 type dummy
ip link del d1
ip link add d1 mtu -1 type dummy
ip link add d2 type dummy foo
ip link add d1
ip link add
ip link add type
ip link add d1 type
ip link add d3 type nosuchkind
ip link add d1 netns nosuch type dummy
ip link add d1 foo type dummy
ip link add d4 up type dummy
ip link show d4 | head -1
ip link add v0 type veth peer name d0
ip link add d0 type veth peer name v0
ip link add v0 type veth peer name v0
ip link add v0 address 02:00:00:00:00:41 type veth peer
ip link show type veth | grep -c veth0
ip link del v0
ip link add v0 type veth peer name
ip link add v0 type veth foo
ip link add v0 type veth peer name averyveryverylongname
ip link add v0 type veth peer name a/b
ip link add v0 type veth peer name v1 netns nosuch
ip link add v0 type veth peer name v1 address zz
ip link add v0 address 02:00:00:00:00:02 type veth peer name v1 address 02:00:00:00:00:02
ip link show type veth
ip link add v0 type veth peer name v2
ip link add v2 type veth peer name v1
ip link show v0 | head -1
ip link add v7 address 02:00:00:00:00:71 type veth peer name v8 address 02:00:00:00:00:72
ip link show v8
ip link del v8
ip link show v7
ip link del v0
ip link add type veth
ip -br link | sed 's/  *[0-9a-f][0-9a-f]:.*//'
ip link add v5 type veth
ip -br link | sed 's/  *[0-9a-f][0-9a-f]:.*//'
ip link add link d0 name d0.5 type vlan id 5
ip link add link d0 name d0.5 type vlan id 6
ip link add link d0 name d0.6 type vlan id 5
ip link add link d0 name d0.7 type vlan id 4095
ip link add link d0 name d0.7 type vlan id 4096
ip link add link d0 name d0.7 type vlan id 5000
ip link add link d0 name d0.7 type vlan id -1
ip link add link d0 name d0.7 type vlan id foo
ip link add link d0 name d0.7 type vlan id
ip link add link d0 name d0.7 type vlan id 0
ip link add link d0 name d0.8 type vlan
ip link add link d0 name d0.8 type vlan foo
ip link add link lo name lo.5 type vlan id 5
ip link add name x.5 type vlan id 5
ip link add link nope name x.5 type vlan id 5
ip link add link d0 name d0.9 type vlan id 9 protocol 802.1ad
ip link add link d0.5 name d0.5.6 type vlan id 6
ip -d link show d0.5
ip -d link show d0.7
ip -d link show d0.9
ip -j -d link show d0.5
ip link set d0.5 type vlan id 7
ip link add link d0 type vlan id 44
ip link show type vlan
ip -d link show d0
ip -d link show lo
ip link add vrf0 address 02:00:00:00:00:77 type vrf table 10
ip -d link show vrf0
ip link add vrf1 type vrf
ip link add bond0 address 02:00:00:00:00:78 type bond mode active-backup
ip link show bond0
ip link add br0 type bridge foo
ip link add br0 type bridge ageing_time
ip link add br0 type bridge stp_state 5
ip link del br0
ip link add br0 type bridge vlan_filtering 5
ip link del br0
ip link add br0 address 02:00:00:00:00:79 type bridge priority 70000
ip link add br0 address 02:00:00:00:00:79 type bridge forward_delay 1
ip link del br0
ip link add br0 address 02:00:00:00:00:79 index 77 type bridge
ip link show br0
ip link add d9 address 02:00:00:00:00:7a type dummy
ip link show d9
ip link replace d9 type dummy
ip link change d9 mtu 1000
ip link show d9
