import type { Protocols, Skb, World } from '../world.ts';
import { receiveArp, solicitArp } from './arp.ts';
import { sendError } from './icmp.ts';
import { receiveIpv4 } from './input.ts';

/** A next hop did not answer: the sender is told, be it this machine or another (net/ipv4/route.c:ipv4_link_failure). */
const linkFailure = (world: World, skb: Skb): void => {
  const { payload } = skb.frame;
  if (payload.proto === 'ipv4') sendError(world, skb.dev, skb, { icmp: 'unreachable', code: 1, about: payload });
};

export const PROTOCOLS: Protocols = { arp: receiveArp, ipv4: receiveIpv4, solicit: solicitArp, linkFailure };
