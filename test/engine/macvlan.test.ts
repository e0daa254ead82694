import { describe, expect, test } from 'vitest';
import type { MacvlanMode } from '../../src/model/device.ts';
import type { Operation } from '../../src/model/operation.ts';
import { add, addr, down, set, sysctl, up } from '../model/helpers.ts';
import {
  addressOf,
  child,
  LAN,
  macOf,
  macvlanChild,
  neighbour,
  OFF_LINK,
  outcomeOf,
  ping,
  port,
  routeIn,
  simulationOf,
  uplink,
} from './lab.ts';

const HAIRPIN = port('s_h', { hairpin: true });
/** What a child in source mode listens to here: everybody but the host. */
const LISTED = [1, 9, 11, 12, 13].map(macOf);

type Mode = Exclude<MacvlanMode, 'passthru'>;
const MODES: readonly Mode[] = ['private', 'vepa', 'bridge', 'source'];
type Row = Readonly<Record<Mode | 'host', string>>;

const SAYS: Readonly<Record<string, string>> = {
  yes: 'reaches',
  HU: 'finds nobody at',
  half: 'is heard and gets no answer from',
  lost: 'is not heard by',
};
const says = (who: string, outcome: string, whom: string): string => `${who} ${SAYS[outcome] ?? outcome} ${whom}`;

/** Rows: who asks. Columns: who is asked. */
const PAIRS: Readonly<Record<'off' | 'on', Readonly<Record<Mode | 'host', Partial<Row>>>>> = {
  off: {
    private: { private: 'HU', vepa: 'HU', bridge: 'HU', source: 'HU', host: 'HU' },
    vepa: { private: 'HU', vepa: 'HU', bridge: 'HU', source: 'HU', host: 'HU' },
    bridge: { private: 'HU', vepa: 'HU', bridge: 'yes', source: 'HU', host: 'HU' },
    source: { private: 'HU', vepa: 'HU', bridge: 'HU', source: 'HU', host: 'HU' },
    host: { private: 'HU', vepa: 'HU', bridge: 'HU', source: 'HU' },
  },
  on: {
    private: { private: 'HU', vepa: 'HU', bridge: 'HU', source: 'yes', host: 'HU' },
    vepa: { private: 'HU', vepa: 'yes', bridge: 'yes', source: 'yes', host: 'yes' },
    bridge: { private: 'HU', vepa: 'yes', bridge: 'yes', source: 'yes', host: 'yes' },
    source: { private: 'HU', vepa: 'HU', bridge: 'HU', source: 'yes', host: 'HU' },
    host: { private: 'yes', vepa: 'yes', bridge: 'yes', source: 'HU' },
  },
};

const two = (from: Mode, to: Mode): readonly Operation[] => [
  ...macvlanChild('a', 11, from, LISTED),
  ...macvlanChild('b', 12, to, LISTED),
];
const childOf = (mode: Mode | 'host'): string => (mode === 'host' ? 'the host' : `a ${mode} child`);

describe.each(['off', 'on'] as const)('with hairpin %s', (hairpin) => {
  const start = [...LAN, ...(hairpin === 'on' ? [HAIRPIN] : [])];
  for (const [from, row] of Object.entries(PAIRS[hairpin]) as [Mode | 'host', Row][])
    for (const [to, outcome] of Object.entries(row) as [Mode | 'host', string][])
      test(says(childOf(from), outcome, childOf(to)), () => {
        const children = two(from === 'host' ? 'bridge' : from, to === 'host' ? 'bridge' : to);
        const asker = from === 'host' ? 'h' : 'a';
        const asked = addressOf(to === 'host' ? 2 : 12);
        expect(outcomeOf(simulationOf([...start, ...children]), asker, asked)).toBe(outcome);
      });

  for (const mode of [...MODES, 'passthru' as const]) {
    const children = macvlanChild('a', 11, mode, LISTED);
    test.each([addressOf(9), addressOf(1), OFF_LINK])(`a ${mode} child reaches %s outside`, (outside) => {
      expect(outcomeOf(simulationOf([...start, ...children]), 'a', outside)).toBe('yes');
    });
    test(`a ${mode} child is reached from outside`, () => {
      expect(outcomeOf(simulationOf([...start, ...children]), 'x', addressOf(11))).toBe('yes');
    });
    test(`beside a ${mode} child the host ${mode === 'passthru' ? 'answers ARP and nothing else' : 'is reached from outside'}`, () => {
      const simulation = simulationOf([...start, ...children]);
      expect(outcomeOf(simulation, 'x', addressOf(2))).toBe(mode === 'passthru' ? 'lost' : 'yes');
    });
    test(`a ${mode} child and a child on another card of the host reach each other`, () => {
      const other = [
        ...uplink('h', 'eth1', macOf(4), 's_h1'),
        ...child('c', 13, { kind: 'macvlan', mode: 'private' }, 'eth1'),
      ];
      expect(outcomeOf(simulationOf([...start, ...children, ...other]), 'a', addressOf(13))).toBe('yes');
      expect(outcomeOf(simulationOf([...start, ...children, ...other]), 'c', addressOf(11))).toBe('yes');
    });
  }

  test('a passthru child finds nobody at its host', () => {
    expect(outcomeOf(simulationOf([...start, ...macvlanChild('a', 11, 'passthru')]), 'a', addressOf(2))).toBe('HU');
  });
});

describe('a second card on the same wire', () => {
  test('answers for the address of the first, and the answer to the ping leaves by the first and finds nobody', () => {
    const eth1 = uplink('h', 'eth1', macOf(4), 's_h1');
    const simulation = simulationOf([...LAN, ...macvlanChild('a', 11, 'bridge'), ...eth1]);
    expect(outcomeOf(simulation, 'a', addressOf(2))).toBe('half');
  });
});

describe('it is the ARP broadcast that fails', () => {
  const known = (who: string, whom: number): Operation => neighbour(who, 'eth0', addressOf(whom), macOf(whom));
  const pairs = MODES.flatMap((from) => MODES.map((to) => [from, to] as const));
  const entries = [known('a', 12), known('b', 11)];

  test.each(pairs)('with static entries and hairpin, a %s child reaches a %s child', (from, to) => {
    const simulation = simulationOf([...LAN, HAIRPIN, ...two(from, to), ...entries]);
    expect(outcomeOf(simulation, 'a', addressOf(12))).toBe('yes');
  });
  test.each(MODES.filter((mode) => mode !== 'source'))(
    'with static entries and hairpin, a %s child and its host reach each other',
    (mode) => {
      const both = [known('a', 2), known('h', 11)];
      expect(outcomeOf(simulationOf([...LAN, HAIRPIN, ...two(mode, mode), ...both]), 'a', addressOf(2))).toBe('yes');
      expect(outcomeOf(simulationOf([...LAN, HAIRPIN, ...two(mode, mode), ...both]), 'h', addressOf(11))).toBe('yes');
    },
  );
  test.each(pairs)(
    'with static entries and no hairpin, a %s child to a %s child: only bridge to bridge',
    (from, to) => {
      const simulation = simulationOf([...LAN, ...two(from, to), ...entries]);
      const expected = from === 'bridge' && to === 'bridge' ? 'yes' : 'lost';
      expect(outcomeOf(simulation, 'a', addressOf(12))).toBe(expected);
    },
  );
});

describe('who has spoken first', () => {
  test('a private child reaches its host only after the host has spoken first, and from then on', () => {
    const simulation = simulationOf([...LAN, HAIRPIN, ...macvlanChild('a', 11, 'private')]);
    expect(outcomeOf(simulation, 'a', addressOf(2))).toBe('HU');
    expect(outcomeOf(simulation, 'h', addressOf(11))).toBe('yes');
    for (let minute = 0; minute < 5; minute++) {
      expect(outcomeOf(simulation, 'a', addressOf(2))).toBe('yes');
      simulation.runFor(60e9);
    }
  });
});

describe('a child of the same mode in the namespace of the host', () => {
  const shim = (mode: Mode): readonly Operation[] => [
    add('sh0', { kind: 'macvlan', mode }, { link: 'eth0', in: 'h', attributes: { mac: macOf(3) } }),
    up('sh0', 'h'),
    addr('10.0.0.3/32', 'sh0', 'h'),
  ];
  const toChild = routeIn('h', '10.0.0.11/32', { device: 'sh0' });
  const ignore = sysctl('net.ipv4.conf.all.arp_ignore', '1', 'h');
  const filter = sysctl('net.ipv4.conf.all.rp_filter', '1', 'h');
  const TABLE: readonly (readonly [string, readonly Operation[], readonly [string, string, string]])[] = [
    ['without a route to the child', [], ['HU', 'half', 'half']],
    ['with a route to the child over it', [toChild], ['yes', 'yes', 'yes']],
    ['with the route and arp_ignore 1', [toChild, ignore], ['yes', 'yes', 'HU']],
    ['with the route and rp_filter 1', [toChild, filter], ['yes', 'yes', 'yes']],
    ['with rp_filter 1 and no route', [filter], ['HU', 'HU', 'HU']],
  ];
  test.each(TABLE)('%s', (_, more, outcomes) => {
    const start = [...LAN, ...macvlanChild('a', 11, 'bridge'), ...shim('bridge'), ...more];
    const of = (from: string, to: number): string => outcomeOf(simulationOf(start), from, addressOf(to));
    expect([of('h', 11), of('a', 3), of('a', 2)]).toEqual(outcomes);
  });
  test.each(['vepa', 'private'] as const)(
    'in mode %s helps nobody without hairpin; the host asks with its address',
    (mode) => {
      const start = [...LAN, ...macvlanChild('a', 11, mode), ...shim(mode), toChild];
      const asked = ping(simulationOf(start), 'h', addressOf(11));
      expect(asked.outcome).toBe('HU');
      expect(asked.errors[0]?.from).toBe('10.0.0.3');
      expect(outcomeOf(simulationOf(start), 'a', addressOf(3))).toBe('HU');
      expect(outcomeOf(simulationOf(start), 'a', addressOf(2))).toBe('HU');
    },
  );
});

describe('siblings that reach each other by a router', () => {
  const byRouter = (name: string, number: number, mode: Mode): readonly Operation[] => [
    ...macvlanChild(name, number, mode).slice(0, -2),
    addr(`${addressOf(number)}/32`, 'eth0', name),
    routeIn(name, '10.0.0.1/32', { device: 'eth0' }),
    routeIn(name, '0.0.0.0/0', { via: '10.0.0.1' }),
  ];
  test.each([
    ['private', 63],
    ['vepa', 63],
    ['bridge', 64],
  ] as const)('in mode %s: at once, and later with TTL %i', (mode, later) => {
    const simulation = simulationOf([...LAN, ...byRouter('a', 11, mode), ...byRouter('b', 12, mode)]);
    const first = ping(simulation, 'a', addressOf(12));
    expect([first.outcome, first.replies[0]?.ttl]).toEqual(['yes', 63]);
    expect(first.errors.map(({ icmp }) => icmp.icmp)).toEqual(['redirect']);
    for (let more = 0; more < 3; more++) {
      simulation.runFor(1e9);
      expect(ping(simulation, 'a', addressOf(12)).outcome).toBe('yes');
    }
    expect(ping(simulation, 'a', addressOf(12)).replies[0]?.ttl).toBe(later);
  });
});

describe('a child that is down or has lost its parent', () => {
  test('passthru: all unicast of the host is lost while the child is down', () => {
    const start = [...LAN, ...macvlanChild('a', 11, 'passthru'), down('eth0', 'a')];
    expect(outcomeOf(simulationOf(start), 'x', addressOf(2))).toBe('lost');
  });
  test('bridge: a sibling that is down is not found', () => {
    const start = [...LAN, ...two('bridge', 'bridge'), down('eth0', 'b')];
    expect(outcomeOf(simulationOf(start), 'a', addressOf(12))).toBe('HU');
  });
  test('bridge: siblings do not reach each other once the parent is down', () => {
    const start = [...LAN, ...two('bridge', 'bridge'), down('eth0', 'h')];
    expect(outcomeOf(simulationOf(start), 'a', addressOf(12))).toBe('HU');
  });
  test('a change of mode counts from the next frame on', () => {
    const simulation = simulationOf([...LAN, ...two('vepa', 'vepa')]);
    expect(outcomeOf(simulation, 'a', addressOf(12))).toBe('HU');
    for (const name of ['a', 'b']) simulation.apply(set('eth0', { kind: { kind: 'macvlan', mode: 'bridge' } }, name));
    expect(outcomeOf(simulation, 'a', addressOf(12))).toBe('yes');
  });
});
