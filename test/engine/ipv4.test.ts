import { describe, expect, test } from 'vitest';
import { type Event, SECOND } from '../../src/engine/event.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import type { Operation, RouteSpec } from '../../src/model/operation.ts';
import { add, addr, at, cidr, down, ip, set, sysctl, up } from '../model/helpers.ts';
import {
  addressOf,
  bridgeIn,
  LAN,
  macOf,
  namespace,
  OFF_LINK,
  outcomeOf,
  ping,
  routeIn,
  simulationOf,
  station,
  uplink,
} from './lab.ts';

const routed = (to: string, spec: Partial<RouteSpec>, who = 'x', how: 'add' | 'append' = 'append'): Operation => ({
  op: 'route.add',
  at: at(who),
  how,
  route: { destination: cidr(to), ...spec },
});
const lan = (...more: readonly Operation[]): Simulation => simulationOf([...LAN, ...more]);
const wayOf = (
  simulation: Simulation,
  to: string,
  more: { readonly out?: string; readonly from?: string } = {},
): string => {
  const { out, from } = more;
  const query = {
    to: ip(to),
    ...(out === undefined ? {} : { out }),
    ...(from === undefined ? {} : { from: ip(from) }),
  };
  const answer = simulation.routeGet(at('x'), query);
  if (answer.type === 'none') return answer.errno;
  return [answer.type, answer.device, answer.gateway ?? '', answer.source ?? ''].join(' ').replace(/ +/g, ' ').trim();
};

describe('the way to an address', () => {
  const second = [
    add('eth1', { kind: 'dummy' }, { in: 'x', attributes: { mac: macOf(70) } }),
    up('eth1', 'x'),
    addr('10.1.0.9/24', 'eth1', 'x'),
  ];
  const TABLE: readonly (readonly [string, readonly Operation[], string, string])[] = [
    ['an address of its own is local', [], '10.0.0.9', 'local lo 10.0.0.9'],
    ['a neighbour needs no gateway', [], '10.0.0.8', 'unicast eth0 10.0.0.9'],
    ['all else goes by the default route', [], '203.0.113.1', 'unicast eth0 10.0.0.1 10.0.0.9'],
    [
      'the longest prefix wins',
      [routed('203.0.113.0/24', { via: ip('10.0.0.2') }), routed('203.0.113.128/25', { via: ip('10.0.0.3') })],
      '203.0.113.129',
      'unicast eth0 10.0.0.3 10.0.0.9',
    ],
    [
      'the smallest metric wins',
      [
        routed('203.0.113.0/24', { via: ip('10.0.0.2'), metric: 20 }),
        routed('203.0.113.0/24', { via: ip('10.0.0.3'), metric: 10 }),
      ],
      '203.0.113.1',
      'unicast eth0 10.0.0.3 10.0.0.9',
    ],
    [
      'of equals the first one added wins',
      [routed('203.0.113.0/24', { via: ip('10.0.0.2') }), routed('203.0.113.0/24', { via: ip('10.0.0.3') })],
      '203.0.113.1',
      'unicast eth0 10.0.0.2 10.0.0.9',
    ],
    ['an unreachable route', [routed('203.0.113.0/24', { type: 'unreachable' })], '203.0.113.1', 'EHOSTUNREACH'],
    ['a blackhole', [routed('203.0.113.0/24', { type: 'blackhole' })], '203.0.113.1', 'EINVAL'],
    ['a prohibited route', [routed('203.0.113.0/24', { type: 'prohibit' })], '203.0.113.1', 'EACCES'],
    [
      'a route that says to look on does not end the search in a shorter prefix of its table',
      [routed('203.0.113.0/24', { type: 'throw' })],
      '203.0.113.1',
      'ENETUNREACH',
    ],
    ['the broadcast address of a subnet', [], '10.0.0.255', 'broadcast eth0 10.0.0.9'],
    [
      'a source that the route prefers',
      [addr('10.0.0.33/24', 'eth0', 'x'), routed('203.0.113.0/24', { via: ip('10.0.0.2'), source: ip('10.0.0.33') })],
      '203.0.113.1',
      'unicast eth0 10.0.0.2 10.0.0.33',
    ],
    [
      'a source in the subnet of the gateway',
      [addr('10.7.0.9/24', 'eth0', 'x'), routed('203.0.113.0/24', { via: ip('10.7.0.1') })],
      '203.0.113.1',
      'unicast eth0 10.7.0.1 10.7.0.9',
    ],
    [
      'the first address of another device, where its own has none',
      [
        ...second,
        add('bare', { kind: 'dummy' }, { in: 'x' }),
        up('bare', 'x'),
        routed('203.0.113.0/24', { device: 'bare' }),
      ],
      '203.0.113.1',
      'unicast bare 10.0.0.9',
    ],
    [
      'no way at all without a default route',
      [{ op: 'route.del', at: at('x'), route: { destination: cidr('0.0.0.0/0') } }],
      '203.0.113.1',
      'ENETUNREACH',
    ],
  ];
  test.each(TABLE)('%s', (_, more, to, way) => {
    expect(wayOf(lan(...more), to)).toBe(way);
  });
  test('over a given device only its routes count, and without one the destination is taken to be on the link', () => {
    const simulation = lan(...second);
    expect(wayOf(simulation, '10.0.0.8', { out: 'eth1' })).toBe('unicast eth1 10.1.0.9');
    expect(wayOf(simulation, '10.1.0.8', { out: 'eth1' })).toBe('unicast eth1 10.1.0.9');
  });
  test('a source address that is not ours is refused', () => {
    expect(wayOf(lan(), '10.0.0.8', { from: '10.0.0.77' })).toBe('ENETUNREACH');
  });
  test('a route without carrier is used all the same, unless settings say otherwise', () => {
    const dead = down('s_x', 'sw');
    expect(wayOf(lan(dead), '10.0.0.8')).toBe('unicast eth0 10.0.0.9');
    expect(wayOf(lan(sysctl('net.ipv4.conf.eth0.ignore_routes_with_linkdown', '1', 'x'), dead), '10.0.0.8')).toBe(
      'ENETUNREACH',
    );
  });
});

/** a (10.0.0.11) – gw (10.0.0.1, 10.1.0.1) – b (10.1.0.12), with what is set at the router. */
const across = (...more: readonly Operation[]): Simulation =>
  simulationOf([
    ...bridgeIn('sw'),
    ...bridgeIn('sw2'),
    ...station('gw', 1),
    ...uplink('gw', 'eth1', macOf(41), 's_gw1', 'sw2'),
    addr('10.1.0.1/24', 'eth1', 'gw'),
    sysctl('net.ipv4.ip_forward', '1', 'gw'),
    ...station('a', 11),
    routeIn('a', '0.0.0.0/0', { via: '10.0.0.1' }),
    ...namespace('b'),
    ...uplink('b', 'eth0', macOf(12), 's_b', 'sw2'),
    addr('10.1.0.12/24', 'eth0', 'b'),
    routeIn('b', '0.0.0.0/0', { via: '10.1.0.1' }),
    ...more,
  ]);
const B = '10.1.0.12';
const told = (simulation: Simulation, to: string, options = {}): readonly string[] =>
  ping(simulation, 'a', to, options).errors.map(
    ({ from, icmp }) => `${from} ${icmp.icmp}${'code' in icmp ? `/${icmp.code}` : ''}`,
  );

describe('a router', () => {
  test('takes one from the time to live', () => {
    const { outcome, replies } = ping(across(), 'a', B);
    expect([outcome, replies[0]?.ttl]).toEqual(['yes', 63]);
  });
  test('tells the sender when the time to live has run out', () => {
    expect(told(across(), B, { ttl: 1 })).toEqual(['10.0.0.1 time-exceeded/0']);
    expect(told(across(), '10.0.0.1', { ttl: 1 })).toEqual([]);
  });
  test('says that a network is unreachable where it has no route', () => {
    expect(told(across(), '203.0.113.1')).toEqual(['10.0.0.1 unreachable/0']);
  });
  const refusing = (type: 'unreachable' | 'prohibit' | 'blackhole'): Operation =>
    routed('10.1.0.12/32', { type }, 'gw');
  test.each([
    ['unreachable', ['10.0.0.1 unreachable/1']],
    ['prohibit', ['10.0.0.1 unreachable/13']],
    ['blackhole', []],
  ] as const)('with a route of type %s says %j', (type, errors) => {
    expect(told(across(refusing(type)), B)).toEqual(errors);
  });
  test('says after three seconds that a host does not answer', () => {
    const { outcome, errors, time } = ping(across(), 'a', '10.1.0.77');
    expect([outcome, errors[0]?.from, Math.round(time / SECOND)]).toEqual(['HU', '10.0.0.1', 3]);
  });
  test('that does not forward says nothing', () => {
    const simulation = across(sysctl('net.ipv4.ip_forward', '0', 'gw'));
    expect([outcomeOf(simulation, 'a', B), told(simulation, B)]).toEqual(['lost', []]);
  });
  test('answers for the address of its far side all the same', () => {
    expect(outcomeOf(across(sysctl('net.ipv4.ip_forward', '0', 'gw')), 'a', '10.1.0.1')).toBe('yes');
  });
  test('forwards for the device that a packet came in by, whatever the one that it leaves by says', () => {
    expect(outcomeOf(across(sysctl('net.ipv4.conf.eth1.forwarding', '0', 'gw')), 'a', B)).toBe('half');
    expect(outcomeOf(across(sysctl('net.ipv4.conf.eth0.forwarding', '0', 'gw')), 'a', B)).toBe('lost');
  });
  test('sends six errors to one host at once, and then one a second', () => {
    const simulation = across();
    const errors = (): number => told(simulation, B, { ttl: 1, seconds: 0.01 }).length;
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(errors)).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
    simulation.runFor(SECOND);
    expect([errors(), errors()]).toEqual([1, 0]);
  });
  test('in a loop with another lets the packet die, and says so', () => {
    const simulation = across(
      sysctl('net.ipv4.ip_forward', '1', 'b'),
      routed('203.0.113.0/24', { via: ip('10.1.0.12') }, 'gw'),
    );
    const { outcome, errors } = ping(simulation, 'a', '203.0.113.1');
    expect([outcome, errors.at(-1)?.icmp.icmp]).toEqual(['lost', 'time-exceeded']);
  });
});

describe('a packet that is too long', () => {
  const narrow = [set('eth1', { mtu: 1000 }, 'gw'), set('eth0', { mtu: 1000 }, 'b')];
  const pieces = (simulation: Simulation, where: string, run: () => void): readonly number[] => {
    const lengths: number[] = [];
    const stop = simulation.listen((event: Event) => {
      if (event.kind === 'sent' && event.at.namespace === where && event.frame.payload.proto === 'ipv4')
        if (event.frame.payload.body.icmp === 'echo-request') lengths.push(event.frame.payload.length);
    });
    run();
    stop();
    return lengths;
  };
  test('is split by its sender, at multiples of 8 bytes, and put together again', () => {
    const simulation = lan();
    let outcome = '';
    const lengths = pieces(simulation, 'x', () => {
      outcome = ping(simulation, 'x', addressOf(2), { bytes: 3000 }).outcome;
    });
    expect([outcome, lengths]).toEqual(['yes', [1500, 1500, 68]]);
  });
  test('is split by a router where it may be', () => {
    const simulation = across(...narrow);
    let answer = ping(simulation, 'a', '10.0.0.1');
    const lengths = pieces(simulation, 'gw', () => {
      answer = ping(simulation, 'a', B, { bytes: 1400, dontFragment: false });
    });
    expect([answer.outcome, lengths]).toEqual(['yes', [996, 452]]);
  });
  test('and may not be split is refused by the router, who says how long it may be', () => {
    const { outcome, errors } = ping(across(...narrow), 'a', B, { bytes: 1400, dontFragment: true });
    expect(outcome).toBe('lost');
    expect(errors[0]?.icmp).toMatchObject({ icmp: 'unreachable', code: 4, mtu: 1000 });
  });
  test('and may not be split does not leave its sender', () => {
    expect(outcomeOf(lan(), 'x', addressOf(2))).toBe('yes');
    expect(ping(lan(), 'x', addressOf(2), { bytes: 3000, dontFragment: true }).outcome).toBe('EMSGSIZE');
  });
  test('for the one who receives it is lost on the way', () => {
    const simulation = lan(set('eth0', { mtu: 1000 }, 'h'));
    expect(ping(simulation, 'x', addressOf(2), { bytes: 1400 }).outcome).toBe('lost');
    expect(ping(simulation, 'x', addressOf(2), { bytes: 900 }).outcome).toBe('yes');
  });
});

describe('redirects', () => {
  /** x reaches y (10.0.0.8) by a router on its own wire. */
  const detour = (...more: readonly Operation[]): Simulation =>
    lan(...station('y', 8), routeIn('x', '10.0.0.8/32', { via: '10.0.0.1' }), ...more);
  const hops = (simulation: Simulation): readonly (number | undefined)[] =>
    [1, 2, 3, 4].map(() => {
      const { replies } = ping(simulation, 'x', addressOf(8));
      simulation.runFor(SECOND);
      return replies[0]?.ttl;
    });
  const redirects = (simulation: Simulation): number =>
    ping(simulation, 'x', addressOf(8)).errors.filter(({ icmp }) => icmp.icmp === 'redirect').length;
  /** How many packets for y the router has forwarded. */
  const forwarded = (simulation: Simulation): (() => number) => {
    let count = 0;
    simulation.listen((event) => {
      if (event.kind === 'forwarded' && event.at.namespace === 'gw') count++;
    });
    return () => count;
  };

  test('are sent where a packet leaves by the device that it came in by, which it does all the same', () => {
    const { outcome, errors } = ping(detour(), 'x', addressOf(8));
    expect(outcome).toBe('yes');
    expect(errors.map(({ from, icmp }) => [from, icmp.icmp])).toEqual([['10.0.0.1', 'redirect']]);
  });
  test('are believed once the new neighbour is known: from the next packet or the one after on', () => {
    const simulation = detour();
    const count = forwarded(simulation);
    hops(simulation);
    expect(count()).toBeLessThanOrEqual(2);
    expect(simulation.exceptions(at('x'))).toEqual([{ destination: '10.0.0.8', gateway: '10.0.0.8' }]);
  });
  test('are forgotten after 300 seconds', () => {
    const simulation = detour();
    hops(simulation);
    const count = forwarded(simulation);
    simulation.runFor(280 * SECOND);
    ping(simulation, 'x', addressOf(8));
    expect(count()).toBe(0);
    simulation.runFor(30 * SECOND);
    ping(simulation, 'x', addressOf(8));
    expect(count()).toBe(1);
  });
  const both = (key: string, who: string): readonly Operation[] =>
    ['all', 'eth0'].map((which) => sysctl(`net.ipv4.conf.${which}.${key}`, '0', who));
  test('are not sent where send_redirects is 0 for all and the device', () => {
    expect(redirects(detour(...both('send_redirects', 'gw')))).toBe(0);
    expect(redirects(detour(...both('send_redirects', 'gw').slice(0, 1)))).toBe(1);
  });
  test('are not believed where accept_redirects is 0 for all and the device', () => {
    const simulation = detour(...both('accept_redirects', 'x'));
    const count = forwarded(simulation);
    hops(simulation);
    expect(count()).toBe(4);
    expect(simulation.exceptions(at('x'))).toEqual([]);
  });
  test('are not sent for a source that is behind another router', () => {
    const behind = [
      addr('192.0.2.9/32', 'lo', 'x'),
      routeIn('gw', '192.0.2.9/32', { via: addressOf(9) }),
      routed('10.0.0.8/32', { via: ip('10.0.0.1'), source: ip('192.0.2.9') }),
    ];
    const simulation = lan(...station('y', 8), routeIn('y', '192.0.2.9/32', { via: addressOf(9) }), ...behind);
    const { outcome, errors } = ping(simulation, 'x', addressOf(8));
    expect([outcome, errors]).toEqual(['yes', []]);
  });
  test('come at most nine times to whom they are lost on, ever more seldom', () => {
    const simulation = detour(...both('accept_redirects', 'x'));
    const times: number[] = [];
    const begun = simulation.now();
    for (let tick = 0; tick < 600; tick++) {
      if (redirects(simulation) > 0) times.push(Math.round((simulation.now() - begun) / 1e7) / 100);
      simulation.runFor(begun + (tick + 1) * 2e7 - simulation.now());
    }
    expect(times.length).toBe(9);
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    for (const [index, gap] of gaps.entries()) if (index > 0) expect(gap).toBeGreaterThan(gaps[index - 1]!);
  });
});

describe('the reverse-path filter', () => {
  /** h has a second card on another wire, where z asks from an address that h would answer by its first. */
  const twoWires = (filter: string, ...more: readonly Operation[]): Simulation =>
    lan(
      ...bridgeIn('sw2'),
      ...uplink('h', 'eth1', macOf(42), 's_h1', 'sw2'),
      addr('10.1.0.2/24', 'eth1', 'h'),
      ...namespace('z'),
      ...uplink('z', 'eth0', macOf(43), 's_z', 'sw2'),
      addr('203.0.113.5/24', 'eth0', 'z'),
      addr('10.1.0.5/24', 'eth0', 'z'),
      {
        op: 'route.add',
        at: at('z'),
        how: 'replace',
        route: { destination: cidr('10.1.0.0/24'), device: 'eth0', source: ip('203.0.113.5') },
      },
      {
        op: 'neigh.add',
        at: at('z'),
        how: 'replace',
        device: 'eth0',
        ip: ip('10.1.0.2'),
        mac: macOf(42),
        state: 'permanent',
      },
      sysctl('net.ipv4.conf.all.rp_filter', filter, 'h'),
      ...more,
    );
  const noDefault: Operation = { op: 'route.del', at: at('h'), route: { destination: cidr('0.0.0.0/0') } };
  test.each([
    ['0: takes what comes', '0', [], 'half'],
    ['1: takes nothing whose way back leads elsewhere', '1', [], 'lost'],
    ['2: takes it as long as there is some way back', '2', [], 'half'],
    ['2: and nothing else', '2', [noDefault], 'lost'],
    ['1: takes what its own way back leads to', '1', [routed('203.0.113.0/24', { device: 'eth1' }, 'h')], 'yes'],
  ] as const)('%s', (_, filter, more, outcome) => {
    expect(outcomeOf(twoWires(filter, ...more), 'z', '10.1.0.2')).toBe(outcome);
  });
  test('an own address never comes from outside, unless accept_local says so', () => {
    const twin = [...station('t', 6), addr('10.0.0.2/32', 'eth0', 't')];
    const spoofed = (more: readonly Operation[]): string => {
      const simulation = lan(...twin, ...more);
      let reason = '';
      simulation.listen((event) => {
        if (event.kind === 'dropped' && event.at.namespace === 'h' && event.reason.startsWith('ip.'))
          reason = event.reason;
      });
      const socket = simulation.icmpSocket({ at: at('t'), source: ip('10.0.0.2'), receive: () => undefined });
      simulation.apply({
        op: 'neigh.add',
        at: at('t'),
        how: 'replace',
        device: 'eth0',
        ip: ip('10.0.0.9'),
        mac: macOf(2),
        state: 'permanent',
      });
      socket.send({ to: addressOf(9), ident: 1, seq: 1, bytes: 56 });
      simulation.runFor(SECOND);
      return reason;
    };
    expect(spoofed([sysctl('net.ipv4.ip_forward', '1', 'h')])).toBe('ip.martian-source');
  });
});

describe('who answers ARP', () => {
  /** h has 10.0.0.2 on eth0, 10.1.0.2 on a second card and 10.2.0.2 on lo; x asks. */
  const manifold = (...more: readonly Operation[]): Simulation =>
    lan(
      add('eth1', { kind: 'dummy' }, { in: 'h' }),
      up('eth1', 'h'),
      addr('10.1.0.2/24', 'eth1', 'h'),
      { op: 'addr.add', at: at('h'), device: 'lo', address: cidr('10.2.0.2/32'), scope: 'host' },
      routed('10.1.0.0/16', { device: 'eth0' }),
      routed('10.2.0.0/16', { device: 'eth0' }),
      addr('10.3.0.9/24', 'eth0', 'x'),
      addr('10.3.0.2/24', 'eth0', 'h'),
      ...more,
    );
  const answers = (setting: string, to: string): boolean => {
    const simulation = manifold(sysctl('net.ipv4.conf.all.arp_ignore', setting, 'h'));
    ping(simulation, 'x', to);
    return simulation.neighbours(at('x')).some((row) => row.ip === to && row.mac === macOf(2));
  };
  const TABLE: readonly (readonly [string, string, readonly [boolean, boolean, boolean]])[] = [
    ['0', 'for every address that it has', [true, true, true]],
    ['1', 'only for those of the device that was asked', [true, false, false]],
    ['2', 'only for those, and to those in their subnet', [true, false, false]],
    ['3', 'for all but those of scope host', [true, true, false]],
    ['8', 'for none', [false, false, false]],
  ];
  test.each(TABLE)('with arp_ignore %s a machine answers %s', (setting, _, expected) => {
    expect(['10.0.0.2', '10.1.0.2', '10.2.0.2'].map((to) => answers(setting, to))).toEqual(expected);
  });
  test('with arp_filter 1 it answers where its own packets to the asker would leave', () => {
    const elsewhere = [
      sysctl('net.ipv4.conf.all.arp_filter', '1', 'h'),
      routed('10.0.0.9/32', { device: 'eth1' }, 'h'),
    ];
    expect(outcomeOf(manifold(...elsewhere), 'x', addressOf(2))).toBe('HU');
    expect(outcomeOf(manifold(elsewhere[0]!), 'x', addressOf(2))).toBe('yes');
  });

  const proxy = (...more: readonly Operation[]): Simulation =>
    across(
      { op: 'route.del', at: at('a'), route: { destination: cidr('0.0.0.0/0') } },
      routed('10.1.0.0/24', { device: 'eth0' }, 'a'),
      ...more,
    );
  const answeredAfter = (seed: number): number => {
    const simulation = proxy(sysctl('net.ipv4.conf.eth0.proxy_arp', '1', 'gw'));
    // Draws one number a turn.
    for (let turn = 0; turn < seed; turn++) {
      ping(simulation, 'a', B);
      simulation.flushNeighbours(at('a'));
      simulation.flushNeighbours(at('b'));
    }
    return ping(simulation, 'a', B).time;
  };
  test('a router with proxy_arp answers for what lies behind it, after up to 0.8 seconds', () => {
    const times = [0, 1, 2, 3, 4, 5].map(answeredAfter);
    expect(Math.max(...times)).toBeLessThan(0.81 * SECOND);
    expect(new Set(times).size).toBeGreaterThan(3);
  });
  test('and without it nobody does', () => {
    expect(outcomeOf(proxy(), 'a', B)).toBe('HU');
  });
  test('`ip neigh add proxy` does it for one address', () => {
    const one: Operation = { op: 'proxy.add', at: at('gw'), device: 'eth0', ip: ip(B) };
    expect(outcomeOf(proxy(one), 'a', B)).toBe('yes');
    expect(outcomeOf(proxy({ ...one, ip: ip('10.1.0.13') }), 'a', B)).toBe('HU');
  });
  test('it asks with the address of the packet, or as arp_announce says', () => {
    const asks = (setting: string): string | undefined => {
      const simulation = lan(addr('10.9.0.9/24', 'eth0', 'x'), sysctl('net.ipv4.conf.all.arp_announce', setting, 'x'));
      let sender: number | undefined;
      simulation.listen((event) => {
        if (event.kind === 'sent' && event.at.namespace === 'x' && event.frame.payload.proto === 'arp')
          sender ??= event.frame.payload.sender;
      });
      const socket = simulation.icmpSocket({ at: at('x'), source: ip('10.9.0.9'), receive: () => undefined });
      socket.send({ to: addressOf(2), ident: 1, seq: 1, bytes: 56 });
      simulation.runFor(SECOND / 10);
      return sender === undefined ? undefined : [24, 16, 8, 0].map((bits) => (sender! >>> bits) & 255).join('.');
    };
    expect(['0', '1', '2'].map(asks)).toEqual(['10.9.0.9', '10.0.0.9', '10.0.0.9']);
  });
});

describe('broadcasts', () => {
  const all = (simulation: Simulation): readonly string[] => {
    const from: string[] = [];
    const socket = simulation.icmpSocket({
      at: at('x'),
      receive: ({ from: who, icmp }) => {
        if (icmp.icmp === 'echo-reply') from.push(who);
      },
    });
    socket.send({ to: ip('10.0.0.255'), ident: 1, seq: 1, bytes: 56, broadcast: true });
    simulation.runFor(SECOND);
    return from.sort();
  };
  const heeding = (who: string): Operation => sysctl('net.ipv4.icmp_echo_ignore_broadcasts', '0', who);
  test('are answered by nobody, unless he is told to', () => {
    expect(all(lan())).toEqual([]);
    expect(all(lan(heeding('h'), heeding('gw')))).toEqual(['10.0.0.1', '10.0.0.2']);
  });
  test('are for their sender as well', () => {
    expect(all(lan(heeding('x')))).toEqual(['10.0.0.9']);
  });
  test('must be asked for', () => {
    expect(outcomeOf(lan(), 'x', '10.0.0.255')).toBe('EACCES');
  });
  test('a machine answers itself over lo', () => {
    expect(outcomeOf(lan(), 'x', addressOf(9))).toBe('yes');
    expect(outcomeOf(lan(), 'x', '127.0.0.1')).toBe('yes');
    expect(outcomeOf(lan(), 'x', OFF_LINK)).toBe('yes');
  });
});
