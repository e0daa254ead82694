import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Event, SECOND } from '../../src/engine/event.ts';
import { BROADCAST, type MacAddr } from '../../src/engine/frame.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import { macNumber } from '../../src/model/mac.ts';
import type { Operation } from '../../src/model/operation.ts';
import { play, scenarios } from '../arbitraries/scenario.ts';
import { add, at, set } from '../model/helpers.ts';
import { addressOf, bridgeIn, macOf, outcomeOf, port, receiversOf, simulationOf, station } from './lab.ts';

/** A cable between two switches; both ends are called alike. */
const cable = (name: string, one: string, other: string, hairpin = false): readonly Operation[] => [
  add(`${name}1`, { kind: 'veth', peer: { name: `${name}2`, netns: other } }, { in: one }),
  set(`${name}1`, { master: 'br0', up: true }, one),
  set(`${name}2`, { master: 'br0', up: true }, other),
  ...(hairpin ? [port(`${name}1`, { hairpin }, one), port(`${name}2`, { hairpin }, other)] : []),
];
/** An entry that sends what is for nobody out of that port. */
const pointer = (device: string, sw: string): Operation => ({
  op: 'fdb.add',
  at: at(sw),
  device,
  mac: macOf(99),
  how: 'add',
  state: 'static',
  target: 'master',
});
const NOBODY: MacAddr = macNumber(macOf(99));

const LOOPS: readonly (readonly [string, MacAddr, readonly Operation[]])[] = [
  ['two switches with two cables', BROADCAST, [...cable('t', 'sw', 'sw2'), ...cable('u', 'sw', 'sw2')]],
  ['a cable from a switch to itself', BROADCAST, cable('t', 'sw', 'sw')],
  [
    'three switches in a ring',
    BROADCAST,
    [...bridgeIn('sw3'), ...cable('t', 'sw', 'sw2'), ...cable('u', 'sw2', 'sw3'), ...cable('v', 'sw3', 'sw')],
  ],
  ['two switches that reflect to each other', BROADCAST, cable('t', 'sw', 'sw2', true)],
  [
    'one frame that two switches reflect to each other without ever copying it',
    NOBODY,
    [...cable('t', 'sw', 'sw2', true), pointer('t1', 'sw'), pointer('t2', 'sw2')],
  ],
];
const looped = (loop: readonly Operation[]): Simulation =>
  simulationOf([...bridgeIn('sw'), ...bridgeIn('sw2'), ...station('x', 9), ...loop]);

const FEWEST = 256;
/** What a simulation counts as too much: twice the copies that it lets one frame have, for all devices that there ever were. */
const limit = (simulation: Simulation): number => {
  const devices = Object.values(simulation.network().machines).map(({ nextDevice }) => nextDevice);
  return 2 * (FEWEST + 16 * devices.reduce((sum, each) => sum + each, 0));
};

const count = (simulation: Simulation): { events: number; sent: number; readonly reasons: Set<string> } => {
  const seen = { events: 0, sent: 0, reasons: new Set<string>() };
  simulation.listen((event: Event) => {
    seen.events++;
    if (event.kind === 'sent') seen.sent++;
    if (event.kind === 'dropped') seen.reasons.add(event.reason);
  });
  return seen;
};

describe('a storm ends, and says that it is one', () => {
  test.each(LOOPS)('%s', (_, dst, loop) => {
    const simulation = looped(loop);
    const seen = count(simulation);
    receiversOf(simulation, 'x', dst);
    simulation.runFor(SECOND);
    expect([...seen.reasons]).toContain('storm');
    expect(seen.sent).toBeLessThanOrEqual(limit(simulation));
    expect(seen.events).toBeLessThan(10 * limit(simulation));
    const { events } = seen;
    simulation.runFor(600 * SECOND);
    expect(seen.events).toBe(events);
  });
  test('what is no loop is none', () => {
    const simulation = looped([...cable('t', 'sw', 'sw2'), ...station('y', 8)]);
    const seen = count(simulation);
    expect(outcomeOf(simulation, 'x', addressOf(8))).toBe('yes');
    receiversOf(simulation, 'x', BROADCAST);
    expect([...seen.reasons]).not.toContain('storm');
  });
});

describe('whatever the network', () => {
  test('no frame and what descends from it is sent more often than the limit, and only what comes near it is a storm', {
    timeout: 300_000,
  }, () => {
    fc.assert(
      fc.property(scenarios({ loops: true }), (scenario) => {
        const roots = new Map<number, number>();
        const lives = new Map<number, { copies: number; sends: number; stormy: boolean }>();
        const { simulation } = play(scenario, (event) => {
          if (event.kind === 'created') roots.set(event.copy, (event.of && roots.get(event.of)) ?? event.copy);
          if (!('copy' in event)) return;
          const root = roots.get(event.copy)!;
          const life = lives.get(root) ?? { copies: 0, sends: 0, stormy: false };
          lives.set(root, life);
          if (event.kind === 'created') life.copies++;
          if (event.kind === 'sent') life.sends++;
          if (event.kind === 'dropped' && event.reason === 'storm') life.stormy = true;
        });
        const most = limit(simulation);
        for (const { copies, sends, stormy } of lives.values()) {
          expect(sends).toBeLessThanOrEqual(most);
          if (stormy) expect(Math.max(copies, sends / 2)).toBeGreaterThanOrEqual(FEWEST);
        }
        // IPv6 never stops asking for routers.
        if (scenario.ipv6) return;
        simulation.runFor(200 * SECOND);
        const after = simulation.deliveries();
        simulation.runFor(3600 * SECOND);
        expect(simulation.deliveries()).toBe(after);
      }),
      { interruptAfterTimeLimit: 60_000, numRuns: Number(process.env['RUNS'] ?? 300) / 10 },
    );
  });
});
