import { type Ip, ipv4FromNumber, ipv4Number, ipv6FromNumber, ipv6Number } from '../model/ip.ts';
import { macFromNumber } from '../model/mac.ts';
import type { IpAddr, MacAddr } from './address.ts';
import { type Ipv6, icmp6Summary } from './frame6.ts';

export type { IpAddr, MacAddr } from './address.ts';
export { type Icmp6, type Ipv6, icmp6Length } from './frame6.ts';

export const BROADCAST: MacAddr = 0xffff_ffff_ffff;
export const isGroup = (mac: MacAddr): boolean => Math.floor(mac / 2 ** 40) % 2 === 1;

export const ipAddr = (ip: Ip): IpAddr => (ip.includes(':') ? ipv6Number(ip) : ipv4Number(ip));
export const ipText = (ip: IpAddr): Ip => (typeof ip === 'number' ? ipv4FromNumber(ip) : ipv6FromNumber(ip));
export const macText = macFromNumber;

/** Bytes of an ARP packet for Ethernet and IPv4. */
export const ARP_LENGTH = 28;

/** RFC 826. */
export type Arp = {
  readonly proto: 'arp';
  readonly op: 'request' | 'reply';
  readonly senderMac: MacAddr;
  readonly sender: number;
  readonly targetMac: MacAddr;
  readonly target: number;
  readonly length: typeof ARP_LENGTH;
};

/** ICMP messages (RFC 792). `about` is the packet that an error speaks of. */
export type Icmp =
  | {
      readonly icmp: 'echo-request' | 'echo-reply';
      readonly ident: number;
      readonly seq: number;
      readonly bytes: number;
    }
  | {
      readonly icmp: 'unreachable';
      readonly code: number;
      readonly mtu?: number;
      readonly about: Ipv4;
    }
  | {
      readonly icmp: 'time-exceeded';
      readonly code: number;
      readonly about: Ipv4;
    }
  | {
      readonly icmp: 'redirect';
      readonly code: number;
      readonly gateway: number;
      readonly about: Ipv4;
    };

export type Ipv4 = {
  readonly proto: 'ipv4';
  readonly src: number;
  readonly dst: number;
  readonly ttl: number;
  readonly dontFragment: boolean;
  /** Whole packet, header included, in bytes. */
  readonly length: number;
  readonly body: Icmp;
  /** Present in a piece of a packet; `offset` in bytes behind the header. */
  readonly fragment?: { readonly key: number; readonly offset: number; readonly more: boolean };
};

/** Any other EtherType: carried, and understood by nobody. */
export type Other = {
  readonly proto: 'other';
  readonly etherType: number;
  readonly length: number;
};

export type Payload = Arp | Ipv4 | Ipv6 | Other;

/** One Ethernet frame; shared by all its copies and never changed. `vlan` is 0 without a tag. */
export type Frame = {
  readonly src: MacAddr;
  readonly dst: MacAddr;
  readonly vlan: number;
  readonly payload: Payload;
};

export const ETHERNET_HEADER = 14;

const icmpSummary = (body: Icmp): string => {
  switch (body.icmp) {
    case 'echo-request':
    case 'echo-reply':
    case 'time-exceeded':
      return body.icmp;
    case 'unreachable':
    case 'redirect':
      return `${body.icmp}/${body.code}`;
  }
};

/** One short line, the `frame` of `hairpin run --json --frames`. */
export const frameSummary = ({ payload }: Frame): string => {
  switch (payload.proto) {
    case 'arp':
      return `arp ${payload.op} ${ipText(payload.sender)} > ${ipText(payload.target)}`;
    case 'ipv4':
      return `ipv4 ${ipText(payload.src)} > ${ipText(payload.dst)} ${icmpSummary(payload.body)}`;
    case 'ipv6':
      return `ipv6 ${ipText(payload.src)} > ${ipText(payload.dst)} ${icmp6Summary(payload.body)}`;
    case 'other':
      return `eth 0x${payload.etherType.toString(16).padStart(4, '0')}`;
  }
};
