import { describe, expect, test } from 'vitest';
import { emptyNetwork } from '../../src/model/empty.ts';
import type { Operation } from '../../src/model/operation.ts';
import {
  addr,
  addrDel,
  answer,
  at,
  built,
  cidr,
  device,
  down,
  ip,
  pair,
  route,
  routes,
  sysctl,
  up,
} from './helpers.ts';

const addresses = (network: Parameters<typeof device>[0], name = 'eth0'): readonly string[] =>
  device(network, name).addresses.map((one) => `${one.local}/${one.length}${one.secondary ? ' secondary' : ''}`);

describe('IPv4 addresses', () => {
  test('an address of a running device is local, its subnet connected, its last address a broadcast', () => {
    const network = built([...pair, addr('10.0.0.1/24', 'eth0')]);
    expect(routes(network)).toEqual(['10.0.0.0/24 dev eth0 src 10.0.0.1']);
    expect(routes(network, 'local')).toEqual([
      'local 10.0.0.1/32 dev eth0 src 10.0.0.1',
      'broadcast 10.0.0.255/32 dev eth0 src 10.0.0.1',
    ]);
  });

  test('an address of a device that is down is local all the same; the rest comes with up and goes with down', () => {
    const start = [pair[0]!, addr('10.0.0.1/24', 'eth0')];
    const before = built(start);
    expect(routes(before)).toEqual([]);
    expect(routes(before, 'local')).toEqual(['local 10.0.0.1/32 dev eth0 src 10.0.0.1']);
    const running = built([up('eth0')], before);
    expect(routes(running)).toEqual(['10.0.0.0/24 dev eth0 src 10.0.0.1']);
    const stopped = built([down('eth0')], running);
    expect(routes(stopped)).toEqual(routes(before));
    expect(routes(stopped, 'local')).toEqual(routes(before, 'local'));
  });

  test('addresses stand as the kernel lists them: nearer scopes first, secondaries last', () => {
    const network = built([
      ...pair,
      addr('10.0.0.1/24', 'eth0'),
      addr('10.0.0.1/16', 'eth0'),
      addr('10.0.0.2/24', 'eth0'),
      { ...(addr('10.8.0.1/24', 'eth0') as Extract<Operation, { op: 'addr.add' }>), scope: 'link' },
      addr('10.9.0.1/24', 'eth0'),
    ]);
    expect(addresses(network)).toEqual([
      '10.8.0.1/24',
      '10.0.0.1/24',
      '10.0.0.1/16',
      '10.9.0.1/24',
      '10.0.0.2/24 secondary',
    ]);
  });

  test('a primary takes its secondaries along', () => {
    const network = built([
      ...pair,
      ...['1', '2', '3'].map((n) => addr(`10.0.0.${n}/24`, 'eth0')),
      addrDel('10.0.0.1/24', 'eth0'),
    ]);
    expect(addresses(network)).toEqual([]);
    expect(routes(network)).toEqual([]);
    expect(routes(network, 'local')).toEqual([]);
  });

  test('with promote_secondaries the first secondary takes over', () => {
    const network = built([
      ...pair,
      ...['1', '2', '3'].map((n) => addr(`10.0.0.${n}/24`, 'eth0')),
      sysctl('net.ipv4.conf.eth0.promote_secondaries', '1'),
      addrDel('10.0.0.1/24', 'eth0'),
    ]);
    expect(addresses(network)).toEqual(['10.0.0.2/24', '10.0.0.3/24 secondary']);
    expect(routes(network)).toEqual(['10.0.0.0/24 dev eth0 src 10.0.0.2']);
    expect(routes(network, 'local')).toEqual([
      'local 10.0.0.2/32 dev eth0 src 10.0.0.2',
      'broadcast 10.0.0.255/32 dev eth0 src 10.0.0.2',
      'local 10.0.0.3/32 dev eth0 src 10.0.0.2',
    ]);
  });

  test('a far end is what is connected', () => {
    const network = built([
      ...pair,
      { op: 'addr.add', at: at(), device: 'eth0', address: cidr('10.6.0.1/32'), peer: cidr('10.6.0.2/32') },
      { op: 'addr.add', at: at(), device: 'eth0', address: cidr('10.7.0.1/32'), peer: cidr('10.7.0.2/24') },
    ]);
    expect(routes(network)).toEqual(['10.6.0.2/32 dev eth0 src 10.6.0.1', '10.7.0.0/24 dev eth0 src 10.7.0.1']);
  });

  test('lo has 127.0.0.1 once it is up, and keeps it', () => {
    const network = built([up('lo')]);
    expect(addresses(network, 'lo')).toEqual(['127.0.0.1/8']);
    expect(routes(network, 'local')).toEqual([
      'local 127.0.0.1/32 dev lo src 127.0.0.1',
      'local 127.0.0.0/8 dev lo src 127.0.0.1',
      'broadcast 127.255.255.255/32 dev lo src 127.0.0.1',
    ]);
    expect(addresses(built([down('lo')], network), 'lo')).toEqual(['127.0.0.1/8']);
  });

  test('routes that prefer an address go with it, and all routes of the device with its last one', () => {
    const start = built([
      ...pair,
      addr('10.0.0.1/24', 'eth0'),
      addr('10.1.0.1/24', 'eth0'),
      route({ destination: cidr('10.2.0.0/24'), device: 'eth0', source: ip('10.1.0.1') }),
      route({ destination: cidr('10.3.0.0/24'), device: 'eth0' }),
    ]);
    const one = built([addrDel('10.1.0.1/24', 'eth0')], start);
    expect(routes(one)).toEqual(['10.0.0.0/24 dev eth0 src 10.0.0.1', '10.3.0.0/24 dev eth0']);
    expect(routes(built([addrDel('10.0.0.1/24', 'eth0')], one))).toEqual([]);
  });

  test.each([
    ['6.1', '10.0.0.1/24', 'RTNETLINK answers: File exists'],
    ['6.18', '10.0.0.1/24', 'Error: ipv4: Address already assigned.'],
    ['6.18', '10.0.0.1/16', ''],
    ['6.18', '0.0.0.0/0', ''],
  ] as const)('Linux %s, having 10.0.0.1/24, answers to %s: %j', (kernel, text, words) => {
    const network = built([...pair, addr('10.0.0.1/24', 'eth0')], emptyNetwork({ kernel }));
    expect(answer(network, addr(text, 'eth0'))).toBe(words);
  });

  test('an address is deleted by its own length, or by none', () => {
    const network = built([...pair, addr('10.0.0.1/24', 'eth0')], emptyNetwork({ kernel: '6.1' }));
    expect(answer(network, addrDel('10.0.0.1/16', 'eth0'))).toBe('RTNETLINK answers: Cannot assign requested address');
    expect(answer(network, addrDel('10.0.0.1/32', 'eth0'))).toBe('');
    expect(answer(network, addrDel('10.0.0.1/24', 'nope'))).toBe('Cannot find device "nope"');
  });
});

describe('IPv6 addresses', () => {
  const ipv6 = emptyNetwork({ ipv6: true, kernel: '6.18' });

  test('a device that comes to run makes its link-local address, and loses all addresses when it goes down', () => {
    const half = built([pair[0]!, up('eth0'), addr('2001:db8::1/64', 'eth0')], ipv6);
    expect(addresses(half)).toEqual(['2001:db8::1/64']);
    const network = built([up('p0')], half);
    expect(addresses(network)).toEqual(['2001:db8::1/64', 'fe80::ff:fe00:1/64']);
    expect(routes(network)).toEqual(['2001:db8::/64 dev eth0', 'fe80::/64 dev p0', 'fe80::/64 dev eth0']);
    expect(addresses(built([down('eth0')], network))).toEqual([]);
  });

  test('an address given to a device that is down has no routes before it is up', () => {
    const network = built([pair[0]!, addr('2001:db8::1/64', 'eth0')], ipv6);
    expect(routes(network, 'local')).toEqual([]);
    expect(routes(built([up('eth0')], network), 'local')).toEqual(['local 2001:db8::1/128 dev eth0']);
  });

  test('ipvlan children share a MAC and differ in their number', () => {
    const link = (name: string): Operation => ({
      op: 'link.add',
      at: at(),
      name,
      link: 'eth0',
      options: { kind: 'ipvlan', mode: 'l2' },
      attributes: { up: true },
    });
    const network = built([...pair, link('iv0'), link('iv1')], ipv6);
    expect(addresses(network, 'iv0')).toEqual(['fe80::200:0:100:1/64']);
    expect(addresses(network, 'iv1')).toEqual(['fe80::200:0:200:1/64']);
  });

  test('where IPv6 is switched off there is none, and switching it on makes it at once', () => {
    const off = built(pair);
    expect(answer(off, addr('2001:db8::1/64', 'eth0'))).toBe('Error: ipv6: IPv6 is disabled on this device.');
    const on = built([sysctl('net.ipv6.conf.all.disable_ipv6', '0')], off);
    expect(addresses(on)).toEqual(['fe80::ff:fe00:1/64']);
    expect(addresses(built([sysctl('net.ipv6.conf.eth0.disable_ipv6', '1')], on))).toEqual([]);
  });

  test.each([
    ['ff02::5/64', 'Error: ipv6: Cannot assign multicast address without "IFA_F_MCAUTOJOIN" flag.'],
    ['::/64', 'Error: ipv6: Invalid address.'],
    ['::1/128', 'Error: ipv6: Cannot assign loopback address on this device.'],
    ['fe80::ff:fe00:1/64', 'Error: ipv6: address already assigned.'],
  ])('%s is refused: %s', (text, words) => {
    expect(answer(built(pair, ipv6), addr(text, 'eth0'))).toBe(words);
  });
});
