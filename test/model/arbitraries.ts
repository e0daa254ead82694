import fc from 'fast-check';
import type { Operation, OperationName, OperationOf } from '../../src/model/operation.ts';
import type { MachineName } from '../../src/model/network.ts';
import type { NamespaceName } from '../../src/model/device.ts';
import { cidr, ip, mac } from './helpers.ts';

/** Few names, so that operations meet; among them some that are never there and some that no kernel takes. */
const DEVICES = ['lo', 'eth0', 'eth1', 'br0', 'br1', 'a', 'b', 'c', 'mv%d'];
const deviceName = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...DEVICES) },
  { weight: 1, arbitrary: fc.constantFrom('', '.', '..', 'a/b', 'a b', 'x%d%d', 'averyveryverylongname', '__proto__', 'constructor') },
);
const netnsName = fc.constantFrom('n1', 'n2', 'gone', '__proto__');
const machineName = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('host', 'far') },
  { weight: 1, arbitrary: fc.constantFrom('nowhere', 'toString') },
);
const at = fc.record({
  machine: machineName.map((name) => name as MachineName),
  namespace: fc
    .oneof({ weight: 6, arbitrary: fc.constant('/') }, { weight: 4, arbitrary: netnsName })
    .map((name) => name as NamespaceName),
});
const anyMac = fc.constantFrom(
  ...['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:03', '01:00:00:00:00:01', '00:00:00:00:00:00'].map(mac),
);
const anyMtu = fc.constantFrom(0, -1, 67, 68, 1280, 1400, 1500, 9000, 65536, 2 ** 31, Number.NaN);
const anyIp = fc.constantFrom(
  ...['10.0.0.1', '10.0.0.2', '10.1.0.1', '0.0.0.0', '127.0.0.1', '255.255.255.255', '224.0.0.1', '2001:db8::1', 'fe80::1', '::', 'ff02::1'].map(ip),
);
const anyCidr = fc.oneof(
  fc.constantFrom(...['10.0.0.1/24', '10.0.0.2/24', '10.0.0.1/16', '10.1.0.1/24', '10.0.0.0/24', '0.0.0.0/0', '10.9.0.1/32', '2001:db8::1/64', 'fe80::5/64', '::/0'].map(cidr)),
  fc.record({ address: anyIp, length: fc.constantFrom(0, 24, 31, 32, 33, 64, 128, -1, 1.5) }),
);
const bool = fc.boolean();
const maybe = { requiredKeys: [] as [] };
const small = fc.constantFrom(-1, 0, 1, 2, 5, 100, 4094, 4095, 70000);

const attributes = fc.record(
  { mac: anyMac, mtu: anyMtu, up: bool, noarp: bool, group: small, ifindex: fc.integer({ min: -1, max: 12 }), netns: netnsName, master: deviceName, txQueueLength: small, alias: fc.constantFrom('', 'x') },
  maybe,
);
const macvlan = fc.record(
  {
    kind: fc.constantFrom('macvlan' as const, 'macvtap' as const),
    mode: fc.constantFrom('private' as const, 'vepa' as const, 'bridge' as const, 'passthru' as const, 'source' as const),
    flags: fc.record({ nopromisc: bool, nodst: bool }),
    sources: fc.oneof(
      fc.record({ change: fc.constantFrom('add' as const, 'del' as const), mac: anyMac }),
      fc.record({ change: fc.constant('set' as const), macs: fc.array(anyMac, { maxLength: 3 }) }),
      fc.record({ change: fc.constant('flush' as const) }),
    ),
    bcQueueLength: small,
    bcLimit: small,
  },
  { requiredKeys: ['kind'] },
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
  fc.record({ kind: fc.constant('bridge' as const), stp: bool, vlanFiltering: bool, forwardDelay: small, vlanDefaultPvid: small }, { requiredKeys: ['kind'] }),
  fc.record({ kind: fc.constant('vlan' as const), vid: small, protocol: fc.constantFrom('802.1Q' as const, '802.1ad' as const) }, { requiredKeys: ['kind'] }),
  fc.record({ kind: fc.constant('veth' as const), peer: fc.tuple(attributes, fc.record({ name: deviceName }, maybe)).map(([a, b]) => ({ ...a, ...b })) }),
  fc.record({ kind: fc.constant('dummy' as const) }),
);
const port = fc.record(
  { state: fc.constantFrom('disabled' as const, 'forwarding' as const, 'blocking' as const), hairpin: bool, isolated: bool, locked: bool, mab: bool, cost: small, priority: small },
  maybe,
);
const changes = fc
  .tuple(
    attributes,
    fc.record({ name: deviceName, promisc: bool, allmulti: bool, multicast: bool, nomaster: bool, kind: options, port }, maybe),
    bool,
  )
  .map(([a, b, plain]) => (plain ? { up: a.up ?? true } : { ...a, ...b }));
const route = fc.record(
  {
    type: fc.constantFrom('unicast' as const, 'local' as const, 'blackhole' as const, 'broadcast' as const, 'throw' as const),
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
const device = deviceName;
const nicName = fc.record({ machine: machineName.map((name) => name as MachineName), name: fc.constantFrom('eth0', 'eth1', 'a') });
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
  'machine.add': fc.record({ machine: machineName.map((name) => name as MachineName), role: fc.constant('host' as const), ipv6: bool }),
  'nic.add': fc.record({ at, name: deviceName, mac: anyMac, mtu: anyMtu }, { requiredKeys: ['at', 'name'] }),
  'cable.add': fc.record({ ends: fc.tuple(nicName, nicName) }),
  'cable.del': fc.record({ end: nicName }),
  'netns.add': fc.record({ at, name: fc.oneof(netnsName, fc.constantFrom('', '/', '..')) }),
  'netns.del': fc.record({ at, name: fc.oneof(netnsName, fc.constant('/')) }),
  'link.add': fc.record({ at, name: deviceName, link: deviceName, options, attributes }, { requiredKeys: ['at', 'options'] }),
  'link.set': fc.record({ at, device, changes }),
  'link.del': fc.record({ at, device }),
  'addr.add': fc.record(
    { at, device, address: anyCidr, peer: anyCidr, broadcast: anyIp, scope: fc.constantFrom('link' as const, 'host' as const, 77), label: deviceName, noprefixroute: bool, metric: small, replace: bool },
    { requiredKeys: ['at', 'device', 'address'] },
  ),
  'addr.del': fc.record({ at, device, address: anyCidr, peer: anyIp }, { requiredKeys: ['at', 'device', 'address'] }),
  'route.add': fc.record({ at, how: fc.constantFrom('add' as const, 'append' as const, 'prepend' as const, 'replace' as const, 'change' as const), route }),
  'route.del': fc.record({ at, route }),
  'neigh.add': fc.record(
    { at, how: fc.constantFrom('add' as const, 'replace' as const, 'change' as const), device, ip: anyIp, mac: anyMac, state: fc.constantFrom('permanent' as const, 'noarp' as const, 'stale' as const) },
    { requiredKeys: ['at', 'how', 'device', 'ip', 'state'] },
  ),
  'neigh.del': fc.record({ at, device, ip: anyIp }),
  'proxy.add': fc.record({ at, device, ip: anyIp }),
  'proxy.del': fc.record({ at, device, ip: anyIp }),
  'port.set': fc.record({ at, device, changes: port }),
  'fdb.add': fc.record(
    { at, device, mac: anyMac, how: fc.constantFrom('add' as const, 'append' as const, 'replace' as const), vlan: small, state: fc.constantFrom('permanent' as const, 'static' as const, 'dynamic' as const), sticky: bool, target: fc.constantFrom('master' as const, 'self' as const) },
    { requiredKeys: ['at', 'device', 'mac', 'how', 'state', 'target'] },
  ),
  'fdb.del': fc.record({ at, device, mac: anyMac, vlan: small, target: fc.constantFrom('master' as const, 'self' as const) }, { requiredKeys: ['at', 'device', 'mac', 'target'] }),
  'vlan.add': fc.record({ at, device, vid: small, to: small, pvid: bool, untagged: bool, self: bool }, { requiredKeys: ['at', 'device', 'vid'] }),
  'vlan.del': fc.record({ at, device, vid: small, to: small, self: bool }, { requiredKeys: ['at', 'device', 'vid'] }),
  'sysctl.set': fc.record({ at, key: sysctlKey, value: fc.constantFrom('0', '1', '2', '-1', 'x', '', '0 100', '99999999999') }),
};

const WEIGHTS: Readonly<Partial<Record<OperationName, number>>> = { 'link.add': 8, 'link.set': 12, 'addr.add': 5, 'route.add': 3, 'netns.add': 3, 'nic.add': 2 };

/** Any operation at all, with a leaning to those that build something. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  ...(Object.keys(bodies) as OperationName[]).map((op) => ({
    weight: WEIGHTS[op] ?? 1,
    arbitrary: (bodies[op] as fc.Arbitrary<object>).map((body) => ({ op, ...body }) as Operation),
  })),
);
