import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandOf } from '../../src/formats/script/command.ts';
import { printScript } from '../../src/formats/script/print.ts';
import { shellWord } from '../../src/formats/script/shell-word.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import type { Network } from '../../src/model/network.ts';
import type { Operation } from '../../src/model/operation.ts';
import { runLab } from '../../src/shell/lab.ts';
import { emptyFor, operationsIn, scenarios } from '../arbitraries/scenario.ts';
import { add, addr, at, cidr, HOST, ip, mac, netns, route, set, sysctl, up } from '../model/helpers.ts';
import { modelIn } from '../models/run-model.ts';
import { after } from './networks.ts';
import { comparable } from './same-network.ts';

const COMMANDS: readonly (readonly [string, Operation])[] = [
  ['ip netns add c1', netns('c1')],
  [
    'ip link add link eth0 name mv1 address 02:00:00:00:00:01 netns c1 up type macvlan mode bridge',
    add(
      'mv1',
      { kind: 'macvlan', mode: 'bridge' },
      { link: 'eth0', attributes: { mac: mac('02:00:00:00:00:01'), netns: 'c1', up: true } },
    ),
  ],
  [
    'ip link add link eth0 name mv1 type macvlan mode source macaddr set 02:00:00:00:00:01 02:00:00:00:00:02',
    add(
      'mv1',
      {
        kind: 'macvlan',
        mode: 'source',
        sources: { change: 'set', macs: [mac('02:00:00:00:00:01'), mac('02:00:00:00:00:02')] },
      },
      { link: 'eth0' },
    ),
  ],
  [
    'ip link add link eth0 name iv1 type ipvlan mode l3 private',
    add('iv1', { kind: 'ipvlan', mode: 'l3', flag: 'private' }, { link: 'eth0' }),
  ],
  ['ip link add name a type veth peer name b netns c1', add('a', { kind: 'veth', peer: { name: 'b', netns: 'c1' } })],
  [
    'ip link add name br0 type bridge ageing_time 1000 vlan_filtering 1',
    add('br0', { kind: 'bridge', ageingTime: 10, vlanFiltering: true }),
  ],
  ['ip link add link eth0 name eth0.5 type vlan id 5', add('eth0.5', { kind: 'vlan', vid: 5 }, { link: 'eth0' })],
  ['ip -n c1 link set dev eth0 up', up('eth0', 'c1')],
  ["ip link set dev eth0 alias 'it'\\''s here'", set('eth0', { alias: "it's here" })],
  [
    'ip link set dev p0 type bridge_slave state 2 hairpin on proxy_arp off',
    set('p0', { port: { state: 'learning', hairpin: true, proxyArp: false } }),
  ],
  [
    'bridge link set dev p0 state learning mcast_flood off',
    { op: 'port.set', at: at(), device: 'p0', changes: { state: 'learning', mcastFlood: false } },
  ],
  ['ip addr add 10.0.0.1/24 dev eth0', addr('10.0.0.1/24', 'eth0')],
  ['ip route add default via 10.0.0.254', route({ destination: cidr('0.0.0.0/0'), via: ip('10.0.0.254') })],
  [
    'ip route append blackhole 10.9.0.0/16 metric 5',
    route({ type: 'blackhole', destination: cidr('10.9.0.0/16'), metric: 5 }, 'append'),
  ],
  [
    'ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev eth0',
    {
      op: 'neigh.add',
      at: at(),
      how: 'add',
      device: 'eth0',
      ip: ip('10.0.0.2'),
      mac: mac('02:00:00:00:00:02'),
      state: 'permanent',
    },
  ],
  [
    'bridge -n c1 fdb replace 02:00:00:00:00:02 dev p0 vlan 5 master static sticky',
    {
      op: 'fdb.add',
      at: at('c1'),
      how: 'replace',
      device: 'p0',
      mac: mac('02:00:00:00:00:02'),
      vlan: 5,
      target: 'master',
      state: 'static',
      sticky: true,
    },
  ],
  [
    'bridge vlan add dev br0 vid 2-4 self untagged',
    { op: 'vlan.add', at: at(), device: 'br0', vid: 2, to: 4, untagged: true, self: true },
  ],
  ['ip netns exec c1 sysctl -w net.ipv4.ip_forward=1', sysctl('net.ipv4.ip_forward', '1', 'c1')],
  ["sysctl -w 'net.ipv4.ping_group_range=0 100'", sysctl('net.ipv4.ping_group_range', '0 100')],
  [
    '# cable host/eth0 far/eth0',
    {
      op: 'cable.add',
      ends: [
        { machine: HOST, name: 'eth0' },
        { machine: 'far' as typeof HOST, name: 'eth0' },
      ],
    },
  ],
];

describe('the command of an operation', () => {
  test.each(COMMANDS)('is %s', (command, operation) => {
    expect(commandOf(operation)).toBe(command);
  });
});

describe('a word in a script', () => {
  test('has quotes only where a shell needs them', () => {
    expect(['eth0', '10.0.0.1/24', 'a=b', ''].map(shellWord)).toEqual(['eth0', '10.0.0.1/24', 'a=b', "''"]);
    expect(['a b', '$HOME', "it's"].map(shellWord)).toEqual(["'a b'", "'$HOME'", "'it'\\''s'"]);
  });
});

const ran = async (text: string, network: Network): Promise<Network> => {
  const said: string[] = [];
  const { simulation } = await runLab({
    name: 'printed',
    text,
    world: { network, place: at() },
    write: (stream, words) => stream === 'stderr' && said.push(words),
  });
  expect(said).toEqual([]);
  return simulation.network();
};

describe('a printed script', () => {
  test('gives the same network when it is run', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(), async (one) => {
        const network = after(emptyFor(one), operationsIn(one));
        const again = await ran(printScript(network), emptyNetwork({ kernel: one.kernel, ipv6: one.ipv6 }));
        expect(comparable(again)).toEqual(comparable(network));
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  test('reaches other machines by ssh', () => {
    const lines = printScript(modelIn('seed/libvirt.yaml').network).split('\n');
    expect(lines).toContain('ip addr add 192.168.122.240/24 dev enp1s0');
    expect(lines).toContain('ssh hypervisor ip link set dev vnet0 master virbr0');
  });
});
