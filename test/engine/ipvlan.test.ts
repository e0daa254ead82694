import { describe, expect, test } from 'vitest';
import type { Simulation } from '../../src/engine/simulation.ts';
import type { IpvlanFlag, IpvlanMode } from '../../src/model/device.ts';
import type { Operation } from '../../src/model/operation.ts';
import { add, addr, sysctl, up } from '../model/helpers.ts';
import {
  addressOf,
  child,
  LAN,
  macOf,
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
const FLAGS: readonly IpvlanFlag[] = ['bridge', 'private', 'vepa'];
const L3: readonly IpvlanMode[] = ['l3', 'l3s'];

const children = (mode: IpvlanMode, flag: IpvlanFlag): readonly Operation[] => [
  ...child('a', 11, { kind: 'ipvlan', mode, flag }),
  ...child('b', 12, { kind: 'ipvlan', mode, flag }),
];
const lab = (mode: IpvlanMode, flag: IpvlanFlag, ...more: readonly Operation[]): Simulation =>
  simulationOf([...LAN, ...children(mode, flag), ...more]);

type Question = readonly [from: string, to: string];
const NAMES: Readonly<Record<string, string>> = {
  a: 'a child',
  b: 'its sibling',
  h: 'the host',
  x: 'a stranger',
  gw: 'the router',
  far: 'what lies behind the router',
  nobody: 'nobody',
};
const ADDRESSES: Readonly<Record<string, string>> = {
  a: addressOf(11),
  b: addressOf(12),
  h: addressOf(2),
  x: addressOf(9),
  gw: addressOf(1),
  far: OFF_LINK,
  nobody: addressOf(77),
};
const SAYS: Readonly<Record<string, string>> = {
  yes: 'answers',
  HU: 'is not found by',
  half: 'hears, and its answer does not reach',
  lost: 'does not hear',
  ENOBUFS: 'is forbidden to',
};

/** Outcomes for the flags bridge, private and vepa, in this order. */
type Outcomes = readonly [string, string, string];
const table = (
  mode: IpvlanMode,
  rows: readonly (readonly [...Question, Outcomes])[],
  more: readonly Operation[] = [],
): void => {
  for (const [from, to, outcomes] of rows)
    for (const [at, flag] of FLAGS.entries())
      test(`${mode} ${flag}: ${NAMES[to]} ${SAYS[outcomes[at]!]} ${NAMES[from]}`, () => {
        expect(outcomeOf(lab(mode, flag, ...more), from, ADDRESSES[to]!)).toBe(outcomes[at]);
      });
};
const all = (outcome: string): Outcomes => [outcome, outcome, outcome];
/** What the hairpin does not touch. */
const L2_ANYWAY = [
  ['a', 'x', all('yes')],
  ['x', 'a', all('yes')],
  ['a', 'gw', all('yes')],
  ['a', 'far', all('yes')],
  ['x', 'h', all('yes')],
  ['a', 'nobody', all('HU')],
] as const;

describe('mode l2 without hairpin', () => {
  table('l2', [['a', 'b', ['yes', 'HU', 'HU']], ['a', 'h', all('HU')], ['h', 'a', all('HU')], ...L2_ANYWAY]);

  test('private: the sibling gets the question, since broadcasts know no privacy, and its answer is dropped', () => {
    const simulation = lab('l2', 'private');
    const reasons: string[] = [];
    simulation.listen((event) => {
      if (event.kind === 'delivered' && event.to === 'arp' && event.at.namespace === 'b') reasons.push('asked');
      if (event.kind === 'dropped' && event.reason === 'ipvlan.private') reasons.push('dropped');
    });
    expect(outcomeOf(simulation, 'a', addressOf(12))).toBe('HU');
    expect(reasons).toEqual(['asked', 'dropped', 'asked', 'dropped', 'asked', 'dropped']);
  });
  test.each(['bridge', 'private'] as const)(
    '%s: with a static entry the host hears its child, and cannot answer',
    (flag) => {
      const known = neighbour('a', 'eth0', addressOf(2), macOf(2));
      expect(outcomeOf(lab('l2', flag, known), 'a', addressOf(2))).toBe('half');
    },
  );
});

describe('mode l2 with hairpin', () => {
  const more = [
    ['a', 'b', ['yes', 'HU', 'yes']],
    ['a', 'h', all('yes')],
    ['h', 'a', all('yes')],
  ] as const;
  table('l2', [...more, ...L2_ANYWAY], [HAIRPIN]);
});

describe.each([
  ['without hairpin', []],
  ['with hairpin, which changes nothing', [HAIRPIN]],
] as const)('layer 3 %s', (_, hairpin) => {
  for (const mode of L3)
    table(
      mode,
      [
        ['a', 'b', ['yes', 'ENOBUFS', 'lost']],
        ['a', 'h', all('half')],
        ['h', 'a', all('HU')],
        ['a', 'x', all('half')],
        ['a', 'gw', all('half')],
        ['a', 'far', all('half')],
        ['x', 'a', all('HU')],
        ['a', 'nobody', all('lost')],
      ],
      hairpin,
    );
});

describe('layer 3 where everybody has a route to the children by their host', () => {
  const routes = ['x', 'gw'].flatMap((who) =>
    [11, 12].map((number) => routeIn(who, `${addressOf(number)}/32`, { via: addressOf(2) })),
  );
  for (const mode of L3)
    table(
      mode,
      [
        ['a', 'b', ['yes', 'ENOBUFS', 'lost']],
        ['a', 'h', all('half')],
        ['h', 'a', all('HU')],
        ['a', 'x', all('yes')],
        ['a', 'gw', all('yes')],
        ['a', 'far', all('yes')],
        ['x', 'a', all('yes')],
      ],
      routes,
    );
});

describe('children of two cards on one wire', () => {
  const both = (one: IpvlanMode, other: IpvlanMode): Simulation =>
    simulationOf([
      ...LAN,
      ...child('a', 11, { kind: 'ipvlan', mode: one, flag: 'bridge' }),
      ...uplink('h', 'eth1', macOf(4), 's_h1'),
      ...child('c', 13, { kind: 'ipvlan', mode: other, flag: 'bridge' }, 'eth1'),
    ]);
  const TABLE: readonly (readonly [IpvlanMode, IpvlanMode, string])[] = [
    ['l2', 'l2', 'yes'],
    ['l2', 'l3', 'HU'],
    ['l2', 'l3s', 'HU'],
    ['l3', 'l2', 'half'],
    ['l3s', 'l2', 'half'],
    ['l3', 'l3', 'lost'],
    ['l3s', 'l3s', 'lost'],
    ['l3', 'l3s', 'lost'],
  ];
  test.each(TABLE)('%s to %s: %s', (one, other, outcome) => {
    expect(outcomeOf(both(one, other), 'a', addressOf(13))).toBe(outcome);
  });
});

describe('a child of the same mode in the namespace of the host', () => {
  const shim = (mode: IpvlanMode): readonly Operation[] => [
    add('sh0', { kind: 'ipvlan', mode, flag: 'bridge' }, { link: 'eth0', in: 'h' }),
    up('sh0', 'h'),
    addr('10.0.0.3/32', 'sh0', 'h'),
    routeIn('h', '10.0.0.11/32', { device: 'sh0' }),
  ];
  const ignore = sysctl('net.ipv4.conf.all.arp_ignore', '1', 'h');
  const filter = sysctl('net.ipv4.conf.all.rp_filter', '1', 'h');
  const TABLE: readonly (readonly [IpvlanMode, string, readonly Operation[], readonly [string, string, string]])[] = [
    ['l2', 'helps everybody', [], ['yes', 'yes', 'yes']],
    ['l2', 'with arp_ignore 1 does not answer for the address of the parent', [ignore], ['yes', 'yes', 'HU']],
    ['l2', 'with rp_filter 1 is no way to the address of the parent', [filter], ['yes', 'yes', 'lost']],
    ['l3', 'helps everybody', [], ['yes', 'yes', 'yes']],
    ['l3', 'does so with arp_ignore 1', [ignore], ['yes', 'yes', 'yes']],
    ['l3', 'does so with rp_filter 1', [filter], ['yes', 'yes', 'yes']],
  ];
  test.each(TABLE)('in mode %s %s', (mode, _, more, outcomes) => {
    const of = (from: string, to: number): string =>
      outcomeOf(lab(mode, 'bridge', ...shim(mode), ...more), from, addressOf(to));
    expect([of('h', 11), of('a', 3), of('a', 2)]).toEqual(outcomes);
  });
});

describe('siblings that reach each other by a router', () => {
  const byRouter = (name: string, number: number, flag: IpvlanFlag): readonly Operation[] => [
    ...child(name, number, { kind: 'ipvlan', mode: 'l2', flag }).slice(0, -2),
    addr(`${addressOf(number)}/32`, 'eth0', name),
    routeIn(name, '10.0.0.1/32', { device: 'eth0' }),
    routeIn(name, '0.0.0.0/0', { via: '10.0.0.1' }),
  ];
  const start = (flag: IpvlanFlag, ...more: readonly Operation[]): Simulation =>
    simulationOf([...LAN, ...byRouter('a', 11, flag), ...byRouter('b', 12, flag), ...more]);
  const several = (simulation: Simulation): readonly string[] =>
    [1, 2, 3, 4].map(() => {
      const { outcome } = ping(simulation, 'a', addressOf(12));
      simulation.runFor(1e9);
      return outcome;
    });

  test.each(['private', 'vepa'] as const)(
    '%s: the first ping is answered, and the redirect breaks what follows',
    (flag) => {
      expect(several(start(flag))).toEqual(['yes', 'half', 'half', 'half']);
    },
  );
  test.each(['private', 'vepa'] as const)('%s: it keeps working where nobody takes redirects', (flag) => {
    const refuse = ['a', 'b'].flatMap((who) =>
      ['all', 'eth0'].map((which) => sysctl(`net.ipv4.conf.${which}.accept_redirects`, '0', who)),
    );
    expect(several(start(flag, ...refuse))).toEqual(['yes', 'yes', 'yes', 'yes']);
  });
  test.each(['private', 'vepa'] as const)('%s: it keeps working where the router sends none', (flag) => {
    const quiet = ['all', 'eth0'].map((which) => sysctl(`net.ipv4.conf.${which}.send_redirects`, '0', 'gw'));
    expect(several(start(flag, ...quiet))).toEqual(['yes', 'yes', 'yes', 'yes']);
  });
  test('bridge: it keeps working, directly', () => {
    const simulation = start('bridge');
    expect(several(simulation)).toEqual(['yes', 'yes', 'yes', 'yes']);
    expect(ping(simulation, 'a', addressOf(12)).replies[0]?.ttl).toBe(64);
  });
});
