import type { Frame, Icmp, Payload } from '../../../engine/frame.ts';

const big = (value: number, size: number): readonly number[] =>
  Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** (size - 1 - at)) % 256);

export const etherType = (payload: Payload): number => {
  switch (payload.proto) {
    case 'arp':
      return 0x0806;
    case 'ipv4':
      return 0x0800;
    case 'ipv6':
      return 0x86dd;
    case 'other':
      return payload.etherType;
  }
};

/** RFC 792 */
const ICMP_TYPE: Readonly<Record<Icmp['icmp'], number>> = {
  'echo-reply': 0,
  unreachable: 3,
  redirect: 5,
  'echo-request': 8,
  'time-exceeded': 11,
};

/** Errors are sent with a precedence of their own (net/ipv4/icmp.c:icmp_send). */
export const typeOfService = (icmp: Icmp): number => ('about' in icmp ? 0xc0 : 0);

const icmpBytes = (icmp: Icmp): readonly number[] => {
  const code = 'code' in icmp ? icmp.code : 0;
  const rest =
    'ident' in icmp ? [...big(icmp.ident, 2), ...big(icmp.seq, 2)] : big('gateway' in icmp ? icmp.gateway : 0, 4);
  return [ICMP_TYPE[icmp.icmp], code, 0, 0, ...rest];
};

/** The bytes of a header, as far as they are modelled; nothing where the frame has no such header. */
export const headerBytes = (frame: Frame, layer: string): readonly number[] | undefined => {
  const { payload } = frame;
  switch (layer) {
    case 'ether':
      return [...big(frame.dst, 6), ...big(frame.src, 6), ...big(etherType(payload), 2)];
    case 'arp':
      if (payload.proto !== 'arp') return undefined;
      return [
        ...[0, 1, 8, 0, 6, 4, 0, payload.op === 'request' ? 1 : 2],
        ...big(payload.senderMac, 6),
        ...big(payload.sender, 4),
        ...big(payload.targetMac, 6),
        ...big(payload.target, 4),
      ];
    case 'ip': {
      if (payload.proto !== 'ipv4') return undefined;
      const { fragment, dontFragment } = payload;
      const pieces = (fragment?.offset ?? 0) / 8 + (fragment?.more ? 0x2000 : 0) + (dontFragment ? 0x4000 : 0);
      const head = [0x45, typeOfService(payload.body), ...big(payload.length, 2), 0, 0, ...big(pieces, 2)];
      return [...head, payload.ttl, 1, 0, 0, ...big(payload.src, 4), ...big(payload.dst, 4)];
    }
    case 'icmp':
      if (payload.proto !== 'ipv4' || (payload.fragment?.offset ?? 0) > 0) return undefined;
      return icmpBytes(payload.body);
    default:
      return undefined;
  }
};
