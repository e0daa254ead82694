# lab sysfs: what /sys/class/net says about devices, bridges and ports
ip netns add h1
ip link add br0 address 02:00:00:00:00:10 type bridge
ip link add eth0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:02
ip link add d0 address 02:00:00:00:00:03 type dummy
ip link add link eth0 mv0 address 02:00:00:00:00:04 type macvlan mode bridge
ip link add link d0 iv0 type ipvlan mode l2
ls /sys/class/net
cat /sys/class/net/lo/address /sys/class/net/lo/operstate /sys/class/net/lo/mtu /sys/class/net/lo/ifindex /sys/class/net/lo/flags
cat /sys/class/net/lo/carrier
cat /sys/class/net/eth0/carrier
cat /sys/class/net/eth0/operstate
ip link set p0 master br0
ip link set eth0 up
sleep 2
cat /sys/class/net/eth0/carrier /sys/class/net/eth0/operstate
ip link set p0 up
ip link set br0 up
ip link set mv0 up
sleep 2
cat /sys/class/net/eth0/carrier /sys/class/net/eth0/operstate /sys/class/net/eth0/flags
cat /sys/class/net/mv0/address /sys/class/net/mv0/operstate /sys/class/net/mv0/iflink /sys/class/net/mv0/ifindex /sys/class/net/mv0/flags
cat /sys/class/net/eth0/mtu /sys/class/net/eth0/tx_queue_len /sys/class/net/eth0/type /sys/class/net/eth0/addr_len /sys/class/net/eth0/broadcast /sys/class/net/eth0/addr_assign_type /sys/class/net/eth0/link_mode /sys/class/net/eth0/carrier_changes /sys/class/net/eth0/dormant
cat /sys/class/net/eth0/ifalias
cat /sys/class/net/eth0/speed /sys/class/net/eth0/duplex
cat /sys/class/net/d0/speed
ls /sys/class/net/eth0
ls /sys/class/net/mv0
ls /sys/class/net/br0
ls /sys/class/net/br0/bridge
ls /sys/class/net/br0/brif
ls /sys/class/net/p0/brport
readlink /sys/class/net/p0/brport/bridge
readlink /sys/class/net/p0/master
readlink /sys/class/net/mv0/lower_eth0
ls -d /sys/class/net/eth0/upper_*
for f in ageing_time forward_delay hello_time max_age stp_state vlan_filtering multicast_snooping priority bridge_id root_id root_port root_path_cost default_pvid group_fwd_mask; do echo $f $(cat /sys/class/net/br0/bridge/$f); done
for f in hairpin_mode isolated learning unicast_flood multicast_flood broadcast_flood neigh_suppress proxyarp proxyarp_wifi state priority path_cost port_id port_no bpdu_guard root_block group_fwd_mask multicast_fast_leave multicast_router; do echo $f $(cat /sys/class/net/p0/brport/$f); done
echo 1 > /sys/class/net/p0/brport/hairpin_mode
cat /sys/class/net/p0/brport/hairpin_mode
bridge -d link show dev p0
echo 0 > /sys/class/net/p0/brport/hairpin_mode
echo 2 > /sys/class/net/p0/brport/hairpin_mode
cat /sys/class/net/p0/brport/hairpin_mode
echo abc > /sys/class/net/p0/brport/hairpin_mode
echo 1 > /sys/class/net/eth0/brport/hairpin_mode
echo 1 > /sys/class/net/br0/bridge/vlan_filtering
bridge vlan show
echo 0 > /sys/class/net/br0/bridge/vlan_filtering
echo 1 > /sys/class/net/br0/bridge/stp_state
cat /sys/class/net/br0/bridge/stp_state
echo 0 > /sys/class/net/br0/bridge/stp_state
echo 100 > /sys/class/net/br0/bridge/ageing_time
cat /sys/class/net/br0/bridge/ageing_time
echo 1400 > /sys/class/net/eth0/mtu
ip link show eth0
echo 9999999 > /sys/class/net/eth0/mtu
echo 0 > /sys/class/net/eth0/carrier
echo hello > /sys/class/net/eth0/ifalias
ip link show eth0
cat /sys/class/net/nosuch/address
cat /sys/class/net/eth0/statistics/rx_packets /sys/class/net/eth0/statistics/tx_packets
ls /sys/class/net/eth0/statistics
ip netns exec h1 ls /sys/class/net
ip netns exec h1 cat /sys/class/net/lo/operstate
ls /dev/tap*
ls /proc/net/dev /proc/net/arp /proc/net/route
cat /proc/net/arp
cat /proc/net/dev
