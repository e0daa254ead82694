import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSimulation } from '../../src/engine/simulate.ts';
import { readModel } from '../../src/formats/model-file/read.ts';
import { printScript } from '../../src/formats/script/print.ts';
import { apply } from '../../src/model/apply.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import type { MachineName, Network } from '../../src/model/network.ts';
import type { Operation } from '../../src/model/operation.ts';
import { emptyWorld, runLab } from '../../src/shell/lab.ts';
import { emptyFor, operationsIn, scenarios, scriptOf } from '../arbitraries/scenario.ts';
import { comparable } from '../formats/same-network.ts';
import { recordedNetworks } from '../kernel/labs/index.ts';
import { beginning, operation } from '../model/arbitraries.ts';
import { at, built, ip } from '../model/helpers.ts';

const RUNS = Number(process.env['RUNS'] ?? 300);

const ran = async (text: string, network: Network): Promise<{ readonly exit: number; readonly network: Network }> => {
  const world = { network, place: at() };
  const { exit, simulation } = await runLab({ name: 'bash', text, world, write: () => undefined });
  return { exit, network: simulation.network() };
};

describe('a network, printed as a script and run', () => {
  test('is the same network', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(), async (scenario) => {
        let network = emptyFor(scenario);
        for (const one of operationsIn(scenario)) network = apply(network, one).network;
        const script = printScript(network);
        const again = await ran(script, emptyFor(scenario));
        expect(comparable(again.network), script).toEqual(comparable(network));
      }),
      { numRuns: RUNS / 10 },
    );
  });

  test('operation by operation, it is what the operations make', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(), async (scenario) => {
        const operations = operationsIn(scenario);
        let network = emptyFor(scenario);
        for (const one of operations) network = apply(network, one).network;
        const script = scriptOf({ ...scenario, acts: operations });
        expect(comparable((await ran(script, emptyFor(scenario))).network)).toEqual(comparable(network));
      }),
      { numRuns: RUNS / 10 },
    );
  });
});

describe('whatever is asked of a network in motion', () => {
  const far: Operation = { op: 'machine.add', machine: 'far' as MachineName, role: 'host', ipv6: false };
  const start = built([far, ...beginning], emptyNetwork());
  /** Settings that a kernel makes one after the other, so that some stay when a later one is refused. */
  const isPiecemeal = ({ op }: Operation): boolean => op === 'link.set' || op === 'port.set';
  /** Numbers are handed out before it is certain that there will be a device to have them. */
  const withoutNumbers = ({ machines, cables }: Network): unknown => [
    cables,
    Object.values(machines).map(({ nextDevice: _taken, namespaces, ...machine }) => [
      machine,
      Object.values(namespaces).map(({ nextIfindex: _next, ...namespace }) => namespace),
    ]),
  ];

  test('it never throws, and what is refused has changed nothing', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 12 }), (operations) => {
        const simulation = createSimulation(start);
        const socket = simulation.icmpSocket({ at: at(), receive: () => undefined });
        for (const one of operations) {
          const before = simulation.network();
          const { refusal } = simulation.apply(one);
          if (refusal && one.op === 'link.add')
            expect(withoutNumbers(simulation.network())).toEqual(withoutNumbers(before));
          else if (refusal && !isPiecemeal(one)) expect(simulation.network()).toBe(before);
          socket.send({ to: ip('10.0.0.9'), ident: 1, seq: 1, bytes: 56, broadcast: true });
          simulation.runFor(1e7);
        }
        simulation.runFor(1e10);
      }),
      { numRuns: Math.ceil((10_000 * RUNS) / 300) },
    );
  });
});

/** Something that is right, with something wrong in it: a piece taken out, put in or put twice. */
const spoilt = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      text: fc.constantFrom(...texts),
      cuts: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          length: fc.nat(20),
          piece: fc.oneof(
            fc.constantFrom(
              '',
              '\n',
              ' ',
              '-',
              ':',
              '"',
              "'",
              '`',
              '$(',
              '${',
              '|',
              '&',
              ';',
              '<<E',
              '>',
              '{',
              '[',
              '\0',
              '\t',
              '&x',
              '*x',
              '!!',
              '%',
              '/',
              '99999999999',
              '-1',
              '__proto__',
            ),
            fc.string({ unit: 'binary', maxLength: 8 }),
          ),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    })
    .map(({ text, cuts }) =>
      cuts.reduce((now, { at: where, length, piece }) => {
        const from = Math.floor(where * now.length);
        return now.slice(0, from) + piece + now.slice(from + length);
      }, text),
    );

const bytes = fc.uint8Array({ maxLength: 300 }).map((list) => new TextDecoder().decode(list));
const MODELS = new URL('../../models/', import.meta.url);
const filesOf = (ending: string): readonly string[] =>
  readdirSync(MODELS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => readFileSync(new URL(name, MODELS), 'utf8'));

describe('whatever bytes there are', () => {
  const scripts = [
    ...filesOf('.sh'),
    ...recordedNetworks()
      .slice(0, 156)
      .filter((_, index) => index % 20 === 0)
      .map(({ script }) => script),
  ];
  const isHarmless = (text: string): boolean => !/while|until|for\b|yes\b|seq\b/.test(text);
  test.each([
    ['any', bytes, RUNS],
    ['those of a script, spoilt', spoilt(scripts.filter(isHarmless)), RUNS / 5],
  ] as const)(
    'as a script, %s: it runs to an end, with an exit code',
    { timeout: 120_000 },
    async (_, texts, numRuns) => {
      await fc.assert(
        fc.asyncProperty(texts, async (text) => {
          const { exit } = await ran(text, emptyWorld(text).network);
          expect(exit >= 0 && exit <= 255).toBe(true);
        }),
        { numRuns },
      );
    },
  );

  test.each([
    ['any', bytes, RUNS * 3],
    ['those of a model, spoilt', spoilt(filesOf('.yaml')), RUNS * 3],
  ] as const)(
    'as a model file, %s: a network, or what is wrong and where',
    { timeout: 120_000 },
    (_, texts, numRuns) => {
      fc.assert(
        fc.property(texts, (text) => {
          const read = readModel(text, 'x.yaml');
          if (read.ok) {
            expect(Object.keys(read.value.network.machines).length).toBeGreaterThan(0);
            createSimulation(read.value.network).runFor(1e9);
            return;
          }
          expect(read.error.length).toBeGreaterThan(0);
          for (const { message, line, column } of read.error) {
            expect(message).not.toBe('');
            expect(line >= 1 && column >= 1).toBe(true);
          }
        }),
        { numRuns },
      );
    },
  );
});
