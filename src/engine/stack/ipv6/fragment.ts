import { IPV6_HEADER, type Ipv6 } from '../../frame6.ts';
import { cloneSkb } from '../../skb.ts';
import type { NetDev, Netns, Skb, World } from '../../world.ts';

/** The header that tells pieces of one packet from those of another (RFC 8200, 4.5). */
const FRAGMENT_HEADER = 8;

/** Splits a packet of our own for a way that is too small for it (net/ipv6/ip6_output.c:ip6_fragment). */
export const fragment6 = (world: World, dev: NetDev, skb: Skb, packet: Ipv6, mtu: number): readonly Skb[] => {
  const room = Math.floor((mtu - IPV6_HEADER - FRAGMENT_HEADER) / 8) * 8;
  const total = packet.length - IPV6_HEADER;
  const count = Math.ceil(total / room);
  return Array.from({ length: count }, (_, at) => {
    const piece = at === 0 ? skb : cloneSkb(world, skb, dev);
    const bytes = Math.min(room, total - at * room);
    const payload: Ipv6 = {
      ...packet,
      length: IPV6_HEADER + FRAGMENT_HEADER + bytes,
      fragment: { key: skb.copy, offset: at * room, more: at < count - 1 },
    };
    piece.frame = { ...piece.frame, payload };
    return piece;
  });
};

/** Collects pieces; the whole packet once all are there (net/ipv6/reassembly.c:ip6_frag_queue). */
export const reassemble6 = (ns: Netns, packet: Ipv6): Ipv6 | undefined => {
  const { fragment: piece, ...whole } = packet;
  if (!piece) return packet;
  const bytes = packet.length - IPV6_HEADER - FRAGMENT_HEADER;
  const assembly = ns.inet6.assemblies.get(piece.key) ?? { bytes: 0, end: -1 };
  assembly.bytes += bytes;
  if (!piece.more) assembly.end = piece.offset + bytes;
  if (assembly.bytes !== assembly.end) {
    ns.inet6.assemblies.set(piece.key, assembly);
    return undefined;
  }
  ns.inet6.assemblies.delete(piece.key);
  return { ...whole, length: IPV6_HEADER + assembly.end };
};
