# lab bridge-vlan: vlan tables of ports and bridge, and what refuses them
ip link add br0 address 02:00:00:00:00:10 type bridge vlan_filtering 1
ip link add a0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:02
ip link add a1 address 02:00:00:00:00:03 type veth peer name p1 address 02:00:00:00:00:04
bridge vlan
ip link set p0 master br0
ip link set p1 master br0
bridge vlan
bridge vlan show
bridge vlan add vid 10 dev p0
bridge vlan add vid 20 dev p0 pvid untagged
bridge vlan add vid 30 dev p1 untagged
bridge vlan add vid 100-103 dev p1
bridge vlan add vid 10 dev br0 self
bridge vlan add vid 11 dev br0
bridge vlan show
bridge vlan show dev p0
bridge vlan show dev br0
bridge vlan show vid 10
bridge vlan show dev p1 vid 101
bridge -c vlan show
bridge -j vlan show
bridge -j -p vlan show dev p0
bridge -j -c vlan show dev p1
bridge -d vlan show dev p0
bridge vlan del vid 1 dev p0
bridge vlan del vid 100-101 dev p1
bridge vlan del vid 77 dev p0
bridge vlan add vid 10 dev p0
bridge vlan add vid 10 dev p0 untagged
bridge vlan show
bridge vlan add vid 0 dev p0
bridge vlan add vid 4095 dev p0
bridge vlan add vid 4096 dev p0
bridge vlan add vid foo dev p0
bridge vlan add vid 20-10 dev p0
bridge vlan add vid 10-12 dev p0 pvid
bridge vlan add dev p0
bridge vlan add vid 10
bridge vlan add
bridge vlan add vid 10 dev nosuch
bridge vlan add vid 10 dev a0
bridge vlan add vid 10 dev lo
bridge vlan add vid 10 dev p0 foo
bridge vlan del vid 10 dev br0
bridge vlan del vid 10 dev br0 self
bridge vlan show dev nosuch
bridge vlan show dev a0
bridge vlan show
ip link set br0 type bridge vlan_default_pvid 5
bridge vlan show
ip link set br0 up
ip link set p0 up
ip link set a0 up
bridge fdb show br br0
bridge fdb add 02:00:00:00:01:01 dev p0 master static vlan 10
bridge fdb add 02:00:00:00:01:02 dev p0 master static
bridge fdb add 02:00:00:00:01:03 dev p0 master static vlan 999
bridge fdb show br br0 vlan 10
bridge fdb show dev p0
bridge -j fdb show dev p0
ip -d link show br0
ip link set br0 type bridge vlan_filtering 0
bridge vlan show
ip link add br1 address 02:00:00:00:00:11 type bridge
ip link set p1 master br1
ip link set p1 nomaster
ip link set p1 master br1
bridge vlan show
