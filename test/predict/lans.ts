import fc from 'fast-check';
import { apply } from '../../src/model/apply.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import type { Network } from '../../src/model/network.ts';
import type { KindOptions, Operation } from '../../src/model/operation.ts';
import { namespace, neighbour, port, uplink } from '../engine/lab.ts';
import { add, addr, at, cidr, ip, mac, netns, set, sysctl, up } from '../model/helpers.ts';

/** The network after all operations that are not refused. */
const grown = (operations: readonly Operation[], from: Network = emptyNetwork()): Network =>
  operations.reduce((network, operation) => apply(network, operation).network, from);

const hex = (number: number): string => number.toString(16).padStart(2, '0');
const macFor = (host: number, member: number) => mac(`02:00:00:00:${hex(host)}:${hex(member)}`);
const ipFor = (host: number, member: number): string => `10.0.${host}.${member}`;

const bridgeOn = (sw: string): readonly Operation[] => [
  netns(sw),
  add('br0', { kind: 'bridge' }, { in: sw }),
  up('br0', sw),
];

type Host = { readonly number: number; readonly children: number; readonly options: KindOptions };

const childOf = (host: number, member: number, options: KindOptions, parent = 'eth0'): readonly Operation[] => {
  const name = `c${host}_${member}`;
  return [
    ...namespace(name),
    // A new device may not have a name that its parent's namespace knows already.
    add('child', options, {
      link: parent,
      in: `h${host}`,
      attributes: { netns: name, ...(options.kind === 'macvlan' ? { mac: macFor(host, member + 10) } : {}) },
    }),
    set('child', { name: 'eth0' }, name),
    up('eth0', name),
    addr(`${ipFor(host, member + 10)}/16`, 'eth0', name),
  ];
};

const hostOn = (sw: string, { number, children, options }: Host): readonly Operation[] => [
  ...namespace(`h${number}`),
  ...uplink(`h${number}`, 'eth0', macFor(number, 1), `p${number}`, sw),
  addr(`${ipFor(number, 1)}/16`, 'eth0', `h${number}`),
  ...Array.from({ length: children }, (_, i) => childOf(number, i, options)).flat(),
];

const kinds: readonly KindOptions[] = [
  { kind: 'macvlan', mode: 'bridge' },
  { kind: 'macvlan', mode: 'vepa' },
  { kind: 'macvlan', mode: 'private' },
  { kind: 'ipvlan', mode: 'l2' },
  { kind: 'ipvlan', mode: 'l2', flag: 'private' },
  { kind: 'ipvlan', mode: 'l2', flag: 'vepa' },
  { kind: 'ipvlan', mode: 'l3' },
  { kind: 'ipvlan', mode: 'l3s' },
];

/** Hosts that are alike, on one switch or on two in a row. */
const regular = fc
  .record({
    options: fc.constantFrom(...kinds),
    hosts: fc.integer({ min: 1, max: 3 }),
    children: fc.integer({ min: 0, max: 3 }),
    hairpin: fc.boolean(),
    second: fc.boolean(),
    stations: fc.integer({ min: 0, max: 3 }),
    shim: fc.boolean(),
    second_nic: fc.constantFrom(false, false, true),
    gateway: fc.boolean(),
  })
  .map(({ options, hosts, children, hairpin, second, stations, shim, second_nic, gateway }): readonly Operation[] => {
    const numbers = Array.from({ length: hosts }, (_, i) => i + 1);
    const swFor = (number: number): string => (second && number % 2 === 0 ? 'sw2' : 'sw');
    return [
      ...bridgeOn('sw'),
      ...(second
        ? [
            ...bridgeOn('sw2'),
            add('up2', { kind: 'veth', peer: { name: 'down', netns: 'sw' } }, { attributes: { netns: 'sw2' } }),
            set('up2', { master: 'br0', up: true }, 'sw2'),
            set('down', { master: 'br0', up: true }, 'sw'),
          ]
        : []),
      ...numbers.flatMap((number) => hostOn(swFor(number), { number, children, options })),
      ...numbers.flatMap((number) => (shim ? shimOn(number, options) : [])),
      ...numbers.flatMap((number) =>
        second_nic ? uplink(`h${number}`, 'eth1', macFor(number, 2), `q${number}`, swFor(number)) : [],
      ),
      ...Array.from({ length: stations }, (_, i) => hostOn('sw', { number: 10 + i, children: 0, options })).flat(),
      ...(gateway ? gatewayOn(numbers, children) : []),
      ...(hairpin ? numbers.map((number) => port(`p${number}`, { hairpin: true }, swFor(number))) : []),
    ];
  });

const shimOn = (number: number, options: KindOptions): readonly Operation[] => [
  add('shim', options, {
    link: 'eth0',
    in: `h${number}`,
    attributes: options.kind === 'macvlan' ? { mac: macFor(number, 3) } : {},
  }),
  up('shim', `h${number}`),
  addr(`${ipFor(number, 3)}/16`, 'shim', `h${number}`),
];

const gatewayOn = (hosts: readonly number[], children: number): readonly Operation[] => [
  ...hostOn('sw', { number: 20, children: 0, options: { kind: 'macvlan' } }),
  sysctl('net.ipv4.ip_forward', '1', 'h20'),
  add('far', { kind: 'dummy' }, { in: 'h20' }),
  up('far', 'h20'),
  addr('198.51.100.1/24', 'far', 'h20'),
  ...hosts.flatMap((host) => Array.from({ length: children }, (_, i) => defaultVia(`c${host}_${i}`))),
];
const defaultVia = (name: string): Operation => ({
  op: 'route.add',
  at: at(name),
  how: 'add',
  route: { destination: cidr('0.0.0.0/0'), via: ip(ipFor(20, 1)) },
});

const someHost = fc.integer({ min: 1, max: 3 });
const someMember = fc.integer({ min: 0, max: 2 });
const somewhere = fc.oneof(
  someHost.map((host) => `h${host}`),
  fc.tuple(someHost, someMember).map(([host, member]) => `c${host}_${member}`),
  fc.integer({ min: 10, max: 12 }).map((station) => `h${station}`),
);
const someAddress = fc.oneof(
  someHost.map((host) => ipFor(host, 1)),
  fc.tuple(someHost, someMember).map(([host, member]) => ipFor(host, member + 10)),
  fc.integer({ min: 10, max: 12 }).map((station) => ipFor(station, 1)),
);
const someMac = fc.tuple(someHost, fc.constantFrom(1, 2, 3, 10, 11, 12)).map(([host, member]) => macFor(host, member));
const somePort = fc.constantFrom('p1', 'p2', 'p3', 'q1', 'p10', 'p11', 'down');
const someFlag = fc.constantFrom(
  { hairpin: true },
  { isolated: true },
  { learning: false },
  { flood: false },
  { bcastFlood: false },
  { locked: true },
  { neighSuppress: true },
  { proxyArp: true },
  { state: 'blocking' as const },
);

/** One thing that is unlike the rest. */
const trap: fc.Arbitrary<readonly Operation[]> = fc.oneof(
  fc.tuple(somewhere, someAddress).map(([who, address]) => [addr(`${address}/16`, 'eth0', who)]),
  fc.tuple(somewhere, someMac).map(([who, address]) => [set('eth0', { mac: address }, who)]),
  fc.tuple(somewhere, someAddress, someMac).map(([who, address, lladdr]) => [neighbour(who, 'eth0', address, lladdr)]),
  fc
    .tuple(somewhere, someAddress)
    .map(([who, address]): readonly Operation[] => [
      { op: 'route.add', at: at(who), how: 'add', route: { destination: cidr(`${address}/32`), device: 'eth0' } },
    ]),
  fc
    .tuple(somewhere, someAddress, someAddress)
    .map(([who, address, via]): readonly Operation[] => [
      { op: 'route.add', at: at(who), how: 'add', route: { destination: cidr(`${address}/32`), via: ip(via) } },
    ]),
  fc.tuple(fc.constantFrom('sw', 'sw2'), somePort, someFlag).map(([sw, name, changes]) => [port(name, changes, sw)]),
  fc
    .tuple(
      somewhere,
      fc.constantFrom('proxy_arp', 'arp_ignore', 'arp_filter', 'rp_filter', 'forwarding', 'proxy_arp_pvlan'),
    )
    .map(([who, key]) => [sysctl(`net.ipv4.conf.all.${key}`, '1', who)]),
  somewhere.map((who) => [sysctl('net.ipv4.icmp_echo_ignore_all', '1', who)]),
  somewhere.map((who) => [set('eth0', { up: false }, who)]),
  somewhere.map((who) => [set('eth0', { mtu: 1000 }, who)]),
  fc
    .tuple(fc.tuple(someHost, someMember), fc.constantFrom(...kinds))
    .map(([[host, member], kind]) => [set('eth0', { kind }, `c${host}_${member}`)]),
  fc
    .tuple(someHost, fc.array(someMac, { maxLength: 3 }))
    .map(([host, macs]) => childOf(host, 3, { kind: 'macvlan', mode: 'source', sources: { change: 'set', macs } })),
  fc
    .tuple(fc.constantFrom('sw', 'sw2'), fc.constantFrom('sw', 'sw2'))
    .map(([a, b]) => [
      add('loop', { kind: 'veth', peer: { name: 'back', netns: b } }, { attributes: { netns: a } }),
      set('loop', { master: 'br0', up: true }, a),
      set('back', { master: 'br0', up: true }, b),
    ]),
  fc.tuple(someHost, fc.constantFrom(...kinds)).map(([host, kind]) => childOf(host, 4, kind, 'eth1')),
  fc
    .tuple(somewhere, someAddress)
    .map(([who, address]): readonly Operation[] => [{ op: 'proxy.add', at: at(who), device: 'eth0', ip: ip(address) }]),
);

/** The same again in IPv6: what is 10.0.1.11 is 2001:db8::1:11 as well. */
const twin = (operation: Operation): readonly Operation[] => {
  const four = operation.op === 'addr.add' && /^10\.0\.(\d+)\.(\d+)$/.exec(operation.address.address);
  if (!four || operation.op !== 'addr.add') return [operation];
  return [operation, { ...operation, address: cidr(`2001:db8::${four[1]}:${four[2]}/64`) }];
};

/** Networks with much that is alike, and a few things that are not. */
export const lan: fc.Arbitrary<Network> = fc
  .tuple(regular, fc.array(trap, { maxLength: 3 }), fc.constantFrom(false, false, true))
  .map(([base, traps, ipv6]) => {
    const operations = [...base, ...traps.flat()];
    return grown(ipv6 ? operations.flatMap(twin) : operations, emptyNetwork({ ipv6 }));
  });
