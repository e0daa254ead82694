import { describe, expect, test } from 'vitest';
import { emptyNetwork } from '../../src/model/empty.ts';
import type { Operation } from '../../src/model/operation.ts';
import {
  add,
  addr,
  answer,
  at,
  built,
  cidr,
  del,
  device,
  down,
  ip,
  mac,
  netns,
  pair,
  route,
  set,
  sysctl,
  up,
} from './helpers.ts';

const macvlan = (name: string, mode: 'private' | 'vepa' | 'bridge' | 'passthru' | 'source' = 'bridge', link = 'eth0') =>
  add(name, { kind: 'macvlan', mode }, { link });
const ipvlan = (name: string, link = 'eth0') => add(name, { kind: 'ipvlan', mode: 'l2', flag: 'bridge' }, { link });
const bridge = add('br0', { kind: 'bridge' });
const join = (port: string, master = 'br0') => set(port, { master });

const EXISTS = 'RTNETLINK answers: File exists';
const INVALID = 'RTNETLINK answers: Invalid argument';
const BUSY = 'RTNETLINK answers: Device or resource busy';
const IN_USE = 'RTNETLINK answers: Address already in use';
const NOT_AVAILABLE = 'RTNETLINK answers: Cannot assign requested address';
const NOT_SUPPORTED = 'RTNETLINK answers: Operation not supported';

type Row = readonly [why: string, before: readonly Operation[], operation: Operation, words: string];
const rows = (title: string, table: readonly Row[]): void => {
  describe(title, () => {
    test.each(table)('%s', (_why, before, operation, words) => {
      expect(answer(built([...pair, ...before]), operation)).toBe(words);
    });
  });
};

rows('macvlan', [
  ['needs a parent', [], add('mv', { kind: 'macvlan' }), INVALID],
  ['needs a parent that is there', [], macvlan('mv', 'bridge', 'nope'), 'Cannot find device "nope"'],
  [
    'has an address that a station can have',
    [],
    add('mv', { kind: 'macvlan' }, { link: 'eth0', attributes: { mac: mac('01:00:00:00:00:01') } }),
    NOT_AVAILABLE,
  ],
  ['has a name of its own', [macvlan('mv')], macvlan('mv'), EXISTS],
  ['has a name that is a name', [], macvlan('a:b'), INVALID],
  [
    'has a name of fifteen letters at most',
    [],
    macvlan('sixteencharsxyzz'),
    'Error: Attribute failed policy validation.',
  ],
  [
    'is not larger than its parent',
    [],
    add('mv', { kind: 'macvlan' }, { link: 'eth0', attributes: { mtu: 9000 } }),
    INVALID,
  ],
  [
    'is not too small',
    [],
    add('mv', { kind: 'macvlan' }, { link: 'eth0', attributes: { mtu: 20 } }),
    'Error: mtu less than device minimum.',
  ],
  ['does not stand on lo', [], macvlan('mv', 'bridge', 'lo'), INVALID],
  ['does not stand on a port', [bridge, join('eth0')], macvlan('mv'), BUSY],
  ['does not stand beside ipvlan', [ipvlan('iv')], macvlan('mv'), BUSY],
  ['does not stand on an ipvlan child', [ipvlan('iv')], macvlan('mv', 'bridge', 'iv'), INVALID],
  ['does not stand beside passthru', [macvlan('mvp', 'passthru')], macvlan('mv'), INVALID],
  ['in mode passthru stands alone', [macvlan('mv')], macvlan('mvp', 'passthru'), INVALID],
  [
    'has a source list only in mode source',
    [],
    add('mv', { kind: 'macvlan', sources: { change: 'add', mac: mac('02:00:00:00:00:55') } }, { link: 'eth0' }),
    INVALID,
  ],
  ['does not become passthru', [macvlan('mv')], set('mv', { kind: { kind: 'macvlan', mode: 'passthru' } }), INVALID],
  ['cannot have the address of its parent', [macvlan('mv')], set('mv', { mac: mac('02:00:00:00:00:01') }), IN_USE],
  [
    'may be made with the address of its parent, but not go up',
    [add('mv', { kind: 'macvlan' }, { link: 'eth0', attributes: { mac: mac('02:00:00:00:00:01') } })],
    up('mv'),
    IN_USE,
  ],
  ['takes no options of ipvlan', [macvlan('mv')], set('mv', { kind: { kind: 'ipvlan', mode: 'l2' } }), NOT_SUPPORTED],
  ['takes a bare type of another kind', [macvlan('mv')], set('mv', { kind: { kind: 'bridge' } }), ''],
]);

rows('ipvlan', [
  ['needs a parent', [], add('iv', { kind: 'ipvlan' }), INVALID],
  ['does not stand beside macvlan', [macvlan('mv')], ipvlan('iv'), BUSY],
  ['stands on a macvlan child', [macvlan('mv')], ipvlan('iv', 'mv'), ''],
  ['has no address of its own', [ipvlan('iv')], set('iv', { mac: mac('02:00:00:00:00:77') }), NOT_SUPPORTED],
  ['is no port', [ipvlan('iv'), bridge], join('iv'), INVALID],
  [
    'carries no VLAN',
    [ipvlan('iv')],
    add('v', { kind: 'vlan', vid: 5 }, { link: 'iv' }),
    'Error: 8021q: VLANs not supported on device.',
  ],
  [
    'shares no IP address with a sibling',
    [ipvlan('iv0'), ipvlan('iv1'), addr('10.0.0.1/24', 'iv0')],
    addr('10.0.0.1/24', 'iv1'),
    'Error: Address already assigned to an ipvlan device.',
  ],
  ['may have the IP address of its parent', [ipvlan('iv'), addr('10.0.0.1/24', 'eth0')], addr('10.0.0.1/24', 'iv'), ''],
]);

rows('bridge', [
  [
    'is no port of a bridge',
    [bridge, add('br1', { kind: 'bridge' })],
    join('br1'),
    'Error: Can not enslave a bridge to a bridge.',
  ],
  ['takes no lo', [bridge], join('lo'), INVALID],
  ['takes no parent of macvlan', [bridge, macvlan('mv')], join('eth0'), BUSY],
  ['takes no child of its own', [bridge, macvlan('mv', 'bridge', 'br0')], join('mv'), BUSY],
  ['is what a master is', [], join('eth0', 'p0'), NOT_SUPPORTED],
  ['must be there', [], join('eth0', 'br9'), 'Error: argument "br9" is wrong: Device does not exist'],
  ['lets go of what it does not have', [], set('eth0', { nomaster: true }), ''],
  [
    'stays in its namespace',
    [netns('n'), bridge],
    set('br0', { netns: 'n' }),
    'Error: The interface netns is immutable.',
  ],
  [
    'without an address does not go up',
    [bridge, join('eth0'), set('eth0', { nomaster: true })],
    up('br0'),
    NOT_AVAILABLE,
  ],
  [
    'has settings for ports only',
    [],
    { op: 'port.set', at: at(), device: 'eth0', changes: { hairpin: true } },
    NOT_SUPPORTED,
  ],
  [
    'has settings for ports that are there',
    [],
    { op: 'port.set', at: at(), device: 'p9', changes: {} },
    'Cannot find bridge device "p9"',
  ],
]);

rows('vlan', [
  ['needs a number', [], add('v', { kind: 'vlan' }, { link: 'eth0' }), 'Error: 8021q: VLAN properties not specified.'],
  [
    'has a number below 4095',
    [],
    add('v', { kind: 'vlan', vid: 4095 }, { link: 'eth0' }),
    'Error: 8021q: Invalid VLAN id.',
  ],
  [
    'has a number of its own',
    [add('v', { kind: 'vlan', vid: 5 }, { link: 'eth0' })],
    add('w', { kind: 'vlan', vid: 5 }, { link: 'eth0' }),
    'Error: 8021q: VLAN device already exists.',
  ],
  ['needs a parent', [], add('v', { kind: 'vlan', vid: 5 }), 'Error: 8021q: link not specified.'],
  [
    'goes up only over a parent that is up',
    [add('v', { kind: 'vlan', vid: 5 }, { link: 'eth0' }), down('eth0')],
    up('v'),
    'RTNETLINK answers: Network is down',
  ],
]);

rows('others', [
  ['a veth end has a name of its own', [], add('v0', { kind: 'veth', peer: { name: 'eth0' } }), EXISTS],
  ['the two ends have different names', [], add('v0', { kind: 'veth', peer: { name: 'v0' } }), EXISTS],
  ['lo is not deleted', [], del('lo'), NOT_SUPPORTED],
  ['a namespace is made once', [netns('n')], netns('n'), 'Cannot create namespace file "/run/netns/n": File exists'],
  [
    'a namespace that is not there is not deleted',
    [],
    { op: 'netns.del', at: at(), name: 'n' },
    'Cannot remove namespace file "/run/netns/n": No such file or directory',
  ],
  [
    'nothing happens in a namespace that is not there',
    [],
    up('lo', 'n'),
    'Cannot open network namespace "n": No such file or directory',
  ],
  [
    'nothing goes to a namespace that is not there',
    [],
    set('eth0', { netns: 'n' }),
    'Error: argument "n" is wrong: Invalid "netns" value',
  ],
  [
    'a key must be there',
    [],
    sysctl('net.ipv4.nosuch', '1'),
    'sysctl: cannot stat /proc/sys/net/ipv4/nosuch: No such file or directory',
  ],
  [
    'a value must be a number',
    [],
    sysctl('net.ipv4.ip_forward', 'abc'),
    'sysctl: setting key "net.ipv4.ip_forward": Invalid argument',
  ],
]);

const via = (gateway: string, more = {}) => route({ destination: cidr('0.0.0.0/0'), via: ip(gateway), ...more });
const own = [addr('10.0.0.1/24', 'eth0')];
rows('a route', [
  ['needs a gateway that is near', own, via('10.9.9.9'), 'Error: Nexthop has invalid gateway.'],
  ['does not go by a broadcast address', own, via('10.0.0.255'), 'Error: Nexthop has invalid gateway.'],
  ['may go by an own address', own, via('10.0.0.1'), ''],
  ['may go by any gateway that is said to be on the link', own, via('10.9.9.9', { device: 'eth0', onlink: true }), ''],
  ['needs a device', own, route({ destination: cidr('10.5.0.0/24') }), 'RTNETLINK answers: No such device'],
  [
    'needs a device that is up',
    [down('eth0')],
    route({ destination: cidr('10.5.0.0/24'), device: 'eth0' }),
    'Error: Device for nexthop is not up.',
  ],
  [
    'has nothing behind its prefix',
    own,
    route({ destination: cidr('10.5.0.1/24'), device: 'eth0' }),
    'Error: Invalid prefix for given prefix length.',
  ],
  [
    'to nowhere has no device',
    own,
    route({ type: 'blackhole', destination: cidr('10.5.0.0/24'), device: 'eth0' }),
    'Error: Gateway, device and multipath can not be specified for this route type.',
  ],
  [
    'prefers an address that is there',
    own,
    route({ destination: cidr('10.5.0.0/24'), device: 'eth0', source: ip('10.0.0.9') }),
    'Error: Invalid prefsrc address.',
  ],
  ['is added once', [...own, via('10.0.0.2')], via('10.0.0.3'), EXISTS],
  [
    'is changed only where there is one',
    own,
    route({ destination: cidr('10.5.0.0/24'), device: 'eth0' }, 'change'),
    'RTNETLINK answers: No such file or directory',
  ],
]);

describe('what the kernel leaves', () => {
  test('a macvlan mode holds although the source list beside it was refused', () => {
    const network = built([...pair, macvlan('mv', 'bridge')]);
    const operation = set('mv', {
      kind: { kind: 'macvlan', mode: 'private', sources: { change: 'add', mac: mac('02:00:00:00:00:55') } },
    });
    expect(answer(network, operation)).toBe(INVALID);
  });

  test('Linux 6.1 renames only what is down, and asks for a name that is free where it is called', () => {
    const old = built([...pair, netns('n'), macvlan('mv')], emptyNetwork({ kernel: '6.1' }));
    expect(answer(old, set('eth0', { name: 'lan' }))).toBe(BUSY);
    expect(answer(old, add('mv', { kind: 'macvlan' }, { link: 'eth0', attributes: { netns: 'n' } }))).toBe(EXISTS);
    const today = built([...pair, netns('n'), macvlan('mv')]);
    expect(answer(today, set('eth0', { name: 'lan' }))).toBe('');
    expect(answer(today, add('mv', { kind: 'macvlan' }, { link: 'eth0', attributes: { netns: 'n' } }))).toBe('');
  });

  test('a passthru child gives its address to the parent, which gets its own back', () => {
    const with_ = built([...pair, macvlan('mvp', 'passthru'), set('mvp', { mac: mac('02:00:00:00:00:44') })]);
    expect(device(with_, 'eth0').mac).toBe('02:00:00:00:00:44');
    expect(device(built([del('mvp')], with_), 'eth0').mac).toBe('02:00:00:00:00:01');
    const meant = built([set('eth0', { mac: mac('02:00:00:00:00:45') })], with_);
    expect(device(meant, 'mvp').mac).toBe('02:00:00:00:00:45');
    expect(device(built([del('mvp')], meant), 'eth0').mac).toBe('02:00:00:00:00:45');
  });

  test('a plain `type ipvlan` turns all siblings to l3', () => {
    const network = built([...pair, ipvlan('iv0'), up('iv0'), add('iv1', { kind: 'ipvlan' }, { link: 'eth0' })]);
    expect(device(network, 'eth0').ipvlanPort).toEqual({ mode: 'l3', flag: 'bridge', nextDevId: 3 });
    expect(device(network, 'iv0').noarp).toBe(true);
  });
});
