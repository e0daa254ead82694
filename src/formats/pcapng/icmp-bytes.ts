import type { Icmp, Icmp6, Ipv4, Ipv6, MacAddr } from '../../engine/frame.ts';
import { bytesOf, checksum, type Field } from './fields.ts';

/** What fits of the packet that an error speaks of. */
const QUOTED = 548;
const QUOTED6 = 1232;

/** The pattern that ping fills its packets with, after the time that it would put first. */
const filling = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, (_, i) => i % 256);

/** Type, code, the four bytes behind the checksum, and the rest (RFC 792). */
type Message = readonly [type: number, code: number, rest: readonly Field[], body: Uint8Array];

const withChecksum = ([type, code, rest, body]: Message, pseudo: readonly Field[]): Uint8Array => {
  const fields = (sum: number): readonly Field[] => [[1, type], [1, code], [2, sum], ...rest, body];
  return bytesOf(fields(checksum(bytesOf([...pseudo, ...fields(0)]))));
};

export const icmpBytes = (body: Icmp, packetBytes: (about: Ipv4) => Uint8Array): Uint8Array =>
  withChecksum(message4(body, packetBytes), []);

const message4 = (body: Icmp, packetBytes: (about: Ipv4) => Uint8Array): Message => {
  switch (body.icmp) {
    case 'echo-request':
      return [
        8,
        0,
        [
          [2, body.ident],
          [2, body.seq],
        ],
        filling(body.bytes),
      ];
    case 'echo-reply':
      return [
        0,
        0,
        [
          [2, body.ident],
          [2, body.seq],
        ],
        filling(body.bytes),
      ];
    case 'unreachable':
      return [
        3,
        body.code,
        [
          [2, 0],
          [2, body.mtu ?? 0],
        ],
        packetBytes(body.about).subarray(0, QUOTED),
      ];
    case 'time-exceeded':
      return [11, body.code, [[4, 0]], packetBytes(body.about).subarray(0, QUOTED)];
    case 'redirect':
      return [5, body.code, [[4, body.gateway]], packetBytes(body.about).subarray(0, QUOTED)];
  }
};

const ICMPV6 = 58;

/** The checksum covers the addresses too (RFC 4443, 2.3). */
export const icmpv6Bytes = ({ src, dst, body }: Ipv6, packetBytes: (about: Ipv6) => Uint8Array): Uint8Array => {
  const message = message6(body, packetBytes);
  const length = withChecksum(message, []).length;
  return withChecksum(message, [
    [16, src],
    [16, dst],
    [4, length],
    [4, ICMPV6],
  ]);
};

const SOURCE_LINK = 1;
const TARGET_LINK = 2;
const NONCE = 14;

const link = (type: number, mac: MacAddr | undefined): readonly Field[] =>
  mac === undefined
    ? []
    : [
        [1, type],
        [1, 1],
        [6, mac],
      ];

const message6 = (body: Icmp6, packetBytes: (about: Ipv6) => Uint8Array): Message => {
  const quoted = (about: Ipv6): Uint8Array => packetBytes(about).subarray(0, QUOTED6);
  switch (body.icmp) {
    case 'echo-request':
      return [
        128,
        0,
        [
          [2, body.ident],
          [2, body.seq],
        ],
        filling(body.bytes),
      ];
    case 'echo-reply':
      return [
        129,
        0,
        [
          [2, body.ident],
          [2, body.seq],
        ],
        filling(body.bytes),
      ];
    case 'unreachable':
      return [1, body.code, [[4, 0]], quoted(body.about)];
    case 'packet-too-big':
      return [2, 0, [[4, body.mtu]], quoted(body.about)];
    case 'time-exceeded':
      return [3, body.code, [[4, 0]], quoted(body.about)];
    case 'redirect':
      return [
        137,
        0,
        [[4, 0], [16, body.target], [16, body.destination], ...link(TARGET_LINK, body.mac)],
        new Uint8Array(0),
      ];
    case 'neighbor-solicitation': {
      const nonce: readonly Field[] =
        body.nonce === undefined
          ? []
          : [
              [1, NONCE],
              [1, 1],
              [6, body.nonce],
            ];
      return [135, 0, [[4, 0], [16, body.target], ...link(SOURCE_LINK, body.source), ...nonce], new Uint8Array(0)];
    }
    case 'neighbor-advertisement': {
      const flags = (body.router ? 4 : 0) + (body.solicited ? 2 : 0) + (body.override ? 1 : 0);
      return [136, 0, [[4, flags * 2 ** 29], [16, body.target], ...link(TARGET_LINK, body.mac)], new Uint8Array(0)];
    }
    case 'router-solicitation':
      return [133, 0, [[4, 0], ...link(SOURCE_LINK, body.source)], new Uint8Array(0)];
    case 'router-advertisement':
      return [
        134,
        0,
        [[1, 64], [1, 0], [2, body.lifetimeSeconds], [8, 0], ...link(SOURCE_LINK, body.source), ...prefixes(body)],
        new Uint8Array(0),
      ];
    case 'mld':
      return [
        143,
        0,
        [
          [2, 0],
          [2, body.groups.length],
          ...body.groups.flatMap((group): readonly Field[] => [
            [4, 0x0400_0000],
            [16, group],
          ]),
        ],
        new Uint8Array(0),
      ];
  }
};

const prefixes = (body: Extract<Icmp6, { readonly icmp: 'router-advertisement' }>): readonly Field[] =>
  body.prefixes.flatMap(({ prefix, length, onLink, autonomous, validSeconds, preferredSeconds }): readonly Field[] => [
    [1, 3],
    [1, 4],
    [1, length],
    [1, (onLink ? 0x80 : 0) + (autonomous ? 0x40 : 0)],
    [4, validSeconds],
    [4, preferredSeconds],
    [4, 0],
    [16, prefix],
  ]);
