# lab ip-detail-bridge: ip -d link of a bridge, its ports and vlan devices, and every bridge and port option
ip link add br0 address 02:00:00:00:00:10 type bridge
ip link add a0 address 02:00:00:00:00:01 type veth peer name a1 address 02:00:00:00:00:02
ip link add b0 address 02:00:00:00:00:03 type veth peer name b1 address 02:00:00:00:00:04
ip link add br1 address 02:00:00:00:00:11 type bridge ageing_time 10000 forward_delay 400 stp_state 1 vlan_filtering 1 mcast_snooping 0 priority 4096 hello_time 100 max_age 600
ip -d link show br0
ip -d link show br1
ip link set a1 master br0
ip link set b1 master br0
ip link set a0 up
ip link set a1 up
ip link set b0 up
ip link set b1 up
ip link
ip link set br0 up
ip link
ip -d link show a1
ip link set a1 type bridge_slave hairpin on
ip link set a1 type bridge_slave isolated on learning off flood off mcast_flood off bcast_flood off
ip link set a1 type bridge_slave neigh_suppress on proxy_arp on proxy_arp_wifi on locked on
ip link set a1 type bridge_slave guard on root_block on fastleave on
ip link set a1 type bridge_slave state 0
ip link set a1 type bridge_slave cost 100 priority 5
ip -d link show a1
ip -j -p -d link show a1
ip link set a1 type bridge_slave hairpin off isolated off learning on flood on mcast_flood on bcast_flood on
ip link set a1 type bridge_slave state 3
ip link set a1 type bridge_slave fdb_flush
ip link set a1 type bridge_slave mcast_router 2 mcast_to_unicast on group_fwd_mask 8 vlan_tunnel on
ip -d link show a1
ip link set br0 type bridge ageing_time 5000
ip link set br0 type bridge forward_delay 200
ip link set br0 type bridge vlan_filtering 1
ip link set br0 type bridge mcast_snooping 0
ip link set br0 type bridge stp_state 1
ip link set br0 type bridge group_fwd_mask 8
ip -d link show b1
ip link set br0 type bridge stp_state 0
ip link set br0 type bridge forward_delay 1
ip link set br0 type bridge ageing_time foo
ip link set br0 type bridge foo 1
ip link set a1 type bridge_slave foo 1
ip link set a1 type bridge_slave hairpin maybe
ip link set a1 type bridge_slave state 9
ip link set a1 type bridge_slave cost 0
ip link set a1 type bridge_slave priority 100
ip link set a0 type bridge_slave hairpin on
ip -j -d link show br0
ip link show master br0
ip -br link show master br0
ip link show master nosuch
ip link show type bridge
ip link show type bridge_slave
ip link set b1 nomaster
ip link show b1
ip link set b1 nomaster
ip link set b1 master nosuch
ip link set b1 master a0
ip link set br0 master br1
ip link set lo master br0
ip link set a1 master br1
ip link show a1
ip link set a1 master br0
ip link add c0 address 02:00:00:00:00:20 type dummy
ip link add link c0 mv0 address 02:00:00:00:00:21 type macvlan mode bridge
ip link set c0 master br0
ip link set mv0 master br0
ip link add d0 address 02:00:00:00:00:30 type dummy
ip link add link d0 iv0 type ipvlan mode l2
ip link set d0 master br0
ip link set iv0 master br0
ip link add link a1 mv1 type macvlan mode bridge
ip link add link a1 iv1 type ipvlan mode l2
ip link add link br0 mv2 address 02:00:00:00:00:22 type macvlan mode bridge
ip link set mv2 up
ip -d link show br0
ip link show master br0
ip link del br0
ip link
