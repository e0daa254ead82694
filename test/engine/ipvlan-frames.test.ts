import { describe, expect, test } from 'vitest';
import { ARP_LENGTH, type Arp, BROADCAST, type Ipv4, type MacAddr, type Payload } from '../../src/engine/frame.ts';
import type { IpvlanFlag, IpvlanMode } from '../../src/model/device.ts';
import { ipv4Number } from '../../src/model/ip.ts';
import { macNumber } from '../../src/model/mac.ts';
import type { Operation } from '../../src/model/operation.ts';
import { addressOf, bridgeIn, child, macOf, port, receiversOf, simulationOf, station, UNKNOWN } from './lab.ts';

const FLAGS: readonly IpvlanFlag[] = ['bridge', 'private', 'vepa'];
/** All children have the address of their parent. */
const OWN: MacAddr = macNumber(macOf(2));
const X: MacAddr = macNumber(macOf(9));
const STRANGE: MacAddr = macNumber(macOf(99));

const packet = (from: number, to: number): Ipv4 => ({
  proto: 'ipv4',
  src: ipv4Number(addressOf(from)),
  dst: ipv4Number(addressOf(to)),
  ttl: 64,
  dontFragment: true,
  length: 84,
  body: { icmp: 'echo-reply', ident: 1, seq: 1, bytes: 56 },
});
const request = (from: number, to: number): Arp => ({
  proto: 'arp',
  op: 'request',
  senderMac: from === 9 ? X : OWN,
  sender: ipv4Number(addressOf(from)),
  targetMac: 0,
  target: ipv4Number(addressOf(to)),
  length: ARP_LENGTH,
});

/** Who gets it under the flags bridge, private and vepa, in this order. */
type Receivers = readonly [string, string, string];
type Row = readonly [what: string, from: string, dst: MacAddr, payload: Payload, receivers: Receivers];
const all = (receivers: string): Receivers => [receivers, receivers, receivers];

const table = (mode: IpvlanMode, rows: readonly Row[], more: readonly Operation[] = []): void => {
  for (const [what, from, dst, payload, receivers] of rows)
    for (const [at, flag] of FLAGS.entries())
      test(`${mode} ${flag}: ${what} comes to ${receivers[at] || 'nobody'}`, () => {
        const simulation = simulationOf([
          ...bridgeIn('sw'),
          ...station('h', 2),
          ...station('x', 9),
          ...child('a', 11, { kind: 'ipvlan', mode, flag }),
          ...child('b', 12, { kind: 'ipvlan', mode, flag }),
          ...more,
        ]);
        // The switch learns where both are.
        receiversOf(simulation, 'x', OWN, packet(9, 2));
        receiversOf(simulation, 'h', X, packet(2, 9));
        expect(receiversOf(simulation, from, dst, payload)).toBe(receivers[at]);
      });
};

const FROM_OUTSIDE: readonly Row[] = [
  ['an ARP request of a stranger', 'x', BROADCAST, request(9, 77), all('a b h')],
  [
    'an ARP request of a stranger who has the address of a child',
    'x',
    BROADCAST,
    { ...request(9, 77), sender: ipv4Number(addressOf(11)) },
    all('a b h'),
  ],
  ['a packet of a stranger for a child', 'x', OWN, packet(9, 11), all('a')],
  ['a packet of a stranger for the host', 'x', OWN, packet(9, 2), all('h')],
  ['a packet of a stranger for nobody here', 'x', OWN, packet(9, 77), all('h')],
  ['a flooded packet for a child', 'x', STRANGE, packet(9, 11), all('a:otherhost')],
  ['what is no IP, by unicast', 'x', OWN, UNKNOWN, all('h')],
  ['what is no IP, by broadcast', 'x', BROADCAST, UNKNOWN, all('a b h')],
];

describe('frames in mode l2', () => {
  table('l2', [
    ['an ARP request of a child', 'a', BROADCAST, request(11, 77), all('b x')],
    ['a packet for the sibling', 'a', OWN, packet(11, 12), ['b', '', '']],
    ['a packet for the address of the host', 'a', OWN, packet(11, 2), ['h', 'h', '']],
    ['a packet for nobody at the own address', 'a', OWN, packet(11, 77), ['h', 'h', '']],
    ['a packet for the sibling at the address of a stranger', 'a', X, packet(11, 12), all('x')],
    ['a broadcast packet', 'a', BROADCAST, packet(11, 255), all('b x')],
    ['an ARP request of the host for a child', 'h', BROADCAST, request(2, 11), all('x')],
    ...FROM_OUTSIDE,
  ]);
});

describe('frames in mode l2 with hairpin', () => {
  table(
    'l2',
    [
      ['an ARP request of a child', 'a', BROADCAST, request(11, 77), all('b h x')],
      ['a packet for the sibling', 'a', OWN, packet(11, 12), ['b', '', 'b']],
      ['a packet for the address of the host', 'a', OWN, packet(11, 2), all('h')],
      ['a broadcast of the host', 'h', BROADCAST, request(2, 77), all('a b h x')],
      ['a broadcast of a child that is no IP, the siblings twice', 'a', BROADCAST, UNKNOWN, all('a b b h x')],
      ...FROM_OUTSIDE,
    ],
    [port('s_h', { hairpin: true })],
  );
});

const L3_SENT: readonly Row[] = [
  ['a packet for the sibling', 'a', OWN, packet(11, 12), ['b', '', '']],
  ['a packet for the host', 'a', OWN, packet(11, 2), all('h')],
  ['a packet for a stranger', 'a', OWN, packet(11, 9), all('x')],
  ['a broadcast packet', 'a', BROADCAST, packet(11, 255), all('')],
  ['an ARP request of a child', 'a', BROADCAST, request(11, 9), all('')],
  ['what is no IP', 'a', OWN, UNKNOWN, all('')],
];

describe('frames in layer 3', () => {
  table('l3', [
    ...L3_SENT,
    ['an ARP request for a child', 'x', BROADCAST, request(9, 11), all('a')],
    ['an ARP request for the host', 'x', BROADCAST, request(9, 2), all('h')],
    ['a packet for a child', 'x', OWN, packet(9, 11), all('a')],
    ['a broadcast that is no IP', 'x', BROADCAST, UNKNOWN, all('h')],
  ]);
  table('l3s', [
    ...L3_SENT,
    ['an ARP request for a child', 'x', BROADCAST, request(9, 11), all('h')],
    ['an ARP request for the host', 'x', BROADCAST, request(9, 2), all('h')],
    ['a packet for a child', 'x', OWN, packet(9, 11), all('a')],
    ['a flooded packet for a child', 'x', STRANGE, packet(9, 11), all('h:otherhost')],
    ['a broadcast that is no IP', 'x', BROADCAST, UNKNOWN, all('h')],
  ]);
});
