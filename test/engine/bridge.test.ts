import { describe, expect, test } from 'vitest';
import { BROADCAST, type MacAddr } from '../../src/engine/frame.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import type { BridgeSettings, MacvlanMode, PortSettings } from '../../src/model/device.ts';
import { macNumber } from '../../src/model/mac.ts';
import type { Operation } from '../../src/model/operation.ts';
import { add, addr, at, down, mac, set, up } from '../model/helpers.ts';
import {
  addressOf,
  bridgeIn,
  LAN,
  macOf,
  macvlanChild,
  namespace,
  neighbour,
  outcomeOf,
  port,
  receiversOf,
  simulationOf,
  station,
  uplink,
} from './lab.ts';

const MINUTE = 60e9;
const number = (of: number): MacAddr => macNumber(macOf(of));
const bridge = (settings: Partial<BridgeSettings>): Operation => ({
  op: 'link.set',
  at: at('sw'),
  device: 'br0',
  changes: { kind: { kind: 'bridge', ...settings } },
});

/** Three stations on one switch: x (9), y (8) and z (7). */
const THREE: readonly Operation[] = [...bridgeIn('sw'), ...station('x', 9), ...station('y', 8), ...station('z', 7)];
const three = (...more: readonly Operation[]): Simulation => simulationOf([...THREE, ...more]);
/** A broadcast, from which the switch learns where its sender is. */
const speak = (simulation: Simulation, who: string): string => receiversOf(simulation, who, BROADCAST);

describe('two vepa children behind a port with hairpin', () => {
  const TABLE: readonly (readonly [string, string, Partial<PortSettings>, string])[] = [
    ['reach each other', 'nothing else set', {}, 'yes'],
    ['do not reach each other', 'isolated on: an isolated port sends nothing to itself', { isolated: true }, 'HU'],
    ['reach each other', 'learning off: what is unknown floods back', { learning: false }, 'yes'],
    ['do not reach each other', 'learning off and flood off', { learning: false, flood: false }, 'HU'],
    ['reach each other', 'flood off: what is learned needs no flooding', { flood: false }, 'yes'],
    ['do not reach each other', 'bcast_flood off: ARP is not reflected', { bcastFlood: false }, 'HU'],
    ['do not reach each other', 'proxy_arp on: nothing floods to such a port', { proxyArp: true }, 'HU'],
    ['do not reach each other', 'hairpin off after all', { hairpin: false }, 'HU'],
  ];
  test.each(TABLE)('%s with %s', (_, __, settings, outcome) => {
    const children = [...macvlanChild('a', 11, 'vepa'), ...macvlanChild('b', 12, 'vepa')];
    const simulation = simulationOf([...LAN, ...children, port('s_h', { hairpin: true, ...settings })]);
    expect(outcomeOf(simulation, 'a', addressOf(12))).toBe(outcome);
  });
});

describe('where a frame goes', () => {
  const GROUP: MacAddr = 0x0100_5e01_0203;
  const UNKNOWN = number(99);
  const TABLE: readonly (readonly [string, MacAddr, readonly Operation[], string])[] = [
    ['a broadcast to all but its sender', BROADCAST, [], 'y z'],
    ['with hairpin, to its sender as well', BROADCAST, [port('s_x', { hairpin: true })], 'x y z'],
    ['an unknown address to all', UNKNOWN, [], 'y:otherhost z:otherhost'],
    ['an unknown address not to a port with flood off', UNKNOWN, [port('s_y', { flood: false })], 'z:otherhost'],
    ['a multicast not to a port with mcast_flood off', GROUP, [port('s_y', { mcastFlood: false })], 'z'],
    [
      'a broadcast in spite of flood off and mcast_flood off',
      BROADCAST,
      [port('s_y', { flood: false, mcastFlood: false })],
      'y z',
    ],
    ['a broadcast not to a port with bcast_flood off', BROADCAST, [port('s_y', { bcastFlood: false })], 'z'],
    [
      'from an isolated port not to another',
      BROADCAST,
      [port('s_x', { isolated: true }), port('s_y', { isolated: true })],
      'z',
    ],
    ['from an isolated port to one that is not', BROADCAST, [port('s_x', { isolated: true })], 'y z'],
    ['not to a disabled port', BROADCAST, [port('s_y', { state: 'disabled' })], 'z'],
    ['not from a disabled port', BROADCAST, [port('s_x', { state: 'disabled' })], ''],
    [
      'from a blocked port, which forwards again at once where STP is off',
      BROADCAST,
      [port('s_x', { state: 'blocking' })],
      'y z',
    ],
    ['not from a learning port', BROADCAST, [port('s_x', { state: 'learning' })], ''],
    ['not from a locked port', BROADCAST, [port('s_x', { locked: true })], ''],
    ['nowhere while the bridge is down', BROADCAST, [down('br0', 'sw')], ''],
    ['not to a station whose cable is dead', BROADCAST, [down('eth0', 'y')], 'z'],
    ['the address of STP to all where STP is off', 0x0180_c200_0000, [], 'y z'],
    ['a pause frame to nobody', 0x0180_c200_0001, [], ''],
    ['a reserved address to nobody', 0x0180_c200_000e, [], ''],
    [
      'a reserved address to all where group_fwd_mask says so',
      0x0180_c200_000e,
      [bridge({ groupForwardMask: 0x4000 })],
      'y z',
    ],
    [
      'to the bridge itself, not to stations',
      macNumber(mac('02:00:00:00:00:aa')),
      [set('br0', { mac: mac('02:00:00:00:00:aa') }, 'sw')],
      '',
    ],
  ];
  test.each(TABLE)('%s', (_, dst, more, receivers) => {
    expect(receiversOf(three(...more), 'x', dst)).toBe(receivers);
  });
  test('nothing from a sender whose address is a group', () => {
    expect(receiversOf(three(), 'x', BROADCAST, undefined, 0x0100_5e01_0203)).toBe('');
  });
  test('from a locked port after all, if the bridge has an entry for the sender there', () => {
    const entry: Operation = {
      op: 'fdb.add',
      at: at('sw'),
      device: 's_x',
      mac: macOf(9),
      how: 'add',
      state: 'static',
      target: 'master',
    };
    expect(speak(three(port('s_x', { locked: true }), entry), 'x')).toBe('y z');
  });
  test('the bridge itself sends in spite of mcast_flood off and bcast_flood off', () => {
    const quiet = ['s_x', 's_y', 's_z'].map((each) => port(each, { bcastFlood: false }));
    const own = [addr('10.0.0.5/24', 'br0', 'sw')];
    expect(outcomeOf(three(...quiet, ...own), 'sw', addressOf(9))).toBe('yes');
    expect(outcomeOf(three(...quiet), 'y', addressOf(9))).toBe('HU');
  });
});

describe('what a bridge learns', () => {
  const known = (simulation: Simulation): string => receiversOf(simulation, 'y', number(9));

  test('an address is flooded to until its owner has spoken', () => {
    const simulation = three();
    expect(known(simulation)).toBe('x z:otherhost');
    speak(simulation, 'x');
    expect(known(simulation)).toBe('x');
  });
  test('for 300 seconds after it spoke last', () => {
    const simulation = three();
    speak(simulation, 'x');
    simulation.runFor(4 * MINUTE + 59e9);
    expect(known(simulation)).toBe('x');
    simulation.runFor(1e9);
    expect(known(simulation)).toBe('x z:otherhost');
  });
  test('for as long as ageing_time says', () => {
    const simulation = three(bridge({ ageingTime: 10 }));
    speak(simulation, 'x');
    simulation.runFor(9e9);
    expect(known(simulation)).toBe('x');
    simulation.runFor(1e9);
    expect(known(simulation)).toBe('x z:otherhost');
  });
  test('nothing with ageing_time 0', () => {
    const simulation = three(bridge({ ageingTime: 0 }));
    speak(simulation, 'x');
    expect(known(simulation)).toBe('x z:otherhost');
  });
  test('nothing at a port with learning off', () => {
    const simulation = three(port('s_x', { learning: false }));
    speak(simulation, 'x');
    expect(known(simulation)).toBe('x z:otherhost');
  });
  test('while a port is only learning, too', () => {
    const simulation = three(port('s_x', { state: 'learning' }));
    speak(simulation, 'x');
    simulation.apply(port('s_x', { state: 'forwarding' }));
    expect(known(simulation)).toBe('x');
  });
  test('is forgotten as soon as the port goes down', () => {
    const simulation = three();
    speak(simulation, 'x');
    simulation.apply(down('s_x', 'sw'));
    simulation.apply(up('s_x', 'sw'));
    expect(known(simulation)).toBe('x z:otherhost');
  });
  test('moves at once with its owner', () => {
    const simulation = three();
    speak(simulation, 'x');
    receiversOf(simulation, 'z', BROADCAST, undefined, number(9));
    expect(known(simulation)).toBe('z:otherhost');
  });

  const entry = (state: 'static' | 'permanent', sticky: boolean): Operation => ({
    op: 'fdb.add',
    at: at('sw'),
    device: 's_x',
    mac: macOf(9),
    how: 'add',
    state,
    sticky,
    target: 'master',
  });
  const impostor = (simulation: Simulation): string => {
    receiversOf(simulation, 'z', BROADCAST, undefined, number(9));
    return known(simulation);
  };
  const stateOf = (simulation: Simulation): readonly (readonly [string, string])[] =>
    simulation
      .fdb(at('sw'), 'br0')
      .filter((row) => row.mac === macOf(9) && row.vlan === 0)
      .map((row) => [row.device, row.state] as const);

  test('a static entry never ages, and roams to another port, where it stays static', () => {
    const simulation = three(entry('static', false));
    simulation.runFor(10 * MINUTE);
    expect(known(simulation)).toBe('x');
    expect(impostor(simulation)).toBe('z:otherhost');
    expect(stateOf(simulation)).toEqual([['s_z', 'static']]);
  });
  test('a sticky entry stays at its port', () => {
    const simulation = three(entry('static', true));
    expect(impostor(simulation)).toBe('x');
  });
  test('a permanent entry is an address of the bridge: nobody outside gets what is sent there', () => {
    const simulation = three(entry('permanent', false));
    expect(known(simulation)).toBe('');
    expect(impostor(simulation)).toBe('');
    expect(stateOf(simulation)).toEqual([['s_x', 'permanent']]);
  });
});

describe('VLAN filtering', () => {
  const member = (device: string, vid: number, how: 'access' | 'trunk'): Operation => ({
    op: 'vlan.add',
    at: at('sw'),
    device,
    vid,
    ...(how === 'access' ? { pvid: true, untagged: true } : {}),
  });
  const leave = (device: string, vid: number): Operation => ({ op: 'vlan.del', at: at('sw'), device, vid });
  const filtering = bridge({ vlanFiltering: true });
  /** z speaks VLAN 10 with tags. */
  const tagged = [
    add('eth0.10', { kind: 'vlan', vid: 10 }, { link: 'eth0', in: 'z' }),
    up('eth0.10', 'z'),
    addr('10.0.1.7/24', 'eth0.10', 'z'),
    addr('10.0.1.9/24', 'eth0', 'x'),
  ];
  const BOTH = [member('s_x', 10, 'access'), member('s_y', 10, 'access')];
  const TABLE: readonly (readonly [string, readonly Operation[], string, string])[] = [
    ['on, and all in VLAN 1: as without', [filtering], 'x', 'y z'],
    ['a port in another VLAN hears nothing', [filtering, member('s_x', 10, 'access')], 'x', ''],
    ['two ports in VLAN 10 hear each other', [filtering, ...BOTH], 'x', 'y'],
    ['a port without a VLAN of its own takes nothing untagged', [filtering, leave('s_x', 1)], 'x', ''],
    ['memberships count for nothing with filtering off', BOTH, 'x', 'y z'],
  ];
  test.each(TABLE)('%s', (_, more, from, receivers) => {
    expect(receiversOf(three(...more), from, BROADCAST)).toBe(receivers);
  });
  test('a trunk carries the tag, an access port none', () => {
    const simulation = three(filtering, ...tagged, member('s_x', 10, 'access'), member('s_z', 10, 'trunk'));
    expect(outcomeOf(simulation, 'x', '10.0.1.7')).toBe('yes');
    expect(outcomeOf(simulation, 'z', '10.0.1.9')).toBe('yes');
  });
  test('without the VLAN at the trunk the two do not meet', () => {
    expect(outcomeOf(three(filtering, ...tagged, member('s_x', 10, 'access')), 'x', '10.0.1.7')).toBe('HU');
  });
  test('an address of a VLAN device is answered for without the VLAN, and the answer to the ping has a tag', () => {
    expect(outcomeOf(three(...tagged), 'x', '10.0.1.7')).toBe('half');
  });
  test('one address may be learned at two ports in two VLANs', () => {
    const simulation = three(filtering, member('s_z', 10, 'access'));
    speak(simulation, 'x');
    receiversOf(simulation, 'z', BROADCAST, undefined, number(9));
    const rows = simulation.fdb(at('sw'), 'br0').filter((row) => row.mac === macOf(9));
    expect(rows.map((row) => [row.vlan, row.device])).toEqual([
      [1, 's_x'],
      [10, 's_z'],
    ]);
  });
});

describe('a bridge that answers ARP for others', () => {
  const own = [addr('10.0.0.5/24', 'br0', 'sw'), neighbour('sw', 'br0', addressOf(8), macOf(8))];
  const asked = (simulation: Simulation): readonly string[] => {
    const seen: string[] = [];
    simulation.listen((event) => {
      if (event.kind === 'received' && event.frame.payload.proto === 'arp' && event.frame.payload.op === 'request')
        if (event.at.namespace === 'y' || event.at.namespace === 'z') seen.push(event.at.namespace);
    });
    outcomeOf(simulation, 'x', addressOf(8));
    return [...new Set(seen)].sort();
  };
  test('proxy_arp: at a port that has it, from its neighbour table, though the question floods on', () => {
    const simulation = three(...own, port('s_x', { proxyArp: true }));
    speak(simulation, 'y');
    const replies: string[] = [];
    simulation.listen((event) => {
      if (event.kind === 'created' && event.frame.payload.proto === 'arp' && event.frame.payload.op === 'reply')
        replies.push(event.at.device);
    });
    expect(outcomeOf(simulation, 'x', addressOf(8))).toBe('yes');
    expect(replies).toContain('s_x');
  });
  test('neigh_suppress: the port that has it is spared questions that the bridge can answer', () => {
    const simulation = three(...own, port('s_y', { neighSuppress: true }));
    speak(simulation, 'y');
    expect(asked(simulation)).toEqual(['z']);
  });
  test('neigh_suppress: without an entry the question goes everywhere', () => {
    expect(asked(three(port('s_y', { neighSuppress: true })))).toEqual(['y', 'z']);
  });
});

describe('a bridge and macvlan', () => {
  const onBridge = (mode: MacvlanMode): readonly Operation[] => [
    ...namespace('a'),
    add('eth0', { kind: 'macvlan', mode }, { link: 'br0', in: 'sw', attributes: { netns: 'a', mac: macOf(11) } }),
    up('eth0', 'a'),
    addr('10.0.0.11/24', 'eth0', 'a'),
    addr('10.0.0.5/24', 'br0', 'sw'),
  ];
  test.each(['bridge', 'vepa', 'private'] as const)(
    'a %s child of the bridge device reaches its ports, and not the host of the bridge',
    (mode) => {
      expect(outcomeOf(three(...onBridge(mode)), 'a', addressOf(9))).toBe('yes');
      expect(outcomeOf(three(...onBridge(mode)), 'x', addressOf(11))).toBe('yes');
      expect(outcomeOf(three(...onBridge(mode)), 'a', addressOf(5))).toBe('HU');
      expect(outcomeOf(three(...onBridge(mode)), 'sw', addressOf(11))).toBe('HU');
    },
  );

  /** A virtual machine behind a bridge whose way out is a macvlan child. */
  const behind = (mode: MacvlanMode): readonly Operation[] => [
    ...LAN,
    ...bridgeIn('sw2'),
    add('mv', { kind: 'macvlan', mode }, { link: 'eth0', in: 'h', attributes: { netns: 'sw2', mac: macOf(31) } }),
    set('mv', { master: 'br0', up: true }, 'sw2'),
    ...namespace('vm'),
    ...uplink('vm', 'eth0', macOf(11), 's_vm', 'sw2'),
    addr('10.0.0.11/24', 'eth0', 'vm'),
  ];
  test.each(['bridge', 'vepa', 'private'] as const)(
    'a bridge whose port is a %s child: nothing comes back to what is behind it',
    (mode) => {
      expect(outcomeOf(simulationOf(behind(mode)), 'vm', addressOf(9))).toBe('HU');
      expect(outcomeOf(simulationOf(behind(mode)), 'x', addressOf(11))).toBe('lost');
    },
  );
  test('a bridge whose port is a passthru child: all is well', () => {
    expect(outcomeOf(simulationOf(behind('passthru')), 'vm', addressOf(9))).toBe('yes');
    expect(outcomeOf(simulationOf(behind('passthru')), 'x', addressOf(11))).toBe('yes');
  });
});

describe('hairpin at a switch behind a switch without', () => {
  const upstream = (hairpin: boolean): readonly Operation[] => [
    ...LAN,
    ...macvlanChild('a', 11, 'bridge'),
    ...bridgeIn('sw2'),
    add(
      'to_up',
      { kind: 'veth', peer: { name: 'to_sw', netns: 'sw2' } },
      { in: 'sw', attributes: { master: 'br0', up: true } },
    ),
    set('to_sw', { master: 'br0', up: true }, 'sw2'),
    port('to_sw', { hairpin }, 'sw2'),
  ];
  test('makes the switch between learn its own stations at the uplink, and nobody reaches anybody', () => {
    expect(outcomeOf(simulationOf(upstream(false)), 'a', addressOf(9))).toBe('yes');
    expect(outcomeOf(simulationOf(upstream(true)), 'a', addressOf(9))).toBe('HU');
    expect(outcomeOf(simulationOf(upstream(true)), 'x', addressOf(11))).toBe('HU');
  });
  test('doubles every broadcast', () => {
    expect(receiversOf(simulationOf(upstream(false)), 'a', BROADCAST)).toBe('gw x');
    expect(
      receiversOf(simulationOf(upstream(true)), 'a', BROADCAST)
        .split(' ')
        .filter((who) => who === 'x'),
    ).toEqual(['x', 'x']);
  });
});
