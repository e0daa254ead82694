import type { MacAddr } from './address.ts';

/** A prefix that a router advertises (RFC 4861, 4.6.2). Lifetimes are seconds. */
export type AdvertisedPrefix = {
  readonly prefix: bigint;
  readonly length: number;
  readonly onLink: boolean;
  readonly autonomous: boolean;
  readonly validSeconds: number;
  readonly preferredSeconds: number;
};

/** ICMPv6 messages (RFC 4443), neighbour discovery (RFC 4861) among them. `about` is the packet that an error speaks of. */
export type Icmp6 =
  | {
      readonly icmp: 'echo-request' | 'echo-reply';
      readonly ident: number;
      readonly seq: number;
      readonly bytes: number;
    }
  | { readonly icmp: 'unreachable'; readonly code: number; readonly about: Ipv6 }
  | { readonly icmp: 'time-exceeded'; readonly code: number; readonly about: Ipv6 }
  | { readonly icmp: 'packet-too-big'; readonly mtu: number; readonly about: Ipv6 }
  /** `target` is the nearer next hop, `mac` its hardware address where the router knows it. */
  | {
      readonly icmp: 'redirect';
      readonly target: bigint;
      readonly destination: bigint;
      readonly mac?: MacAddr;
      readonly about: Ipv6;
    }
  /** `source` is the asker's hardware address. The nonce tells a reflected probe from somebody else's (RFC 7527). */
  | {
      readonly icmp: 'neighbor-solicitation';
      readonly target: bigint;
      readonly source?: MacAddr;
      readonly nonce?: number;
    }
  | {
      readonly icmp: 'neighbor-advertisement';
      readonly target: bigint;
      readonly router: boolean;
      readonly solicited: boolean;
      readonly override: boolean;
      readonly mac?: MacAddr;
    }
  | { readonly icmp: 'router-solicitation'; readonly source?: MacAddr }
  | {
      readonly icmp: 'router-advertisement';
      /** 0: no default router. */
      readonly lifetimeSeconds: number;
      readonly source?: MacAddr;
      readonly prefixes: readonly AdvertisedPrefix[];
    }
  /** A report of multicast listeners (RFC 3810): seen by taps, needed by nobody here. */
  | { readonly icmp: 'mld'; readonly groups: readonly bigint[] };

export type Ipv6 = {
  readonly proto: 'ipv6';
  readonly src: bigint;
  readonly dst: bigint;
  readonly hopLimit: number;
  /** Whole packet, header included, in bytes. */
  readonly length: number;
  readonly body: Icmp6;
  /** Present in a piece of a packet; `offset` in bytes behind the headers. */
  readonly fragment?: { readonly key: number; readonly offset: number; readonly more: boolean };
};

export const IPV6_HEADER = 40;
const ICMP6_HEADER = 8;
/** What every link must carry (RFC 8200, 5): errors are cut to it, and no MTU below it counts. */
export const MINIMUM_MTU = 1280;
/** A neighbour discovery option with a hardware address, or with a nonce. */
const OPTION = 8;

const optionLength = (...options: readonly (number | undefined)[]): number =>
  OPTION * options.filter((option) => option !== undefined).length;

/** Bytes behind the IP header. Errors carry as much of what they speak of as fits into the smallest MTU. */
export const icmp6Length = (body: Icmp6): number => {
  const room = MINIMUM_MTU - IPV6_HEADER - ICMP6_HEADER;
  switch (body.icmp) {
    case 'echo-request':
    case 'echo-reply':
      return ICMP6_HEADER + body.bytes;
    case 'unreachable':
    case 'time-exceeded':
    case 'packet-too-big':
      return ICMP6_HEADER + Math.min(body.about.length, room);
    case 'redirect': {
      const options = optionLength(body.mac);
      return ICMP6_HEADER + 32 + options + 8 + 8 * Math.floor(Math.min(body.about.length, room - 40 - options) / 8);
    }
    case 'neighbor-solicitation':
      return ICMP6_HEADER + 16 + optionLength(body.source, body.nonce);
    case 'neighbor-advertisement':
      return ICMP6_HEADER + 16 + optionLength(body.mac);
    case 'router-solicitation':
      return ICMP6_HEADER + optionLength(body.source);
    case 'router-advertisement':
      return ICMP6_HEADER + 8 + optionLength(body.source) + 32 * body.prefixes.length;
    case 'mld':
      // Behind a hop-by-hop header with the router alert (RFC 3810, 5).
      return 8 + ICMP6_HEADER + 20 * body.groups.length;
  }
};

/** Errors never answer errors (RFC 4443, 2.4). */
export const isError6 = (body: Icmp6): boolean => {
  switch (body.icmp) {
    case 'unreachable':
    case 'time-exceeded':
    case 'packet-too-big':
      return true;
    default:
      return false;
  }
};

export const icmp6Summary = (body: Icmp6): string => body.icmp;
