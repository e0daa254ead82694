import { REASONS6 } from './reason6.ts';

/** Why a frame went no further: what a person is told, what decides it, and what would change it. */
export type Reason = {
  readonly sentence: string;
  /** Kernel file and function, or the RFC. */
  readonly source: string;
  readonly remedy: string;
};

/** The closed catalogue. Codes are a contract: tools and tests name them. */
export const REASONS = {
  'device.down': {
    sentence: 'the device is down',
    source: 'net/core/dev.c:__dev_queue_xmit',
    remedy: 'bring it up: ip link set DEV up',
  },
  'device.no-carrier': {
    sentence: 'the device has no carrier, so its transmit queue is switched off',
    source: 'net/core/link_watch.c:linkwatch_do_dev',
    remedy: 'bring up the parent or the other end of the cable',
  },
  'device.gone': {
    sentence: 'the device was deleted while the frame was on its way',
    source: 'net/core/dev.c:flush_backlog',
    remedy: 'keep the device until the traffic has ended',
  },
  'device.too-long': {
    sentence: 'the frame is longer than the receiving device takes',
    source: 'include/linux/netdevice.h:__is_skb_forwardable',
    remedy: 'give both ends the same MTU',
  },
  'nic.unplugged': {
    sentence: 'nothing is plugged into this network card',
    source: 'the cable',
    remedy: 'connect a cable',
  },
  'dummy.swallowed': {
    sentence: 'a dummy device swallows all that is sent through it',
    source: 'drivers/net/dummy.c:dummy_xmit',
    remedy: 'use a device that leads somewhere: a veth pair or a network card',
  },
  'vlan.down': {
    sentence: 'the VLAN device for this tag is down',
    source: 'net/8021q/vlan_core.c:vlan_do_receive',
    remedy: 'bring the VLAN device up',
  },
  'vlan.unknown': {
    sentence: 'nothing here takes frames with this VLAN tag',
    source: 'net/core/dev.c:__netif_receive_skb_core',
    remedy: 'add a VLAN device with that id, or send without the tag',
  },
  'protocol.unknown': {
    sentence: 'nobody here understands this kind of frame',
    source: 'net/core/dev.c:__netif_receive_skb_core',
    remedy: 'send ARP or IP',
  },
  'frame.otherhost': {
    sentence: 'the frame is addressed to another MAC',
    source: 'net/ipv4/ip_input.c:ip_rcv_core',
    remedy: 'none is needed: this is a copy that went to everybody; otherwise mend the neighbour entry of the sender',
  },
  'bridge.no-hairpin': {
    sentence: 'the switch does not send a frame back out of the port it came in by',
    source: 'net/bridge/br_forward.c:should_deliver',
    remedy: 'turn on hairpin at that port: bridge link set dev PORT hairpin on',
  },
  'bridge.isolated': {
    sentence: 'an isolated port sends nothing to another isolated port, nor to itself',
    source: 'net/bridge/br_forward.c:should_deliver, br_private.h:br_skb_isolated',
    remedy: 'turn off isolation at one of the two ports',
  },
  'bridge.port-not-forwarding': {
    sentence: 'the bridge port is not in the forwarding state',
    source: 'net/bridge/br_input.c:br_handle_frame, br_forward.c:should_deliver',
    remedy: 'bring up the port and its bridge, or set the port state to forwarding',
  },
  'bridge.no-port': {
    sentence: 'the bridge has no port to send the frame out of',
    source: 'net/bridge/br_forward.c:br_flood',
    remedy: 'add a port, or allow flooding there (flood, mcast_flood, bcast_flood on; proxy_arp off)',
  },
  'bridge.flood-off': {
    sentence: 'this port takes no flooded frames of this kind',
    source: 'net/bridge/br_forward.c:br_flood',
    remedy: 'turn on flood, mcast_flood or bcast_flood there, and proxy_arp off',
  },
  'bridge.bad-source': {
    sentence: 'the source MAC is a group address or zero',
    source: 'net/bridge/br_input.c:br_handle_frame',
    remedy: 'give the sender a proper address',
  },
  'bridge.reserved': {
    sentence: 'bridges do not forward frames to this reserved link-local address',
    source: 'net/bridge/br_input.c:br_handle_frame',
    remedy: 'set the bit of that address in group_fwd_mask',
  },
  'bridge.locked': {
    sentence: 'the port is locked, and the bridge does not know this source MAC there',
    source: 'net/bridge/br_input.c:br_handle_frame_finish',
    remedy: 'add a static entry for the MAC at this port, or unlock it',
  },
  'bridge.vlan-ingress': {
    sentence: 'the port does not let this VLAN in',
    source: 'net/bridge/br_vlan.c:__allowed_ingress',
    remedy: 'add the VLAN to the port: bridge vlan add dev PORT vid N',
  },
  'bridge.vlan-egress': {
    sentence: 'the port does not let this VLAN out',
    source: 'net/bridge/br_vlan.c:br_allowed_egress',
    remedy: 'add the VLAN to the port: bridge vlan add dev PORT vid N',
  },
  'bridge.own-address': {
    sentence: 'the switch knows this address as its own and keeps the frame',
    source: 'net/bridge/br_input.c:br_handle_frame_finish',
    remedy: 'make the entry static instead of permanent: bridge fdb replace MAC dev PORT master static',
  },
  'macvlan.child-down': {
    sentence: 'a passthru child owns all unicast of this card, and the child is down',
    source: 'drivers/net/macvlan.c:macvlan_handle_frame',
    remedy: 'bring the child up, or delete it',
  },
  'macvlan.taken': {
    sentence: 'the frame went to a macvlan child, and the parent does not see it',
    source: 'drivers/net/macvlan.c:macvlan_handle_frame',
    remedy: 'none is needed unless the parent should see it: then let it come from another MAC',
  },
  'macvlan.no-queue': {
    sentence: 'the broadcast queue of this macvlan parent has length 0, so no child gets broadcasts',
    source: 'drivers/net/macvlan.c:macvlan_broadcast_enqueue',
    remedy: 'set bcqueuelen on a child: ip link set CHILD type macvlan bcqueuelen 1000',
  },
  'macvlan.nobody': {
    sentence: 'no macvlan child listens to this broadcast or multicast',
    source: 'drivers/net/macvlan.c:macvlan_multicast_rx',
    remedy: 'none is needed',
  },
  'ipvlan.nobody': {
    sentence: 'no ipvlan child listens to this broadcast or multicast',
    source: 'drivers/net/ipvlan/ipvlan_core.c:ipvlan_process_multicast',
    remedy: 'none is needed',
  },
  'macvlan.host-apart': {
    sentence: 'what a macvlan child sends goes to the wire, never to the stack of its parent',
    source: 'drivers/net/macvlan.c:macvlan_queue_xmit',
    remedy: 'let the switch send it back (hairpin), or give the host a macvlan child of its own',
  },
  'macvlan.private-child': {
    sentence: 'a private child hears no broadcast that a sibling sent',
    source: 'drivers/net/macvlan.c:macvlan_multicast_rx',
    remedy: 'use mode bridge, or vepa with a switch that reflects',
  },
  'macvlan.reflected': {
    sentence: 'a reflected broadcast goes only to the siblings that the mode of its sender allows',
    source: 'drivers/net/macvlan.c:macvlan_handle_frame, macvlan_multicast_rx',
    remedy: 'use the same mode for both children: bridge, or vepa with a switch that reflects',
  },
  'macvlan.not-bridge-mode': {
    sentence: 'only two children in bridge mode hand frames to each other directly; this one goes to the wire',
    source: 'drivers/net/macvlan.c:macvlan_queue_xmit',
    remedy: 'put both children into mode bridge (ip link set NAME type macvlan mode bridge)',
  },
  'macvlan.source-unlisted': {
    sentence: 'a child in source mode hears only the MACs on its list',
    source: 'drivers/net/macvlan.c:macvlan_forward_source',
    remedy: 'add the sender: ip link set CHILD type macvlan macaddr add MAC',
  },
  'ipvlan.host-apart': {
    sentence: 'what an ipvlan child broadcasts goes to its siblings and the wire, never to the stack of its parent',
    source: 'drivers/net/ipvlan/ipvlan_core.c:ipvlan_process_multicast',
    remedy: 'let the switch send it back (hairpin), or give the host an ipvlan child of its own',
  },
  'ipvlan.private': {
    sentence: 'ipvlan in private mode drops traffic between the children of one parent',
    source: 'drivers/net/ipvlan/ipvlan_core.c:ipvlan_xmit_mode_l2, ipvlan_xmit_mode_l3',
    remedy: 'use bridge instead of private: ip link set CHILD type ipvlan bridge',
  },
  'ipvlan.l3-not-ip': {
    sentence: 'ipvlan in l3 mode carries IP only, and no broadcasts or multicasts',
    source: 'drivers/net/ipvlan/ipvlan_core.c:ipvlan_process_outbound',
    remedy: 'use ipvlan mode l2 or macvlan',
  },
  'ipvlan.no-route': {
    sentence: 'the route that the parent has for this address leads nowhere',
    source: 'drivers/net/ipvlan/ipvlan_core.c:ipvlan_process_v4_outbound',
    remedy: 'change the route in the namespace of the parent',
  },
  'arp.noarp': {
    sentence: 'the device takes no part in ARP',
    source: 'net/ipv4/arp.c:arp_rcv',
    remedy:
      'let routes lead to its address (ipvlan in l3 modes never takes part in ARP), or turn it on: ip link set DEV arp on',
  },
  'arp.not-ours': {
    sentence: 'the ARP request asks for an address that this machine does not have',
    source: 'net/ipv4/arp.c:arp_process',
    remedy: 'none is needed: a broadcast reaches everybody, and only the owner answers',
  },
  'arp.own-sender': {
    sentence: 'the ARP packet claims to come from an address of this very machine',
    source: 'net/ipv4/fib_frontend.c:fib_validate_source',
    remedy: 'none is needed for a reflected frame; otherwise one address is in use twice',
  },
  'arp.unsolicited': {
    sentence: 'nobody here asked for this ARP reply',
    source: 'net/ipv4/arp.c:arp_process',
    remedy: 'set arp_accept to learn from unasked replies',
  },
  'arp.ignored': {
    sentence: 'settings forbid an answer on this device (arp_ignore, arp_filter)',
    source: 'net/ipv4/arp.c:arp_ignore, arp_filter',
    remedy: 'set arp_ignore and arp_filter to 0',
  },
  'arp.source-refused': {
    sentence: 'the way back to the asking address does not lead through this device, so ARP is not answered',
    source: 'net/ipv4/arp.c:arp_process, fib_frontend.c:fib_validate_source',
    remedy: 'add a route to the asking address over this device, or set rp_filter to 0',
  },
  'neighbour.failed': {
    sentence: 'nobody answered the ARP requests for the next hop',
    source: 'net/core/neighbour.c:neigh_invalidate',
    remedy: 'find out where the request or its answer is lost',
  },
  'neighbour.nobody': {
    sentence: 'nobody in this network has the address that was asked for',
    source: 'net/core/neighbour.c:neigh_invalidate',
    remedy: 'give the address to a machine, or ask for one that exists',
  },
  'neighbour.queue-full': {
    sentence: 'too many packets already wait for this neighbour',
    source: 'net/core/neighbour.c:__neigh_event_send',
    remedy: 'wait until the neighbour answers',
  },
  'neighbour.flushed': {
    sentence: 'the neighbour entry that it waited for was removed',
    source: 'net/core/neighbour.c:neigh_flush_dev',
    remedy: 'send again',
  },
  'ip.martian-source': {
    sentence: 'the source address cannot be right: it is one of our own, or no unicast address',
    source: 'net/ipv4/route.c:ip_route_input_slow, fib_frontend.c:fib_validate_source',
    remedy: 'give each machine an address of its own (or set accept_local)',
  },
  'ip.rp-filter': {
    sentence: 'the reverse-path filter: the way back to the source does not lead through this device',
    source: 'net/ipv4/fib_frontend.c:__fib_validate_source',
    remedy: 'set rp_filter to 0 or 2 on this device and on all, or add the route',
  },
  'ip.martian-destination': {
    sentence: 'the destination address may not come from outside',
    source: 'net/ipv4/route.c:ip_route_input_slow',
    remedy: 'send to a unicast address',
  },
  'ip.forwarding-off': {
    sentence: 'the packet is not for this machine, and this machine does not forward',
    source: 'net/ipv4/route.c:ip_route_input_slow',
    remedy: 'sysctl -w net.ipv4.ip_forward=1 if it should be a router',
  },
  'ip.no-route': {
    sentence: 'this machine has no route to the destination',
    source: 'net/ipv4/route.c:ip_route_input_slow, ip_error',
    remedy: 'add a route: ip route add DEST via GATEWAY',
  },
  'ip.unreachable': {
    sentence: 'a route says that the destination is unreachable',
    source: 'net/ipv4/fib_semantics.c:fib_props',
    remedy: 'delete the unreachable route',
  },
  'ip.blackhole': {
    sentence: 'a blackhole route swallows the packet',
    source: 'net/ipv4/fib_semantics.c:fib_props',
    remedy: 'delete the blackhole route',
  },
  'ip.prohibited': {
    sentence: 'a route prohibits the destination',
    source: 'net/ipv4/fib_semantics.c:fib_props',
    remedy: 'delete the prohibit route',
  },
  'ip.ttl': {
    sentence: 'the time to live has run out',
    source: 'net/ipv4/ip_forward.c:ip_forward',
    remedy: 'look for a routing loop, or send with a larger TTL',
  },
  'ip.too-big': {
    sentence: 'the packet is larger than the next link takes, and may not be split',
    source: 'net/ipv4/ip_forward.c:ip_forward',
    remedy: 'send smaller packets, or raise the MTU of the link',
  },
  'ip.fragment-kept': {
    sentence: 'a piece of a packet, kept until the other pieces are there',
    source: 'net/ipv4/ip_fragment.c:ip_defrag',
    remedy: 'none is needed',
  },
  'ip.not-unicast': {
    sentence: 'only frames for this very machine are forwarded, and this one came as a broadcast or multicast',
    source: 'net/ipv4/ip_forward.c:ip_forward',
    remedy: 'send to the MAC of the router',
  },
  'ip.multicast': {
    sentence: 'nobody here listens to this multicast group',
    source: 'net/ipv4/route.c:ip_route_input_rcu',
    remedy: 'join the group',
  },
  'icmp.broadcast-echo': {
    sentence: 'echo requests to a broadcast or multicast address are ignored',
    source: 'net/ipv4/icmp.c:icmp_rcv',
    remedy: 'sysctl -w net.ipv4.icmp_echo_ignore_broadcasts=0',
  },
  'icmp.ignored': {
    sentence: 'this machine is set to answer no echo requests',
    source: 'net/ipv4/icmp.c:icmp_echo',
    remedy: 'sysctl -w net.ipv4.icmp_echo_ignore_all=0',
  },
  ...REASONS6,
  storm: {
    sentence: 'the frame goes round in circles and multiplies: a broadcast storm',
    source: 'the simulation stops what no kernel would stop',
    remedy: 'remove the loop between the switches, or turn on STP',
  },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;
