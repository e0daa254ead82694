import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event, Spot } from '../../src/engine/event.ts';
import { createSimulation } from '../../src/engine/simulate.ts';
import type { NetDev } from '../../src/engine/world.ts';
import { apply } from '../../src/model/apply.ts';
import type { Network } from '../../src/model/network.ts';
import { emptyFor, isProbe, operationsIn, probe, type Scenario, scenarios } from '../arbitraries/scenario.ts';
import { HOST } from '../helpers/command-runner.ts';

/** Nobody makes an event without reading where it happens: that is what can be counted. */
const EVERY_EVENT_HAS_A_PLACE: Event extends { readonly at: Spot } ? true : false = true;

const isDevice = (value: unknown): value is NetDev =>
  typeof value === 'object' && value !== null && 'spot' in value && 'neighbours' in value;

/** The devices at work in a simulation. There is no door to them, so they are caught while they are laid in. */
const laidInBy = (begin: () => void): readonly NetDev[] => {
  const devices = new Set<NetDev>();
  const original = Map.prototype.set;
  Map.prototype.set = function (key, value) {
    if (isDevice(value)) devices.add(value);
    return original.call(this, key, value);
  };
  try {
    begin();
  } finally {
    Map.prototype.set = original;
  }
  return [...devices];
};

const countReads = (devices: readonly NetDev[]): (() => number) => {
  let reads = 0;
  for (const device of devices) {
    const { spot } = device;
    Object.defineProperty(device, 'spot', {
      get: () => {
        reads++;
        return spot;
      },
    });
  }
  return () => reads;
};

const networkOf = (scenario: Scenario): Network => {
  let network = emptyFor(scenario);
  for (const operation of operationsIn(scenario)) network = apply(network, operation).network;
  return network;
};

test('with nobody listening no event is made', { timeout: 300_000 }, () => {
  expect(EVERY_EVENT_HAS_A_PLACE).toBe(true);
  let told = 0;
  fc.assert(
    fc.property(scenarios({ probesOnly: true }), (scenario) => {
      const simulation = createSimulation(networkOf(scenario), { seed: scenario.seed });
      const reads = countReads(laidInBy(() => void simulation.neighbours(HOST)));
      const run = (): void => {
        for (const act of scenario.acts) if (isProbe(act)) probe(simulation, act);
      };
      run();
      simulation.runFor(120e9);
      expect(reads()).toBe(0);
      const stop = simulation.listen(() => told++);
      run();
      expect(reads() > 0, 'and with somebody listening they are').toBe(told > 0);
      stop();
      told = 0;
      const before = reads();
      run();
      expect(reads()).toBe(before);
    }),
    { interruptAfterTimeLimit: 60_000, numRuns: Number(process.env['RUNS'] ?? 300) / 2 },
  );
});
