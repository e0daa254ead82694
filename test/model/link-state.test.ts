import { describe, expect, test } from 'vitest';
import { apply } from '../../src/model/apply.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import { findDevice, linkOf, placeName } from '../../src/model/find.ts';
import { allMulticast, flags, operState, portState, promiscuity } from '../../src/model/link-state.ts';
import type { MachineName, Network } from '../../src/model/network.ts';
import { effective } from '../../src/model/settings.ts';
import { readSysctl } from '../../src/model/sysctl-keys.ts';
import { add, addr, at, built, del, device, down, HOST, mac, netns, pair, set, sysctl, up } from './helpers.ts';

const shown = (network: Network, name: string, namespace?: string): string => {
  const one = device(network, name, namespace);
  return `${flags(network, HOST, one).join(',')} ${operState(network, HOST, one)}`;
};
const machine = (network: Network) => network.machines[HOST]!;
const macvlan = add('mv', { kind: 'macvlan', mode: 'bridge' }, { link: 'eth0' });
const bridge = add('br0', { kind: 'bridge' });

describe('links', () => {
  test('a veth has carrier while both ends are up, and its children with it', () => {
    const before = built([pair[0]!, macvlan, up('mv')]);
    expect(shown(before, 'eth0')).toBe('BROADCAST,MULTICAST,M-DOWN DOWN');
    expect(shown(before, 'mv')).toBe('NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN LOWERLAYERDOWN');
    const half = built([up('eth0')], before);
    expect(shown(half, 'eth0')).toBe('NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN LOWERLAYERDOWN');
    expect(shown(built([up('p0')], half), 'mv')).toBe('BROADCAST,MULTICAST,UP,LOWER_UP UP');
  });

  test.each([
    ['6.1', 'BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN UNKNOWN'],
    ['6.18', 'NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN LOWERLAYERDOWN'],
  ] as const)('in Linux %s an ipvlan child of a parent that went down shows %s', (kernel, words) => {
    const iv = add('iv', { kind: 'ipvlan', mode: 'l2' }, { link: 'eth0' });
    expect(shown(built([...pair, iv, up('iv'), down('eth0')], emptyNetwork({ kernel })), 'iv')).toBe(words);
  });

  test('a bridge has carrier of its own until its first port joins, then by a port that forwards', () => {
    const alone = built([...pair, bridge, up('br0')]);
    expect(shown(alone, 'br0')).toBe('BROADCAST,MULTICAST,UP,LOWER_UP UNKNOWN');
    const joined = built([set('eth0', { master: 'br0' })], alone);
    expect(shown(joined, 'br0')).toBe('BROADCAST,MULTICAST,UP,LOWER_UP UP');
    expect(portState(joined, HOST, device(joined, 'eth0'))).toBe('forwarding');
    expect(shown(built([down('p0')], joined), 'br0')).toBe('NO-CARRIER,BROADCAST,MULTICAST,UP DOWN');
  });

  test('a card has a link by a cable to one that is up', () => {
    const far = { machine: 'far' as MachineName, namespace: at().namespace };
    const network = built([
      { op: 'machine.add', machine: far.machine, role: 'switch', ipv6: false },
      { op: 'nic.add', at: at(), name: 'eth0' },
      { op: 'nic.add', at: far, name: 'p1' },
      {
        op: 'cable.add',
        ends: [
          { machine: HOST, name: 'eth0' },
          { machine: far.machine, name: 'p1' },
        ],
      },
      up('eth0'),
    ]);
    expect(shown(network, 'eth0')).toBe('NO-CARRIER,BROADCAST,MULTICAST,UP DOWN');
    const linked = built([{ op: 'link.set', at: far, device: 'p1', changes: { up: true } }], network);
    expect(shown(linked, 'eth0')).toBe('BROADCAST,MULTICAST,UP,LOWER_UP UP');
    expect(placeName(linked, far)).toBe('far');
  });

  test('VLANs go up and down with their parent', () => {
    const network = built([...pair, add('v5', { kind: 'vlan', vid: 5 }, { link: 'eth0' }), down('eth0')]);
    expect(device(built([up('eth0')], network), 'v5').up).toBe(true);
    expect(device(built([up('eth0'), down('eth0')], network), 'v5').up).toBe(false);
  });

  test('ports, passthru children and a macvlan on a bridge make promiscuous', () => {
    const network = built([
      ...pair,
      bridge,
      set('eth0', { master: 'br0' }),
      add('mv', { kind: 'macvlan' }, { link: 'br0' }),
    ]);
    expect(promiscuity(network, HOST, device(network, 'eth0'))).toBe(1);
    expect(allMulticast(network, HOST, device(network, 'eth0'))).toBe(1);
    expect(promiscuity(network, HOST, device(network, 'br0'))).toBe(1);
    const passthru = built([...pair, add('mvp', { kind: 'macvlan', mode: 'passthru' }, { link: 'eth0' }), up('mvp')]);
    expect(promiscuity(passthru, HOST, device(passthru, 'eth0'))).toBe(1);
  });
});

describe('what devices take from each other', () => {
  test('a bridge has the lowest address and the smallest MTU of its ports, unless it was told', () => {
    const ports = [...pair, bridge, set('p0', { master: 'br0' }), set('eth0', { master: 'br0' })];
    const network = built([...ports, set('p0', { mtu: 1400 })]);
    expect(device(network, 'br0')).toMatchObject({ mac: '02:00:00:00:00:01', mtu: 1400 });
    expect(device(built([set('eth0', { nomaster: true })], network), 'br0').mac).toBe('02:00:00:00:00:02');
    const told = built([set('br0', { mtu: 1300, mac: mac('02:00:00:00:00:99') }), set('p0', { mtu: 1450 })], network);
    expect(device(told, 'br0')).toMatchObject({ mac: '02:00:00:00:00:99', mtu: 1300 });
  });

  test('a smaller parent makes macvlan children smaller, a larger one does not make them larger; ipvlan follows both ways', () => {
    const small = built([...pair, macvlan, set('eth0', { mtu: 1400 }), set('eth0', { mtu: 1600 })]);
    expect(device(small, 'mv').mtu).toBe(1400);
    const iv = built([...pair, add('iv', { kind: 'ipvlan' }, { link: 'eth0' }), set('eth0', { mtu: 1600 })]);
    expect(device(iv, 'iv').mtu).toBe(1600);
  });

  test('children go with their parent, wherever they are, and a veth with its peer', () => {
    const network = built([...pair, netns('n'), macvlan, set('mv', { netns: 'n' })]);
    expect(device(network, 'mv', 'n').up).toBe(false);
    const gone = built([del('p0')], network);
    expect(findDevice(gone, at('n'), 'mv').ok).toBe(false);
    expect(findDevice(gone, at(), 'eth0').ok).toBe(false);
  });

  test('a namespace that goes gives back cards and takes the rest along', () => {
    const network = built([
      { op: 'nic.add', at: at(), name: 'eth0' },
      netns('n'),
      set('eth0', { netns: 'n' }),
      add('d', { kind: 'dummy' }, { in: 'n' }),
      { op: 'netns.del', at: at(), name: 'n' },
    ]);
    expect(Object.values(machine(network).devices).map((one) => one.name)).toEqual(['lo', 'eth0']);
  });

  test('a link in another namespace has a number there', () => {
    const network = built([...pair, netns('n'), macvlan, set('mv', { netns: 'n' })]);
    const link = linkOf(machine(network), device(network, 'mv', 'n'));
    expect(link).toMatchObject({ where: 'elsewhere', nsid: 0, device: { name: 'eth0' } });
    expect(machine(network).namespaces[0]?.nsids).toEqual([{ namespace: 'n', id: 0 }]);
  });
});

describe('settings', () => {
  const read = (network: Network, key: string): unknown => {
    const found = readSysctl(network, at(), key);
    return found.ok ? found.value : found.error;
  };

  test('ip_forward is written to all devices and to those to come', () => {
    const network = built([...pair, sysctl('net.ipv4.ip_forward', '1'), add('d', { kind: 'dummy' })]);
    for (const who of ['all', 'default', 'eth0', 'lo', 'd'])
      expect(read(network, `net.ipv4.conf.${who}.forwarding`)).toBe('1');
    expect(read(network, 'net.ipv4.conf.all.accept_redirects')).toBe('0');
  });

  test('`all` and the device are combined key by key', () => {
    const network = built([
      ...pair,
      sysctl('net.ipv4.conf.all.rp_filter', '1'),
      sysctl('net.ipv4.conf.eth0.rp_filter', '2'),
    ]);
    expect(effective(network, HOST, device(network, 'eth0'), 'rp_filter')).toBe(2);
    expect(effective(network, HOST, device(network, 'p0'), 'rp_filter')).toBe(1);
    expect(effective(network, HOST, device(network, 'p0'), 'forwarding')).toBe(0);
  });

  test('a dot in a device name is a slash, or the separators are', () => {
    const network = built([
      ...pair,
      add('eth0.5', { kind: 'vlan', vid: 5 }, { link: 'eth0' }),
      sysctl('net.ipv4.conf.eth0/5.proxy_arp', '1'),
    ]);
    expect(read(network, 'net/ipv4/conf/eth0.5/proxy_arp')).toBe('1');
    expect(read(network, 'net.ipv4.conf.eth0.5.proxy_arp')).toMatchObject({ errno: 'ENOENT' });
  });

  test('a new default reaches devices that have no address yet', () => {
    const network = built([...pair, addr('10.0.0.1/24', 'eth0'), sysctl('net.ipv4.conf.default.rp_filter', '1')]);
    expect(read(network, 'net.ipv4.conf.eth0.rp_filter')).toBe('0');
    expect(read(network, 'net.ipv4.conf.p0.rp_filter')).toBe('1');
  });

  test('neighbour timing is set by device, and its default holds for new ones in every namespace', () => {
    const network = built([
      sysctl('net.ipv4.neigh.default.retrans_time_ms', '100'),
      netns('n'),
      add('d', { kind: 'dummy' }, { in: 'n' }),
    ]);
    expect(device(network, 'd', 'n').neigh4).toEqual({ retrans_time_ms: 100 });
    expect(read(network, 'net.ipv4.neigh.lo.retrans_time_ms')).toBe('1000');
  });
});

describe('what a device remembers', () => {
  const dummy = add('d0', { kind: 'dummy' });
  const ipvlan = add('iv', { kind: 'ipvlan', mode: 'l2' }, { link: 'd0' });

  test('a state that nobody was told of is UNKNOWN until carrier first changes, on ipvlan as on dummy', () => {
    const start = built([dummy, up('d0'), ipvlan, up('iv')]);
    expect(shown(start, 'iv')).toBe('BROADCAST,MULTICAST,UP,LOWER_UP UNKNOWN');
    const lost = built([set('d0', { carrier: false })], start);
    expect(shown(lost, 'd0')).toBe('NO-CARRIER,BROADCAST,NOARP,UP DOWN');
    expect(shown(lost, 'iv')).toBe('NO-CARRIER,BROADCAST,MULTICAST,UP LOWERLAYERDOWN');
    const back = built([set('d0', { carrier: true })], lost);
    expect(shown(back, 'd0')).toBe('BROADCAST,NOARP,UP,LOWER_UP UP');
    expect(shown(back, 'iv')).toBe('BROADCAST,MULTICAST,UP,LOWER_UP UP');
  });

  test('a bridge that is given an address counts its ports, and has no carrier without any', () => {
    const named = { attributes: { mac: mac('02:00:00:00:00:10') } };
    expect(shown(built([add('br0', { kind: 'bridge' }, named), up('br0')]), 'br0')).toMatch(/^NO-CARRIER.* DOWN$/);
  });

  test('carrier goes over a cable and on to the children at its other end', () => {
    const far = { machine: 'far' as MachineName, namespace: at().namespace };
    const ends = [
      { machine: HOST, name: 'eth0' },
      { machine: far.machine, name: 'eth0' },
    ] as const;
    const network = built([
      { op: 'machine.add', machine: far.machine, role: 'host', ipv6: false },
      { op: 'nic.add', at: far, name: 'eth0' },
      { op: 'nic.add', at: at(), name: 'eth0' },
      macvlan,
      up('eth0'),
      up('mv'),
      { op: 'cable.add', ends },
    ]);
    expect(shown(network, 'mv')).toMatch(/ LOWERLAYERDOWN$/);
    const lit = built([{ op: 'link.set', at: far, device: 'eth0', changes: { up: true } }], network);
    expect(shown(lit, 'mv')).toMatch(/ UP$/);
    expect(shown(built([{ op: 'cable.del', end: ends[1] }], lit), 'mv')).toMatch(/ LOWERLAYERDOWN$/);
  });

  test('namespaces stand in the order in which they were made, whatever their names', () => {
    const names = machine(built([netns('b'), netns('10'), netns('2')])).namespaces.map(({ name }) => name);
    expect(names).toEqual(['/', 'b', '10', '2']);
  });

  test('a number that a refused device had is not given out again', () => {
    const { network, refusal } = apply(built([dummy]), add('x', { kind: 'veth', peer: { name: 'x' } }));
    expect(refusal).toMatchObject({ errno: 'EEXIST' });
    expect(device(built([add('y', { kind: 'dummy' })], network), 'y').ifindex).toBe(4);
  });
});
