import type { Arp, Frame, Ipv4, Ipv6, MacAddr } from '../../engine/frame.ts';
import { bytesOf, checksum, type Field } from './fields.ts';
import { icmpBytes, icmpv6Bytes } from './icmp-bytes.ts';

const ETHERTYPE = { arp: 0x0806, ipv4: 0x0800, ipv6: 0x86dd } as const;
const TAG = 0x8100;
const ICMP = 1;
const ICMPV6 = 58;
const HEADER4 = 20;

const mac = (value: MacAddr): Field => [6, value];

/** The frame as it would be on a wire, without the check sequence. */
export const frameBytes = ({ src, dst, vlan, payload }: Frame): Uint8Array => {
  const header: Field[] = [mac(dst), mac(src)];
  // Tags stack, the outer one last in the number.
  for (const tag of tagsIn(vlan)) header.push([2, TAG], [2, tag]);
  switch (payload.proto) {
    case 'arp':
      return bytesOf([...header, [2, ETHERTYPE.arp], ...arpFields(payload)]);
    case 'ipv4':
      return bytesOf([...header, [2, ETHERTYPE.ipv4], ...ipv4Bytes(payload)]);
    case 'ipv6':
      return bytesOf([...header, [2, ETHERTYPE.ipv6], ...ipv6Bytes(payload)]);
    case 'other':
      return bytesOf([...header, [2, payload.etherType], new Uint8Array(payload.length)]);
  }
};

const tagsIn = (vlan: number): readonly number[] =>
  vlan === 0 ? [] : [vlan % 4096, ...tagsIn(Math.floor(vlan / 4096))];

const arpFields = ({ op, senderMac, sender, targetMac, target }: Arp): readonly Field[] => [
  [2, 1],
  [2, ETHERTYPE.ipv4],
  [1, 6],
  [1, 4],
  [2, op === 'request' ? 1 : 2],
  mac(senderMac),
  [4, sender],
  mac(targetMac),
  [4, target],
];

/** A piece of a longer body, where the packet is one. */
const piece = (body: Uint8Array, offset: number, length: number): Uint8Array => {
  const cut = new Uint8Array(length);
  cut.set(body.subarray(offset, offset + length));
  return cut;
};

const ipv4Bytes = (packet: Ipv4): readonly Uint8Array[] => {
  const { src, dst, ttl, dontFragment, length, fragment } = packet;
  const offset = (fragment?.offset ?? 0) / 8 + (fragment?.more ? 0x2000 : 0) + (dontFragment ? 0x4000 : 0);
  const id = (fragment?.key ?? 0) % 2 ** 16;
  const fields = (sum: number): readonly Field[] => [
    [1, 0x45],
    [1, 0],
    [2, length],
    [2, id],
    [2, offset],
    [1, ttl],
    [1, ICMP],
    [2, sum],
    [4, src],
    [4, dst],
  ];
  const header = bytesOf(fields(checksum(bytesOf(fields(0)))));
  const body = icmpBytes(packet.body, (about) => bytesOf(ipv4Bytes(about)));
  return [header, piece(body, fragment?.offset ?? 0, length - HEADER4)];
};

const HEADER6 = 40;

const ipv6Bytes = (packet: Ipv6): readonly Uint8Array[] => {
  const { src, dst, hopLimit, length, fragment } = packet;
  const header = bytesOf([
    [4, 0x6000_0000],
    [2, length - HEADER6],
    [1, fragment ? 44 : ICMPV6],
    [1, hopLimit],
    [16, src],
    [16, dst],
  ]);
  const body = icmpv6Bytes(packet, (about) => bytesOf(ipv6Bytes(about)));
  if (!fragment) return [header, piece(body, 0, length - HEADER6)];
  const extension = bytesOf([
    [1, ICMPV6],
    [1, 0],
    [2, fragment.offset + (fragment.more ? 1 : 0)],
    [4, fragment.key],
  ]);
  return [header, extension, piece(body, fragment.offset, length - HEADER6 - extension.length)];
};
