/** Why an IPv6 packet went no further, where the sentence differs from IPv4's. */
export const REASONS6 = {
  'nd.not-ours': {
    sentence: 'the neighbour solicitation asks for an address that this device does not have',
    source: 'net/ipv6/ndisc.c:ndisc_recv_ns',
    remedy: 'none is needed: a group reaches several, and only the owner answers',
  },
  'nd.tentative': {
    sentence:
      'the address asked for is not in use yet: duplicate address detection has not ended, or has found another',
    source: 'net/ipv6/ndisc.c:ndisc_recv_ns',
    remedy:
      'wait two seconds after bringing the device up, or add the address with nodad; after dadfailed, use another',
  },
  'nd.reflected': {
    sentence: 'the question whether an address is free came back to the device that asked, as its nonce says',
    source: 'net/ipv6/ndisc.c:ndisc_recv_ns (RFC 7527)',
    remedy: 'none is needed',
  },
  'nd.unsolicited': {
    sentence: 'nobody here asked for this neighbour advertisement',
    source: 'net/ipv6/ndisc.c:ndisc_recv_na',
    remedy: 'none is needed',
  },
  'nd.own-address': {
    sentence: 'the neighbour advertisement speaks of an address of this very device',
    source: 'net/ipv6/ndisc.c:ndisc_recv_na',
    remedy: 'none is needed for a reflected frame; otherwise one address is in use twice',
  },
  'nd.not-router': {
    sentence: 'a router is asked for, and this machine is none',
    source: 'net/ipv6/ndisc.c:ndisc_recv_rs',
    remedy: 'sysctl -w net.ipv6.conf.all.forwarding=1 if it should be a router',
  },
  'nd.ra-refused': {
    sentence: 'this device takes no advice from routers',
    source: 'net/ipv6/ndisc.c:ndisc_router_discovery',
    remedy: 'sysctl -w net.ipv6.conf.DEV.accept_ra=2 on a router, 1 on a host',
  },
  'nd.malformed': {
    sentence: 'the message is not as neighbour discovery must be: from this link, about one address',
    source: 'net/ipv6/ndisc.c:ndisc_rcv (RFC 4861, 6.1 and 7.1)',
    remedy: 'send it with hop limit 255 and a unicast target; routers with a link-local source',
  },
  'ip6.disabled': {
    sentence: 'IPv6 is switched off on this device',
    source: 'net/ipv6/ip6_input.c:ip6_rcv_core',
    remedy: 'sysctl -w net.ipv6.conf.DEV.disable_ipv6=0',
  },
  'ip6.loopback': {
    sentence: 'the address ::1 may not come from outside',
    source: 'net/ipv6/ip6_input.c:ip6_rcv_core',
    remedy: 'give the sender an address on the device that it sends by',
  },
  'ip6.multicast': {
    sentence: 'this device has not joined the multicast group',
    source: 'net/ipv6/ip6_input.c:ip6_mc_input',
    remedy: 'none is needed for neighbour discovery: the group reaches all whose address may be meant',
  },
  'ip6.forwarding-off': {
    sentence: 'the packet is not for this machine, and this machine does not forward IPv6',
    source: 'net/ipv6/ip6_output.c:ip6_forward',
    remedy: 'sysctl -w net.ipv6.conf.all.forwarding=1 if it should be a router',
  },
  'ip6.no-route': {
    sentence: 'this machine has no route to the destination',
    source: 'net/ipv6/route.c:ip6_pkt_discard',
    remedy: 'add a route: ip -6 route add DEST via GATEWAY',
  },
  'ip6.hop-limit': {
    sentence: 'the hop limit has run out',
    source: 'net/ipv6/ip6_output.c:ip6_forward',
    remedy: 'look for a routing loop, or send with a larger hop limit',
  },
  'ip6.link-local': {
    sentence: 'a link-local source address means nothing on another link, so the packet is not forwarded',
    source: 'net/ipv6/ip6_output.c:ip6_forward',
    remedy: 'give the sender a global address',
  },
  'icmp6.ignored': {
    sentence: 'this machine is set to answer no such echo requests',
    source: 'net/ipv6/icmp.c:icmpv6_rcv',
    remedy: 'sysctl -w net.ipv6.icmp.echo_ignore_all=0 net.ipv6.icmp.echo_ignore_multicast=0',
  },
} as const;
