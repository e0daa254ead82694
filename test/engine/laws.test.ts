import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Event, SECOND, type Spot } from '../../src/engine/event.ts';
import { type Frame, isGroup } from '../../src/engine/frame.ts';
import { createSimulation } from '../../src/engine/simulate.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import { type Device, isMacvlan, type Macvlan } from '../../src/model/device.ts';
import { hasCarrier } from '../../src/model/link-state.ts';
import { macNumber } from '../../src/model/mac.ts';
import type { Operation } from '../../src/model/operation.ts';
import { isProbe, play, probe, type Scenario, scenarios, type Watcher } from '../arbitraries/scenario.ts';
import { addrDel, at, del, down, set } from '../model/helpers.ts';
import { addressOf, LAN, macOf, macvlanChild, simulationOf } from './lab.ts';

const RUNS = Number(process.env['RUNS'] ?? 300);
/** On a machine that is busy, what has been tried by then must do. */
const LIMIT = { interruptAfterTimeLimit: 60_000 };
/** By then every queue is empty and every timer has run out: three seconds of ARP at each of a few hops, and neighbours checked once more. */
const QUIET = 120 * SECOND;

const plain = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));

/** All that can be seen of a simulation at rest. */
const tables = (simulation: Simulation): string => {
  const network = simulation.network();
  const parts = Object.values(network.machines).flatMap((machine) =>
    Object.values(machine.namespaces).map((namespace) => {
      const at = { machine: machine.name, namespace: namespace.name };
      const here = Object.values(machine.devices).filter((device) => device.namespace === namespace.name);
      return [
        simulation.neighbours(at),
        simulation.exceptions(at),
        here.map((device) => simulation.counters(at, device.id)),
        here.filter(({ kind }) => kind === 'bridge').map(({ name }) => simulation.fdb(at, name)),
      ];
    }),
  );
  return plain([simulation.now(), simulation.deliveries(), parts]);
};

/** A storm has more events than are worth comparing. */
const MOST = 100_000;
const eventsOf = (scenario: Scenario): readonly string[] => {
  const events: string[] = [];
  let count = 0;
  play(scenario, (event) => {
    count++;
    if (events.length < MOST) events.push(plain(event));
  }).simulation.runFor(QUIET);
  return [...events, `${count} in all`];
};

/** Where two lists part; their whole text would be too much to read. */
const expectSame = (got: readonly string[], wanted: readonly string[]): void => {
  const at = got.findIndex((one, index) => one !== wanted[index]);
  if (at >= 0) expect(got.slice(at, at + 3)).toEqual(wanted.slice(at, at + 3));
  expect(got.length).toBe(wanted.length);
};

describe('determinism', { timeout: 300_000 }, () => {
  test('the same network, seed and calls give the same events, byte for byte', () => {
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        expectSame(eventsOf(scenario), eventsOf(scenario));
      }),
      { ...LIMIT, numRuns: RUNS / 3 },
    );
  });

  test('who listens, and from when on, changes nothing', () => {
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        const alone = play(scenario);
        const watched = play(scenario, () => undefined);
        const joined = play(scenario, undefined, (simulation) => {
          simulation.listen(() => undefined);
          simulation.listen(() => undefined)();
        });
        for (const other of [watched, joined]) {
          expect(other.outcomes).toEqual(alone.outcomes);
          expect(tables(other.simulation)).toBe(tables(alone.simulation));
        }
      }),
      { ...LIMIT, numRuns: RUNS / 3 },
    );
  });

  test('a simulation that starts over is as a new one of the same network', () => {
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        const { simulation: old } = play(scenario);
        old.reset();
        const fresh = createSimulation(old.network(), { seed: scenario.seed });
        fresh.runFor(0);
        const [events, others] = [old, fresh].map((simulation) => {
          const seen: string[] = [];
          const stop = simulation.listen((event) => seen.push(plain(event)));
          for (const act of scenario.acts) if (isProbe(act)) seen.push(probe(simulation, act));
          stop();
          return [...seen, tables(simulation)];
        });
        expectSame(events!, others!);
      }),
      { ...LIMIT, numRuns: RUNS / 3 },
    );
  });
});

type Ended = Extract<Event, { kind: 'delivered' | 'forwarded' | 'dropped' }>;
const isEnd = (event: Event): event is Ended =>
  event.kind === 'delivered' || event.kind === 'forwarded' || event.kind === 'dropped';

/** Keeps the books of copies, and answers what is wrong with them. */
const books = () => {
  const open = new Set<number>();
  const ended = new Map<number, string>();
  const wrong: string[] = [];
  const note = (event: Event): void => {
    if (!('copy' in event)) return;
    const { copy } = event;
    if (event.kind === 'created') {
      if (open.has(copy) || ended.has(copy)) wrong.push(`created again: ${plain(event)}`);
      open.add(copy);
      return;
    }
    if (!open.has(copy)) wrong.push(`${ended.get(copy) ?? 'not created'}, and then ${plain(event)}`);
    if (!isEnd(event)) return;
    open.delete(copy);
    ended.set(copy, event.kind);
  };
  const check = (): void => {
    expect(wrong.slice(0, 3)).toEqual([]);
    expect([...open], 'never ended').toEqual([]);
  };
  return { note, check };
};

describe('conservation', { timeout: 300_000 }, () => {
  test.each([
    ['', scenarios(), RUNS],
    [', in a storm too', scenarios({ loops: true }), RUNS / 30],
  ] as const)(
    'every copy is created once and ends once, and nothing is heard of it before or afterwards%s',
    (_, some, numRuns) => {
      fc.assert(
        fc.property(some, (scenario) => {
          const { note, check } = books();
          play(scenario, note).simulation.runFor(QUIET);
          check();
        }),
        { ...LIMIT, numRuns },
      );
    },
  );

  const CHANGES: readonly (readonly [string, Operation])[] = [
    ['the sender goes down', down('eth0', 'a')],
    ['the sender is deleted', del('eth0', 'a')],
    ['its parent goes down', down('eth0', 'h')],
    ['its parent is deleted', del('eth0', 'h')],
    ['its parent leaves for another namespace', set('eth0', { netns: 'x', name: 'eth9' }, 'h')],
    ['its namespace is deleted', { op: 'netns.del', at: at(), name: 'a' }],
    ['its mode changes', set('eth0', { kind: { kind: 'macvlan', mode: 'private' } }, 'a')],
    ['its address is deleted', addrDel('10.0.0.11/24', 'eth0', 'a')],
    ['it gets another MAC', set('eth0', { mac: macOf(66) }, 'a')],
    ['the switch loses the port', set('s_h', { nomaster: true }, 'sw')],
    ['the switch is deleted', del('br0', 'sw')],
    ['the receiver is deleted', del('eth0', 'x')],
    ['the receiver goes down', down('eth0', 'x')],
  ];
  /** Right after it was sent, on the wire, in the queue of the switch, at the receiver, and while it waits for an answer. */
  const MOMENTS = [0, 7_000, 13_000, 20_000, 27_000, 40_000, 1_500_000_000];
  test.each(CHANGES)('also of frames that are on their way when %s', (_, change) => {
    for (const moment of MOMENTS) {
      const { note, check } = books();
      const simulation = simulationOf([...LAN, ...macvlanChild('a', 11, 'bridge'), ...macvlanChild('b', 12, 'bridge')]);
      simulation.listen(note);
      const socket = simulation.icmpSocket({ at: at('a'), receive: () => undefined });
      for (const to of [9, 12, 77, 255])
        socket.send({ to: addressOf(to), ident: 1, seq: 1, bytes: 2000, broadcast: true });
      simulation.runFor(moment);
      expect(simulation.apply(change).refusal).toBeUndefined();
      simulation.runFor(QUIET);
      check();
    }
  });
});

const deviceAt = (simulation: Simulation, { machine, id }: Spot): Device | undefined =>
  simulation.network().machines[machine]?.devices[id];

/** Plays a scenario to its end with an eye on every event, and on the network as it is then. */
const watch = (scenario: Scenario, look: Watcher): void => {
  play(scenario, look).simulation.runFor(QUIET);
};

describe('devices', { timeout: 300_000 }, () => {
  test('no frame leaves a device that is down or without carrier', () => {
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        watch(scenario, (event, simulation) => {
          if (event.kind !== 'sent') return;
          const device = deviceAt(simulation, event.at);
          if (!device?.up || !hasCarrier(device))
            throw new Error(`${device ? 'down or without carrier' : 'gone'}: ${plain(event)}`);
        });
      }),
      { ...LIMIT, numRuns: RUNS },
    );
  });
});

/** From which copy each copy descends, the first of its line, and what that first one was. */
const lineages = () => {
  const roots = new Map<number, { readonly copy: number; readonly at: Spot; readonly frame: Frame }>();
  return {
    note: (event: Event): void => {
      if (event.kind !== 'created') return;
      const root = event.of === undefined ? undefined : roots.get(event.of);
      roots.set(event.copy, root ?? event);
    },
    of: (copy: number) => roots.get(copy)!,
  };
};

type Created = Extract<Event, { kind: 'created' }>;
/** The private child that a broadcast is the own of. */
const privateSender = ({ at, frame }: Created, simulation: Simulation): Macvlan | undefined => {
  const device = deviceAt(simulation, at);
  if (!device?.up || !isMacvlan(device) || device.mode !== 'private') return undefined;
  return isGroup(frame.dst) && frame.src === macNumber(device.mac) ? device : undefined;
};
const isForbidden = (from: Macvlan, to: Device): boolean =>
  isMacvlan(to) &&
  to.id !== from.id &&
  to.parent === from.parent &&
  !(to.mode === 'source' && to.sources.includes(from.mac));

describe('macvlan', { timeout: 300_000 }, () => {
  test('the broadcast of a private child reaches no sibling but a source child that lists it, hairpin or not', () => {
    fc.assert(
      fc.property(scenarios({ macvlan: true }), (scenario) => {
        const lineage = lineages();
        const senders = new Map<number, Macvlan>();
        watch(scenario, (event, simulation) => {
          lineage.note(event);
          const sender = event.kind === 'created' && event.of === undefined && privateSender(event, simulation);
          if (sender) senders.set(event.copy, sender);
          if (event.kind !== 'received') return;
          const from = senders.get(lineage.of(event.copy).copy);
          const to = deviceAt(simulation, event.at);
          if (from && to && isForbidden(from, to))
            throw new Error(`${from.name} is private, and its broadcast comes to ${to.name}: ${plain(event)}`);
        });
      }),
      { ...LIMIT, numRuns: RUNS },
    );
  });
});

describe('bridges', { timeout: 300_000 }, () => {
  test('without hairpin no copy leaves a port that it came in by', () => {
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        const cameBy = new Map<number, number>();
        watch(scenario, (event, simulation) => {
          if (event.kind === 'created' && event.of !== undefined) {
            const by = cameBy.get(event.of);
            if (by !== undefined) cameBy.set(event.copy, by);
          }
          if (event.kind === 'received') cameBy.set(event.copy, event.at.id);
          if (event.kind !== 'sent' || cameBy.get(event.copy) !== event.at.id) return;
          const port = deviceAt(simulation, event.at)?.port;
          if (port && !port.hairpin) throw new Error(`reflected: ${plain(event)}`);
        });
      }),
      { ...LIMIT, numRuns: RUNS },
    );
  });
});
