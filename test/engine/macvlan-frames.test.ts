import { describe, expect, test } from 'vitest';
import { BROADCAST, type MacAddr } from '../../src/engine/frame.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import type { MacvlanMode } from '../../src/model/device.ts';
import { macNumber } from '../../src/model/mac.ts';
import { set } from '../model/helpers.ts';
import { bridgeIn, macOf, macvlanChild, port, receiversOf, simulationOf, station } from './lab.ts';

/** Two private children, two in mode vepa, two in mode bridge, and one that listens to x, b1 and p1. */
const CHILDREN: readonly (readonly [string, number, MacvlanMode])[] = [
  ['p1', 11, 'private'],
  ['p2', 12, 'private'],
  ['v1', 13, 'vepa'],
  ['v2', 14, 'vepa'],
  ['b1', 15, 'bridge'],
  ['b2', 16, 'bridge'],
  ['s1', 17, 'source'],
];
const NUMBERS = new Map<string, number>([
  ['h', 2],
  ['x', 9],
  ...CHILDREN.map(([name, number]) => [name, number] as const),
]);
const GROUP: MacAddr = 0x0100_5e01_0203;
const NOBODY: MacAddr = macNumber(macOf(99));

const addressed = (to: string): MacAddr => {
  if (to === 'everybody') return BROADCAST;
  if (to === 'a group') return GROUP;
  const number = NUMBERS.get(to);
  return number === undefined ? NOBODY : macNumber(macOf(number));
};

const start = (hairpin: boolean): Simulation => {
  const simulation = simulationOf([
    ...bridgeIn('sw'),
    ...station('h', 2),
    ...station('x', 9),
    ...CHILDREN.flatMap(([name, number, mode]) =>
      macvlanChild(name, number, mode, [9, 15, 11].map(macOf)).filter(({ op }) => op !== 'route.add'),
    ),
    port('s_h', { hairpin }),
    // The one that joined the group.
    set('eth0', { allmulti: true }, 'v2'),
  ]);
  // The switch learns where everybody is.
  for (const name of NUMBERS.keys()) receiversOf(simulation, name, addressed(name === 'x' ? 'h' : 'x'));
  return simulation;
};

type Row = readonly [from: string, to: string, receivers: string];
const ALWAYS: readonly Row[] = [
  ['x', 'everybody', 'b1 b2 h p1 p2 s1 v1 v2'],
  ['x', 'a group', 'h s1 v2'],
  ['x', 'h', 'h s1'],
  ['x', 'p1', 'p1 s1:otherhost'],
  ['x', 'v1', 's1:otherhost v1'],
  ['x', 'b1', 'b1 s1:otherhost'],
  ['x', 's1', 'h:otherhost s1'],
  ['x', 'nobody', 'h:otherhost s1:otherhost'],
  ['p1', 'x', 'x'],
  ['s1', 'x', 'x'],
  ['b1', 'b2', 'b2 s1:otherhost'],
  ['b1', 'b1', 'b1 s1:otherhost'],
];
const WITHOUT: readonly Row[] = [
  ['h', 'everybody', 'x'],
  ['h', 'p1', ''],
  ['h', 'v1', ''],
  ['h', 'b1', ''],
  ['p1', 'everybody', 'x'],
  ['p1', 'p2', ''],
  ['p1', 'p1', ''],
  ['v1', 'everybody', 'x'],
  ['v1', 'v1', ''],
  ['b1', 'everybody', 'b2 x'],
  ['b1', 'v1', ''],
  ['b1', 'p1', ''],
  ['s1', 'everybody', 'x'],
];
const WITH: readonly Row[] = [
  ['h', 'everybody', 'b1 b2 h p1 p2 v1 v2 x'],
  ['h', 'p1', 'p1'],
  ['h', 'v1', 'v1'],
  ['h', 'b1', 'b1'],
  ['p1', 'everybody', 'p1 s1 x'],
  ['p1', 'p2', 'p2 s1:otherhost'],
  ['p1', 'v1', 's1:otherhost v1'],
  ['p1', 'b1', 'b1 s1:otherhost'],
  ['p1', 'h', 'h s1'],
  ['v1', 'everybody', 'b1 b2 h v2 x'],
  ['v1', 'b1', 'b1'],
  ['b1', 'everybody', 'b2 h s1 v1 v2 x'],
  ['b1', 'p1', 'p1 s1:otherhost'],
  ['s1', 'everybody', 's1 x'],
  ['v1', 'v1', 'v1'],
];

describe.each([
  ['without hairpin', false, [...ALWAYS, ...WITHOUT]],
  ['with hairpin', true, [...ALWAYS, ...WITH]],
] as const)('%s', (_, hairpin, rows) => {
  for (const [from, to, receivers] of rows)
    test(`what ${from} sends to ${to} comes to ${receivers || 'nobody'}`, () => {
      expect(receiversOf(start(hairpin), from, addressed(to))).toBe(receivers);
    });
});

describe('a child in source mode', () => {
  test('with nodst takes the frames of those on its list from everybody else', () => {
    const simulation = start(false);
    simulation.apply(set('eth0', { kind: { kind: 'macvlan', flags: { nopromisc: false, nodst: true } } }, 's1'));
    expect(receiversOf(simulation, 'x', addressed('h'))).toBe('s1');
    expect(receiversOf(simulation, 'x', BROADCAST)).toBe('s1');
  });
  test('hears nothing once it is down', () => {
    const simulation = start(false);
    simulation.apply(set('eth0', { up: false }, 's1'));
    expect(receiversOf(simulation, 'x', addressed('h'))).toBe('h');
  });
});

describe('a broadcast queue', () => {
  test('of length 0 keeps every broadcast from the children, not from the host', () => {
    const simulation = start(false);
    for (const [name] of CHILDREN) simulation.apply(set('eth0', { kind: { kind: 'macvlan', bcQueueLength: 0 } }, name));
    expect(receiversOf(simulation, 'x', BROADCAST)).toBe('h s1');
  });
});
