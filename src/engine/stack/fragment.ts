import type { Ipv4 } from '../frame.ts';
import { cloneSkb } from '../skb.ts';
import type { NetDev, Netns, Skb, World } from '../world.ts';

const HEADER = 20;

/** Splits a packet for a link that is too small for it (net/ipv4/ip_output.c:ip_do_fragment). The first piece is the frame itself. */
export const fragment = (world: World, dev: NetDev, mtu: number, skb: Skb, packet: Ipv4): readonly Skb[] => {
  const room = Math.floor((mtu - HEADER) / 8) * 8;
  const total = packet.length - HEADER;
  const base = packet.fragment?.offset ?? 0;
  const key = packet.fragment?.key ?? skb.copy;
  const pieces: Skb[] = [];
  const count = Math.ceil(total / room);
  for (let at = count - 1; at >= 0; at--) {
    const offset = at * room;
    const bytes = Math.min(room, total - offset);
    const more = at < count - 1 || (packet.fragment?.more ?? false);
    const piece = at === 0 ? skb : cloneSkb(world, skb, dev);
    const payload = {
      ...packet,
      length: HEADER + bytes,
      dontFragment: false,
      fragment: { key, offset: base + offset, more },
    };
    piece.frame = { ...piece.frame, payload };
    pieces.unshift(piece);
  }
  return pieces;
};

/** Collects pieces; the whole packet once the last one is there (net/ipv4/ip_fragment.c:ip_defrag). */
export const reassemble = (ns: Netns, packet: Ipv4): Ipv4 | undefined => {
  const piece = packet.fragment;
  if (!piece) return packet;
  const bytes = packet.length - HEADER;
  const assembly = ns.assemblies.get(piece.key) ?? { bytes: 0, end: -1 };
  assembly.bytes += bytes;
  if (!piece.more) assembly.end = piece.offset + bytes;
  if (assembly.bytes !== assembly.end) {
    ns.assemblies.set(piece.key, assembly);
    return undefined;
  }
  ns.assemblies.delete(piece.key);
  const { fragment: _piece, ...whole } = packet;
  return { ...whole, length: HEADER + assembly.end };
};
