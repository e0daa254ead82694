import { ipv4FromNumber, ipv6FromNumber } from '../../model/ip.ts';

/** Bytes of a frame, read where they are; what is beyond the end is zero. */
const byte = (bytes: Buffer, at: number): number => bytes[at] ?? 0;
const short = (bytes: Buffer, at: number): number => byte(bytes, at) * 256 + byte(bytes, at + 1);
const ipv4At = (bytes: Buffer, at: number): string =>
  ipv4FromNumber(((short(bytes, at) << 16) | short(bytes, at + 2)) >>> 0);
const ipv6At = (bytes: Buffer, at: number): string =>
  ipv6FromNumber(
    BigInt(
      `0x${bytes
        .subarray(at, at + 16)
        .toString('hex')
        .padEnd(32, '0')}`,
    ),
  );

const ICMP: Readonly<Record<number, string>> = { 0: 'echo-reply', 8: 'echo-request', 11: 'time-exceeded' };
const ICMP_WITH_CODE: Readonly<Record<number, string>> = { 3: 'unreachable', 5: 'redirect' };
const ICMP6: Readonly<Record<number, string>> = {
  ...{ 1: 'unreachable', 2: 'packet-too-big', 3: 'time-exceeded', 128: 'echo-request', 129: 'echo-reply' },
  ...{ 133: 'router-solicitation', 134: 'router-advertisement', 135: 'neighbor-solicitation' },
  ...{ 136: 'neighbor-advertisement', 137: 'redirect', 130: 'mld', 131: 'mld', 132: 'mld', 143: 'mld' },
};
const HOP_BY_HOP = 0;
const ICMP_PROTOCOL = 1;
const ICMP6_PROTOCOL = 58;

const icmpText = (type: number, code: number): string => {
  const coded = ICMP_WITH_CODE[type];
  return coded === undefined ? (ICMP[type] ?? `icmp-${type}`) : `${coded}/${code}`;
};

const ipv4Text = (bytes: Buffer, at: number): string => {
  const body = at + (byte(bytes, at) & 15) * 4;
  const protocol = byte(bytes, at + 9);
  const what = protocol === ICMP_PROTOCOL ? icmpText(byte(bytes, body), byte(bytes, body + 1)) : `proto-${protocol}`;
  return `ipv4 ${ipv4At(bytes, at + 12)} > ${ipv4At(bytes, at + 16)} ${what}`;
};

const ipv6Text = (bytes: Buffer, at: number): string => {
  const hops = byte(bytes, at + 6) === HOP_BY_HOP;
  const body = at + 40 + (hops ? (byte(bytes, at + 41) + 1) * 8 : 0);
  const protocol = hops ? byte(bytes, at + 40) : byte(bytes, at + 6);
  const type = byte(bytes, body);
  const what = protocol === ICMP6_PROTOCOL ? (ICMP6[type] ?? `icmp6-${type}`) : `proto-${protocol}`;
  return `ipv6 ${ipv6At(bytes, at + 8)} > ${ipv6At(bytes, at + 24)} ${what}`;
};

const arpText = (bytes: Buffer, at: number): string => {
  const op = short(bytes, at + 6) === 1 ? 'request' : 'reply';
  return `arp ${op} ${ipv4At(bytes, at + 14)} > ${ipv4At(bytes, at + 24)}`;
};

const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8]);

/** A frame from the wire in the words in which the simulator sums up its own. */
export const summaryOf = (bytes: Buffer): string => {
  let at = 12;
  while (VLAN_TAGS.has(short(bytes, at))) at += 4;
  const type = short(bytes, at);
  switch (type) {
    case 0x0806:
      return arpText(bytes, at + 2);
    case 0x0800:
      return ipv4Text(bytes, at + 2);
    case 0x86dd:
      return ipv6Text(bytes, at + 2);
    default:
      return `eth 0x${type.toString(16).padStart(4, '0')}`;
  }
};

const macAt = (bytes: Buffer, at: number): string =>
  bytes
    .subarray(at, at + 6)
    .toString('hex')
    .replace(/..(?=.)/g, '$&:');
export const destinationOf = (bytes: Buffer): string => macAt(bytes, 0);
export const sourceOf = (bytes: Buffer): string => macAt(bytes, 6);
