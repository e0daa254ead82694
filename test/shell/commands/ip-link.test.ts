import { beforeEach, describe, expect, test } from 'vitest';
import type { Simulation } from '../../../src/engine/simulation.ts';
import { emptyNetwork } from '../../../src/model/empty.ts';
import type { LinkChanges, Operation } from '../../../src/model/operation.ts';
import { commandRunner, HOST, type Runner, splitWords } from '../../helpers/command-runner.ts';
import { stillSimulation } from '../../helpers/still-simulation.ts';

type Lab = { readonly ip: (line: string) => ReturnType<Runner['run']>; readonly operations: Operation[] };

const lab = (): Lab => {
  const still = stillSimulation(emptyNetwork());
  const operations: Operation[] = [];
  const simulation: Simulation = {
    ...still,
    apply: (operation) => {
      operations.push(operation);
      return still.apply(operation);
    },
  };
  const { run } = commandRunner(simulation);
  return { operations, ip: (line) => run(['ip', ...(splitWords(line) ?? [])]) };
};

let ip: Lab['ip'];
let operations: Operation[];
beforeEach(async () => {
  ({ ip, operations } = lab());
  await ip('link add eth0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:02');
  await ip('link add br0 type bridge');
  operations.length = 0;
});

describe('a word may be cut short wherever iproute2 lets it', () => {
  test.each([
    ['li sh dev eth0', 0],
    ['l ls eth0', 0],
    ['l s eth0 mas br0', 0],
    ['l s eth0 nom', 0],
    ['l s eth0 u', 255],
    ['l s eth0 mt 1400', 255],
    ['l s eth0 prom on', 255],
  ])('ip %s answers %i', async (line, exit) => {
    expect((await ip(line)).exit).toBe(exit);
  });

  test('the first word that fits has it: "a" is the address, "d" is dynamic and never the device', async () => {
    await ip('link set eth0 a 02:00:00:00:00:0a');
    expect(operations).toMatchObject([{ op: 'link.set', changes: { mac: '02:00:00:00:00:0a' } }]);
    expect((await ip('link set d up')).stderr).toBe('Error: argument of "dynamic" must be "on" or "off", not "up"\n');
  });
});

describe('one command is one message to the kernel', () => {
  const messages: readonly (readonly [string, LinkChanges])[] = [
    ['eth0 up mtu 1400 arp off', { up: true, mtu: 1400, noarp: true }],
    ['dev eth0 master br0 promisc on alias uplink', { master: 'br0', promisc: true, alias: 'uplink' }],
    [
      'eth0 nomaster multicast off allmulticast on group 7',
      { nomaster: true, multicast: false, allmulti: true, group: 7 },
    ],
    ['eth0 down name eth9 txqueuelen 0x10', { up: false, name: 'eth9', txQueueLength: 16 }],
    ['eth0 name eth0', {}],
    ['eth0 netns 1', { netns: '/' }],
    ['eth0 type bridge_slave hairpin on isol of', { port: { hairpin: true, isolated: false } }],
    ['br0 type bridge ageing_time 10000 stp 1', { kind: { kind: 'bridge', ageingTime: 100, stp: true } }],
    [
      'eth0 type macvlan mode source macaddr set 02:00:00:00:00:0a 02:00:00:00:00:0b nodst',
      {
        kind: {
          kind: 'macvlan',
          mode: 'source',
          sources: { change: 'set', macs: ['02:00:00:00:00:0a', '02:00:00:00:00:0b'] as never },
          flags: { nopromisc: false, nodst: true },
        },
      },
    ],
    ['eth0 type ipvlan mode l2', { kind: { kind: 'ipvlan', mode: 'l2', flag: 'bridge' } }],
    ['eth0 type nonsense', {}],
  ];
  test.each(messages)('ip link set %s', async (words, changes) => {
    await ip(`link set ${words}`);
    expect(operations).toEqual([
      { op: 'link.set', at: HOST, device: words.startsWith('br0') ? 'br0' : 'eth0', changes },
    ]);
  });
});

test('a new link is asked for with its parent, its namespace and what its peer shall be', async () => {
  await ip('netns add c1');
  operations.length = 0;
  await ip('link add link eth0 name mv0 netns c1 mtu 1400 type macvtap mode bridge bcq 5');
  await ip('link add v0 up type veth peer v1 address 02:00:00:00:00:03 netns c1');
  expect(operations).toEqual([
    {
      op: 'link.add',
      at: HOST,
      name: 'mv0',
      link: 'eth0',
      attributes: { netns: 'c1', mtu: 1400 },
      options: { kind: 'macvtap', mode: 'bridge', bcQueueLength: 5 },
    },
    {
      op: 'link.add',
      at: HOST,
      name: 'v0',
      attributes: { up: true },
      options: { kind: 'veth', peer: { name: 'v1', mac: '02:00:00:00:00:03', netns: 'c1' } },
    },
  ]);
});

describe('what Linux can and the model cannot is said in so many words, and changes nothing', () => {
  test.each([
    ['link add bond0 type bond', 'type "bond"'],
    ['link add vx0 type vxlan id 5', 'type "vxlan"'],
    ['link set eth0 vf 0 mac 02:00:00:00:00:09', '"ip link … vf"'],
    ['link add br1 type bridge vlan_protocol 802.1ad', 'bridge "vlan_protocol 802.1ad"'],
    ['tunnel add', '"ip tunnel"'],
  ])('ip %s', async (line, what) => {
    expect(await ip(line)).toEqual({ stdout: '', stderr: `hairpin: ${what} is not modelled\n`, exit: 2 });
    expect(operations).toEqual([]);
  });

  test('a kind that Linux does not know either is refused as the kernel refuses it', async () => {
    expect(await ip('link add x0 type nonsense')).toMatchObject({ stderr: 'Error: Unknown device type.\n', exit: 2 });
  });
});

test('a group names all its devices at once', async () => {
  await ip('link set eth0 group 7');
  await ip('link set p0 group 7');
  await ip('link set group 7 up');
  expect((await ip('-br link show up')).stdout.split('\n').map((line) => line.split('@')[0])).toEqual([
    'p0',
    'eth0',
    '',
  ]);
  await ip('link del group 7');
  expect((await ip('link show group 7')).stdout).toBe('');
  expect(await ip('link del group 7')).toMatchObject({ stderr: 'RTNETLINK answers: No such device\n', exit: 2 });
});

test('in JSON a device that is passed over still is an empty object', async () => {
  await ip('link set br0 up');
  expect(JSON.parse((await ip('-j link show up')).stdout)).toEqual([
    {},
    {},
    {},
    expect.objectContaining({ ifname: 'br0' }),
  ]);
});
