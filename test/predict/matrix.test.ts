import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/engine/event.ts';
import { createSimulation } from '../../src/engine/simulate.ts';
import type { Network } from '../../src/model/network.ts';
import { createAsker } from '../../src/predict/ask.ts';
import { endpointsOf } from '../../src/predict/endpoint.ts';
import { type Matrix, predictMatrix } from '../../src/predict/matrix.ts';
import { type Answer, outcomeCode, PROBES } from '../../src/predict/outcome.ts';
import { LAN, macOf, macvlanChild, neighbour, networkOf, port, routeIn } from '../engine/lab.ts';
import { sysctl } from '../model/helpers.ts';
import { lan } from './lans.ts';

const runs = (few: number): { numRuns: number } => ({ numRuns: Number(process.env['RUNS'] ?? few) });

const told = (answer: Answer | undefined): string =>
  answer === undefined
    ? '-'
    : `${outcomeCode(answer.outcome)} ${[...new Set(answer.causes.map(({ reason }) => reason))].sort().join(' ')}`;

/** Every cell of a matrix as a line. */
const cells = ({ endpoints, cell }: Matrix): readonly string[] =>
  endpoints.flatMap((from, i) => endpoints.map((to, j) => `${from.name} to ${to.name}: ${told(cell(i, j))}`));

const verdict = ({ endpoints, cell }: Matrix, from: string, to: string): string | undefined => {
  const index = (name: string): number => endpoints.findIndex((endpoint) => endpoint.name === name);
  return cell(index(from), index(to))?.outcome.verdict;
};

describe('endpoints that nothing can tell apart', () => {
  it.each(PROBES)(
    'asking one of a kind is asking all of them: %s',
    (probe) => {
      fc.assert(
        fc.property(lan, (network) => {
          const few = predictMatrix(network, { probe });
          const all = predictMatrix(network, { probe, brute: true });
          expect(cells(few)).toEqual(cells(all));
          expect(few.work.pairs).toBe(all.work.pairs);
        }),
        runs(probe === 'ping' ? 15 : 4),
      );
    },
    120_000,
  );

  const children = (count: number): Network =>
    networkOf([...LAN, ...Array.from({ length: count }, (_, i) => macvlanChild(`c${i}`, 10 + i, 'bridge')).flat()]);

  it('eighty children cost no more questions than ten', () => {
    const [ten, eighty] = [10, 80].map((count) => predictMatrix(children(count)).work);
    expect(eighty?.simulated).toBe(ten?.simulated);
    expect(eighty?.kinds).toBe(ten?.kinds);
    expect(eighty?.pairs).toBeGreaterThan(30 * ten!.pairs);
  });

  const odd = {
    'a static neighbour': neighbour('c1', 'eth0', '10.0.0.12', macOf(9)),
    'a route of its own': routeIn('c1', '10.0.0.12/32', { via: '10.0.0.1' }),
    'a setting of its own': sysctl('net.ipv4.icmp_echo_ignore_all', '1', 'c1'),
  };
  it.each(Object.entries(odd))('%s sets one child apart from the others', (_, operation) => {
    const alike = predictMatrix(children(4)).work.kinds;
    const network = networkOf([
      ...LAN,
      ...Array.from({ length: 4 }, (_, i) => macvlanChild(`c${i}`, 10 + i, 'bridge')).flat(),
      operation,
    ]);
    expect(predictMatrix(network).work.kinds).toBeGreaterThan(alike);
  });
});

describe('a matrix', () => {
  it('says of one switch without and with hairpin who is cut off from whom', () => {
    const network = networkOf([...LAN, ...macvlanChild('a', 11, 'vepa'), ...macvlanChild('b', 12, 'vepa')]);
    const reflecting = networkOf([
      ...LAN,
      ...macvlanChild('a', 11, 'vepa'),
      ...macvlanChild('b', 12, 'vepa'),
      port('s_h', { hairpin: true }),
    ]);
    const [without, withIt] = [predictMatrix(network), predictMatrix(reflecting)];
    expect(verdict(without, 'a', 'b')).toBe('unreachable');
    expect(verdict(without, 'a', 'h')).toBe('unreachable');
    expect(verdict(without, 'a', 'x')).toBe('reached');
    expect(verdict(withIt, 'a', 'b')).toBe('reached');
    expect(verdict(withIt, 'a', 'h')).toBe('reached');
  });

  it('tells a request that arrives without an answer from one that is lost', () => {
    const network = networkOf([...LAN, sysctl('net.ipv4.icmp_echo_ignore_all', '1', 'x')]);
    expect(verdict(predictMatrix(network), 'h', 'x')).toBe('timeout');
    const deaf = networkOf([...LAN, neighbour('x', 'eth0', '10.0.0.2', macOf(77))]);
    expect(verdict(predictMatrix(deaf), 'h', 'x')).toBe('one-way');
  });
});

describe('a question', () => {
  it('finds the network as a new simulation would, whatever was asked before', () => {
    fc.assert(
      fc.property(lan, fc.nat(), fc.nat(), (network, a, b) => {
        const all = endpointsOf(network);
        const [from, to] = [all[a % all.length]!, all[b % all.length]!];
        const fresh = createAsker(network);
        fresh.ask(from, to, 'ping');
        const used = createAsker(network);
        used.ask(to, from, 'ping');
        used.ask(from, to, 'ping');
        expect(used.events()).toEqual(fresh.events());
      }),
      runs(15),
    );
  }, 120_000);

  it('is asked of a simulation that starts over with cold caches', () => {
    const simulation = createSimulation(networkOf(LAN));
    const seen: Event[] = [];
    simulation.listen((event) => seen.push(event));
    const ask = (): readonly Event[] => {
      seen.length = 0;
      const socket = simulation.icmpSocket({ at: endpointsOf(networkOf(LAN))[0]!.place, receive: () => {} });
      socket.send({ to: endpointsOf(networkOf(LAN))[1]!.address, ident: 1, seq: 1, bytes: 56 });
      simulation.runFor(1_000_000);
      return [...seen];
    };
    const first = ask();
    expect(ask()).not.toEqual(first);
    simulation.reset();
    expect(ask()).toEqual(first);
  });
});
