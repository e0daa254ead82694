import type { IpAddr, MacAddr } from '../frame.ts';
import type { Neighbour, NetDev, Protocols, Skb, World } from '../world.ts';
import { constructArp, receiveArp, solicitArp } from './arp.ts';
import { sendError } from './icmp.ts';
import { receiveIpv4 } from './input.ts';
import { sendError6 } from './ipv6/icmp.ts';
import { receiveIpv6 } from './ipv6/input.ts';
import { constructNd, solicitNd } from './ipv6/nd.ts';

/** The two neighbour tables: ARP's and neighbour discovery's. */
const construct = (dev: NetDev, ip: IpAddr): MacAddr | undefined =>
  typeof ip === 'number' ? constructArp(dev, ip) : constructNd(dev, ip);
const solicit = (world: World, neighbour: Neighbour, to: MacAddr): void =>
  typeof neighbour.ip === 'number' ? solicitArp(world, neighbour, to) : solicitNd(world, neighbour, to);

/**
 * A next hop did not answer: the sender is told, be it this machine or another (net/ipv4/route.c:ipv4_link_failure,
 * net/ipv6/route.c:ip6_link_failure).
 */
const linkFailure = (world: World, skb: Skb): void => {
  const { payload } = skb.frame;
  if (payload.proto === 'ipv4') sendError(world, skb.dev, skb, { icmp: 'unreachable', code: 1, about: payload });
  if (payload.proto === 'ipv6') sendError6(world, skb.dev, skb, { icmp: 'unreachable', code: 3, about: payload });
};

export const PROTOCOLS: Protocols = {
  arp: receiveArp,
  ipv4: receiveIpv4,
  ipv6: receiveIpv6,
  construct,
  solicit,
  linkFailure,
};
