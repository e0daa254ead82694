import fc from 'fast-check';
import type { NamespaceName } from '../../src/model/device.ts';
import type { MachineName } from '../../src/model/network.ts';
import type { Operation, OperationName, OperationOf } from '../../src/model/operation.ts';
import { cidr, ip, mac } from './helpers.ts';

/** Few names, so that operations meet; among them some that are never there and some that no kernel takes. */
const DEVICES = ['lo', 'eth0', 'eth1', 'br0', 'br1', 'a', 'b', 'c', 'mv%d'];
const deviceName = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...DEVICES) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '.',
      '..',
      'a/b',
      'a b',
      'x%d%d',
      'averyveryverylongname',
      '__proto__',
      'constructor',
    ),
  },
);
const netnsName = fc.constantFrom('n1', 'n1', 'n1', 'n2', 'n2', 'gone', '__proto__');
const machineName = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom('host', 'host', 'host', 'far') },
  { weight: 1, arbitrary: fc.constantFrom('nowhere', 'toString') },
);
const at = fc.record({
  machine: machineName.map((name) => name as MachineName),
  namespace: fc
    .oneof({ weight: 12, arbitrary: fc.constant('/') }, { weight: 2, arbitrary: netnsName })
    .map((name) => name as NamespaceName),
});
/** Mostly the first namespace of the first machine, where most devices are. */
const home = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ machine: 'host' as MachineName, namespace: '/' as NamespaceName }) },
  { weight: 1, arbitrary: at },
);
const oftenOf = (...names: readonly string[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: deviceName });
const holder = oftenOf('eth0', 'a');
const portName = oftenOf('b', 'eth1', 'br0');
const tameCidr = fc.constantFrom(...['10.0.0.1/24', '10.0.0.2/24', '10.1.0.1/16', '2001:db8::1/64'].map(cidr));
const anyMac = fc.constantFrom(
  ...['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:03', '01:00:00:00:00:01', '00:00:00:00:00:00'].map(mac),
);
const anyMtu = fc.constantFrom(0, -1, 67, 68, 1280, 1400, 1500, 9000, 65536, 2 ** 31, Number.NaN);
const anyIp = fc.constantFrom(
  ...[
    '10.0.0.1',
    '10.0.0.2',
    '10.1.0.1',
    '0.0.0.0',
    '127.0.0.1',
    '255.255.255.255',
    '224.0.0.1',
    '2001:db8::1',
    'fe80::1',
    '::',
    'ff02::1',
  ].map(ip),
);
const anyCidr = fc.oneof(
  fc.constantFrom(
    ...[
      '10.0.0.1/24',
      '10.0.0.2/24',
      '10.0.0.1/16',
      '10.1.0.1/24',
      '10.0.0.0/24',
      '0.0.0.0/0',
      '10.9.0.1/32',
      '2001:db8::1/64',
      'fe80::5/64',
      '::/0',
    ].map(cidr),
  ),
  fc.record({ address: anyIp, length: fc.constantFrom(0, 24, 31, 32, 33, 64, 128, -1, 1.5) }),
);
const bool = fc.boolean();
const maybe = { requiredKeys: [] as [] };
const small = fc.constantFrom(-1, 0, 1, 2, 5, 100, 4094, 4095, 70000);

const anyAttributes = fc.record(
  {
    mac: anyMac,
    mtu: anyMtu,
    up: bool,
    noarp: bool,
    group: small,
    ifindex: fc.integer({ min: -1, max: 12 }),
    netns: netnsName,
    master: deviceName,
    txQueueLength: small,
    alias: fc.constantFrom('', 'x'),
  },
  maybe,
);
/** Often nothing, often one thing, sometimes everything at once. */
const sparse = <T extends object>(all: fc.Arbitrary<T>): fc.Arbitrary<Partial<T>> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    {
      weight: 8,
      arbitrary: fc.tuple(all, fc.nat()).map(([value, pick]) => {
        const keys = Object.keys(value) as (keyof T)[];
        const key = keys[pick % Math.max(1, keys.length)];
        return (key === undefined ? {} : { [key]: value[key] }) as Partial<T>;
      }),
    },
    { weight: 1, arbitrary: all },
  );
const attributes = sparse(anyAttributes);
/** The kind, and of the rest what `sparse` leaves. */
const withKind = <K, T extends object>(kind: fc.Arbitrary<K>, rest: fc.Arbitrary<T>) =>
  fc.tuple(kind, sparse(rest)).map(([name, some]) => ({ kind: name, ...some }));
const macvlan = withKind(
  fc.constantFrom('macvlan' as const, 'macvtap' as const),
  fc.record(
    {
      mode: fc.constantFrom(
        'private' as const,
        'vepa' as const,
        'bridge' as const,
        'passthru' as const,
        'source' as const,
      ),
      flags: fc.record({ nopromisc: bool, nodst: bool }),
      sources: fc.oneof(
        fc.record({ change: fc.constantFrom('add' as const, 'del' as const), mac: anyMac }),
        fc.record({ change: fc.constant('set' as const), macs: fc.array(anyMac, { maxLength: 3 }) }),
        fc.record({ change: fc.constant('flush' as const) }),
      ),
      bcQueueLength: small,
      bcLimit: small,
    },
    maybe,
  ),
);
const ipvlan = fc.record(
  {
    kind: fc.constantFrom('ipvlan' as const, 'ipvtap' as const),
    mode: fc.constantFrom('l2' as const, 'l3' as const, 'l3s' as const),
    flag: fc.constantFrom('bridge' as const, 'private' as const, 'vepa' as const),
  },
  { requiredKeys: ['kind'] },
);
const options = fc.oneof(
  macvlan,
  ipvlan,
  fc.record(
    {
      kind: fc.constant('bridge' as const),
      stp: bool,
      vlanFiltering: bool,
      forwardDelay: small,
      vlanDefaultPvid: small,
    },
    { requiredKeys: ['kind'] },
  ),
  fc.record(
    {
      kind: fc.constant('vlan' as const),
      vid: small,
      protocol: fc.constantFrom('802.1Q' as const, '802.1ad' as const),
    },
    { requiredKeys: ['kind'] },
  ),
  fc.record({
    kind: fc.constant('veth' as const),
    peer: fc.tuple(attributes, fc.record({ name: deviceName }, maybe)).map(([a, b]) => ({ ...a, ...b })),
  }),
  fc.record({ kind: fc.constant('dummy' as const) }),
);
const port = sparse(
  fc.record(
    {
      state: fc.constantFrom('disabled' as const, 'forwarding' as const, 'blocking' as const),
      hairpin: bool,
      isolated: bool,
      locked: bool,
      mab: bool,
      cost: small,
      priority: small,
    },
    maybe,
  ),
);
const changes = fc
  .tuple(
    attributes,
    sparse(
      fc.record(
        {
          name: deviceName,
          promisc: bool,
          allmulti: bool,
          multicast: bool,
          carrier: bool,
          nomaster: bool,
          kind: options,
          port,
        },
        maybe,
      ),
    ),
    bool,
  )
  .map(([a, b, plain]) => (plain ? { up: true } : { ...a, ...b }));
const wildRoute = fc.record(
  {
    type: fc.constantFrom(
      'unicast' as const,
      'local' as const,
      'blackhole' as const,
      'broadcast' as const,
      'throw' as const,
    ),
    destination: anyCidr,
    table: fc.constantFrom('main' as const, 'local' as const, 254, 10),
    device: deviceName,
    via: anyIp,
    source: anyIp,
    metric: small,
    scope: fc.constantFrom('global' as const, 'link' as const, 'host' as const, 255, 100),
    onlink: bool,
  },
  { requiredKeys: ['destination'] },
);
const tameRoute = fc.record(
  {
    destination: fc.constantFrom(...['10.5.0.0/24', '10.6.0.0/24', '0.0.0.0/0', '::/0', '2001:db8:5::/64'].map(cidr)),
    device: fc.constantFrom('eth0', 'eth1', 'a', 'b'),
    via: fc.constantFrom(...['10.0.0.9', '10.1.0.9', 'fe80::9'].map(ip)),
    metric: fc.constantFrom(0, 5),
    source: fc.constantFrom(...['10.0.0.1', '2001:db8::1'].map(ip)),
  },
  { requiredKeys: ['destination', 'device'] },
);
const route = fc.oneof({ weight: 3, arbitrary: tameRoute }, { weight: 1, arbitrary: wildRoute });
const device = deviceName;
const nicName = fc.record({
  machine: machineName.map((name) => name as MachineName),
  name: fc.constantFrom('eth0', 'eth1', 'a'),
});
const sysctlKey = fc.constantFrom(
  'net.ipv4.ip_forward',
  'net.ipv4.conf.all.rp_filter',
  'net.ipv4.conf.default.rp_filter',
  'net/ipv4/conf/eth0/promote_secondaries',
  'net.ipv4.conf.a.proxy_arp',
  'net.ipv4.neigh.default.retrans_time_ms',
  'net.ipv4.neigh.eth0.ucast_solicit',
  'net.ipv6.conf.all.disable_ipv6',
  'net.ipv6.conf.a.disable_ipv6',
  'net.ipv4.ping_group_range',
  'net.ipv4.nonsense',
  'net.ipv4.conf.__proto__.rp_filter',
  '',
);

type Bodies = { readonly [Name in OperationName]: fc.Arbitrary<Omit<OperationOf<Name>, 'op'>> };
const bodies: Bodies = {
  'machine.add': fc.record({
    machine: machineName.map((name) => name as MachineName),
    role: fc.constant('host' as const),
    ipv6: bool,
  }),
  'nic.add': fc.record({ at, name: deviceName, mac: anyMac, mtu: anyMtu }, { requiredKeys: ['at', 'name'] }),
  'cable.add': fc.record({ ends: fc.tuple(nicName, nicName) }),
  'cable.del': fc.record({ end: nicName }),
  'netns.add': fc.record({ at, name: fc.oneof(netnsName, fc.constantFrom('', '/', '..')) }),
  'netns.id': fc.record({ at, name: netnsName, id: small }, { requiredKeys: ['at', 'name'] }),
  'netns.del': fc.record({ at, name: fc.oneof(netnsName, fc.constant('/')) }),
  'link.add': fc.record(
    {
      at: home,
      name: oftenOf('c', 'mv%d', 'd%d', 'br1'),
      link: fc.constantFrom('eth0', 'eth1', 'br0', 'a', 'b', 'c'),
      options,
      attributes,
    },
    { requiredKeys: ['at', 'options', 'link', 'attributes'] },
  ),
  'link.set': fc.record({ at: home, device, changes }),
  'link.del': fc.record({ at: home, device }),
  'addr.add': fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        at: home,
        device: holder,
        address: tameCidr,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        {
          at,
          device,
          address: anyCidr,
          peer: anyCidr,
          broadcast: anyIp,
          scope: fc.constantFrom('link' as const, 'host' as const, 77),
          label: deviceName,
          noprefixroute: bool,
          metric: small,
          replace: bool,
        },
        { requiredKeys: ['at', 'device', 'address'] },
      ),
    },
  ),
  'addr.del': fc.record(
    { at: home, device: holder, address: fc.oneof(tameCidr, tameCidr, anyCidr), peer: anyIp },
    { requiredKeys: ['at', 'device', 'address'] },
  ),
  'route.add': fc.record({
    at: home,
    how: fc.constantFrom('add' as const, 'append' as const, 'prepend' as const, 'replace' as const, 'change' as const),
    route,
  }),
  'route.del': fc.record({ at: home, route }),
  'neigh.add': fc.record(
    {
      at: home,
      how: fc.constantFrom('add' as const, 'replace' as const, 'change' as const),
      device: holder,
      ip: fc.constantFrom(...['10.0.0.9', '10.0.0.8', '2001:db8::9'].map(ip)),
      mac: anyMac,
      state: fc.constantFrom('permanent' as const, 'noarp' as const, 'stale' as const),
    },
    { requiredKeys: ['at', 'how', 'device', 'ip', 'state'] },
  ),
  'neigh.del': fc.record({
    at: home,
    device: holder,
    ip: fc.constantFrom(...['10.0.0.9', '10.0.0.8', '2001:db8::9'].map(ip)),
  }),
  'proxy.add': fc.record({
    at: home,
    device: holder,
    ip: fc.constantFrom(...['10.0.0.9', '10.0.0.8', '2001:db8::9'].map(ip)),
  }),
  'proxy.del': fc.record({
    at: home,
    device: holder,
    ip: fc.constantFrom(...['10.0.0.9', '10.0.0.8', '2001:db8::9'].map(ip)),
  }),
  'port.set': fc.record({ at: home, device: portName, changes: port }),
  'fdb.add': fc.record(
    {
      at: home,
      device: portName,
      mac: anyMac,
      how: fc.constantFrom('add' as const, 'append' as const, 'replace' as const),
      vlan: small,
      state: fc.constantFrom('permanent' as const, 'static' as const, 'dynamic' as const),
      sticky: bool,
      target: fc.constantFrom('master' as const, 'self' as const),
    },
    { requiredKeys: ['at', 'device', 'mac', 'how', 'state', 'target'] },
  ),
  'fdb.del': fc.record(
    {
      at: home,
      device: portName,
      mac: anyMac,
      vlan: small,
      target: fc.constantFrom('master' as const, 'self' as const),
    },
    { requiredKeys: ['at', 'device', 'mac', 'target'] },
  ),
  'vlan.add': fc.record(
    { at: home, device: portName, vid: small, to: small, pvid: bool, untagged: bool, self: bool },
    { requiredKeys: ['at', 'device', 'vid'] },
  ),
  'vlan.del': fc.record(
    { at: home, device: portName, vid: small, to: small, self: bool },
    { requiredKeys: ['at', 'device', 'vid'] },
  ),
  'sysctl.set': fc.record({
    at: home,
    key: sysctlKey,
    value: fc.constantFrom('0', '1', '2', '-1', 'x', '', '0 100', '99999999999'),
  }),
};

const WEIGHTS: Readonly<Partial<Record<OperationName, number>>> = {
  'link.add': 10,
  'link.set': 12,
  'addr.add': 6,
  'addr.del': 2,
  'route.add': 5,
  'route.del': 3,
  'port.set': 2,
  'fdb.add': 3,
  'vlan.add': 2,
  'sysctl.set': 3,
};

/** Any operation at all, with a leaning to those that build something. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  ...(Object.keys(bodies) as OperationName[]).map((op) => ({
    weight: WEIGHTS[op] ?? 1,
    arbitrary: (bodies[op] as fc.Arbitrary<object>).map((body) => ({ op, ...body }) as Operation),
  })),
);

const place = { machine: 'host' as MachineName, namespace: '/' as NamespaceName };
const far = { ...place, machine: 'far' as MachineName };
const nic = (where: typeof place, name: string): Operation => ({ op: 'nic.add', at: where, name });
/** Something to begin with: two machines and a cable, cards, a bridge, a pair, namespaces. */
export const beginning: readonly Operation[] = [
  nic(place, 'eth0'),
  nic(place, 'eth1'),
  nic(far, 'eth0'),
  {
    op: 'cable.add',
    ends: [
      { machine: place.machine, name: 'eth0' },
      { machine: far.machine, name: 'eth0' },
    ],
  },
  { op: 'netns.add', at: place, name: 'n1' },
  { op: 'netns.add', at: place, name: 'n2' },
  { op: 'link.add', at: place, name: 'br0', options: { kind: 'bridge' } },
  { op: 'link.add', at: place, name: 'a', options: { kind: 'veth', peer: { name: 'b' } } },
  { op: 'link.set', at: place, device: 'b', changes: { master: 'br0' } },
  ...['eth0', 'eth1', 'br0', 'a', 'b'].map(
    (device): Operation => ({ op: 'link.set', at: place, device, changes: { up: true } }),
  ),
];
