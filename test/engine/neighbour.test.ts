import { describe, expect, test } from 'vitest';
import { type Event, MILLISECOND, SECOND } from '../../src/engine/event.ts';
import { ARP_LENGTH, type Arp, BROADCAST, type Frame } from '../../src/engine/frame.ts';
import type { IcmpMessage, Simulation } from '../../src/engine/simulation.ts';
import { type Ip, ipv4Number } from '../../src/model/ip.ts';
import { type Mac, macNumber } from '../../src/model/mac.ts';
import type { Operation } from '../../src/model/operation.ts';
import { addr, at, down, set, sysctl, up } from '../model/helpers.ts';
import { addressOf, bridgeIn, macOf, neighbour, outcomeOf, ping, simulationOf, station } from './lab.ts';

/** Two stations, x (10.0.0.9) and y (10.0.0.8), and nobody at 10.0.0.77. */
const start = (...more: readonly Operation[]): Simulation =>
  simulationOf([...bridgeIn('sw'), ...station('x', 9), ...station('y', 8), ...more]);
const NOBODY = addressOf(77);
const seconds = (time: number): number => time / SECOND;

/** The state that x has y in, and since when it changed. */
const stateOf = (simulation: Simulation, who = 'x', whom: Ip = addressOf(8)): string | undefined =>
  simulation.neighbours(at(who)).find(({ ip }) => ip === whom)?.state;
const asked = (simulation: Simulation, from: string): (readonly [number, 'broadcast' | 'unicast'])[] => {
  const requests: (readonly [number, 'broadcast' | 'unicast'])[] = [];
  simulation.listen((event: Event) => {
    if (event.kind !== 'sent' || event.at.namespace !== from || event.frame.payload.proto !== 'arp') return;
    if (event.frame.payload.op !== 'request') return;
    requests.push([seconds(event.time), event.frame.dst === BROADCAST ? 'broadcast' : 'unicast']);
  });
  return requests;
};
/** Sends at the given seconds, and answers when which of them was reported as unreachable. */
const reported = (
  simulation: Simulation,
  times: readonly number[],
): readonly (readonly [seq: number, second: number])[] => {
  const errors: (readonly [number, number])[] = [];
  const receive = ({ time, icmp }: IcmpMessage): void => {
    if (icmp.icmp === 'unreachable' && 'seq' in icmp.about.body)
      errors.push([icmp.about.body.seq, Math.round(seconds(time))]);
  };
  const socket = simulation.icmpSocket({ at: at('x'), receive });
  for (const [index, time] of times.entries()) {
    simulation.runFor(time * SECOND - simulation.now());
    socket.send({ to: NOBODY, ident: 1, seq: index + 1, bytes: 56 });
  }
  simulation.runFor(10 * SECOND);
  return errors;
};

describe('a neighbour that does not answer', () => {
  test('is asked three times, a second apart, and given up a second later', () => {
    const simulation = start();
    const requests = asked(simulation, 'x');
    const { outcome, time, errors } = ping(simulation, 'x', NOBODY);
    expect(requests).toEqual([
      [0, 'broadcast'],
      [1.02, 'broadcast'],
      [2.04, 'broadcast'],
    ]);
    expect([outcome, Math.round(seconds(time) * 1000)]).toEqual(['HU', 3060]);
    expect(errors[0]?.from).toBe(addressOf(9));
    expect(stateOf(simulation, 'x', NOBODY)).toBe('failed');
  });
  test('of four pings the first three are reported after 3 seconds, the fourth after 6', () => {
    expect(reported(start(), [0, 1, 2, 3.07])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
      [4, 6],
    ]);
  });
  test('keeps 101 packets waiting, and loses the oldest', () => {
    const simulation = start();
    let lost = 0;
    simulation.listen((event) => {
      if (event.kind === 'dropped' && event.reason === 'neighbour.queue-full') lost++;
    });
    const socket = simulation.icmpSocket({ at: at('x'), receive: () => undefined });
    for (let seq = 1; seq <= 105; seq++) socket.send({ to: NOBODY, ident: 1, seq, bytes: 56 });
    expect(lost).toBe(4);
  });
  test('with lo down nobody hears of it', () => {
    expect(outcomeOf(start(down('lo', 'x')), 'x', NOBODY)).toBe('lost');
  });
});

describe('a neighbour that answered', () => {
  test('is stale between 15 and 45 seconds later, sooner or later by the seed', () => {
    const simulation = start();
    expect(ping(simulation, 'x', addressOf(8)).outcome).toBe('yes');
    expect(stateOf(simulation)).toBe('reachable');
    simulation.runFor(14 * SECOND);
    expect(stateOf(simulation)).toBe('reachable');
    simulation.runFor(32 * SECOND);
    expect(stateOf(simulation)).toBe('stale');
  });
  test('is used while stale, asked at its own address 5 seconds later, and reachable again', () => {
    const simulation = start();
    ping(simulation, 'x', addressOf(8));
    simulation.runFor(60 * SECOND);
    const requests = asked(simulation, 'x');
    const begun = seconds(simulation.now());
    expect(ping(simulation, 'x', addressOf(8)).outcome).toBe('yes');
    expect(stateOf(simulation)).toBe('delay');
    simulation.runFor(6 * SECOND);
    expect(requests).toEqual([[begun + 5, 'unicast']]);
    expect(stateOf(simulation)).toBe('reachable');
  });
  test('and has gone since: asked three times at its own address, never by broadcast, and given up', () => {
    const simulation = start();
    ping(simulation, 'x', addressOf(8));
    simulation.runFor(60 * SECOND);
    simulation.apply({ op: 'addr.del', at: at('y'), device: 'eth0', address: { address: addressOf(8), length: 24 } });
    const requests = asked(simulation, 'x');
    const begun = seconds(simulation.now());
    ping(simulation, 'x', addressOf(8), { seconds: 20 });
    expect(requests).toEqual([
      [begun + 5, 'unicast'],
      [expect.closeTo(begun + 6.02), 'unicast'],
      [expect.closeTo(begun + 7.04), 'unicast'],
    ]);
    expect(stateOf(simulation)).toBe('failed');
  });
  test('need not be asked while the sender confirms that answers come', () => {
    const simulation = start();
    ping(simulation, 'x', addressOf(8));
    const requests = asked(simulation, 'x');
    const socket = simulation.icmpSocket({ at: at('x'), receive: () => undefined });
    for (let seq = 1; seq < 120; seq++) {
      socket.send({ to: addressOf(8), ident: 2, seq, bytes: 56, confirm: true });
      simulation.runFor(SECOND);
    }
    expect(requests).toEqual([]);
  });
  test('is known to whom it asked, who answers at once and checks 5 seconds later', () => {
    const simulation = start();
    const requests = asked(simulation, 'y');
    ping(simulation, 'x', addressOf(8));
    expect(stateOf(simulation, 'y', addressOf(9))).toBe('delay');
    simulation.runFor(6 * SECOND);
    expect(requests.map(([time, how]) => [Math.round(time), how])).toEqual([[5, 'unicast']]);
    expect(stateOf(simulation, 'y', addressOf(9))).toBe('reachable');
  });
});

const arp = (op: Arp['op'], sender: Ip, senderMac: Mac, target: Ip, to: Frame['dst'] = BROADCAST): Frame => ({
  src: macNumber(senderMac),
  dst: to,
  vlan: 0,
  payload: {
    proto: 'arp',
    op,
    senderMac: macNumber(senderMac),
    sender: ipv4Number(sender),
    targetMac: op === 'reply' ? macNumber(macOf(9)) : 0,
    target: ipv4Number(target),
    length: ARP_LENGTH,
  },
});
/** y says something by ARP, and it comes to x. */
const say = (simulation: Simulation, frame: Frame): void => {
  simulation.packetSocket(at('y'), 'eth0', () => undefined).send(frame);
  simulation.runFor(MILLISECOND);
};
const macIn = (simulation: Simulation, whom: Ip): string | undefined =>
  simulation.neighbours(at('x')).find(({ ip }) => ip === whom)?.mac;

describe('what is not asked for', () => {
  const TO_X = macNumber(macOf(9));
  test('an answer makes no entry', () => {
    const simulation = start();
    say(simulation, arp('reply', addressOf(50), macOf(50), addressOf(9), TO_X));
    expect(macIn(simulation, addressOf(50))).toBeUndefined();
  });
  test('an announcement makes none either, unless arp_accept is 1', () => {
    const announcement = arp('request', addressOf(50), macOf(50), addressOf(50));
    const [without, accepting] = [start(), start(sysctl('net.ipv4.conf.all.arp_accept', '1', 'x'))];
    say(without, announcement);
    say(accepting, announcement);
    expect(macIn(without, addressOf(50))).toBeUndefined();
    expect(macIn(accepting, addressOf(50))).toBe(macOf(50));
  });
  test('another address for a neighbour counts only once the entry is a second old', () => {
    const simulation = start();
    ping(simulation, 'x', addressOf(8));
    const claim = arp('reply', addressOf(8), macOf(50), addressOf(9), TO_X);
    say(simulation, claim);
    expect(macIn(simulation, addressOf(8))).toBe(macOf(8));
    simulation.runFor(SECOND);
    say(simulation, claim);
    expect(macIn(simulation, addressOf(8))).toBe(macOf(50));
  });
  test('an announcement counts at once', () => {
    const simulation = start();
    ping(simulation, 'x', addressOf(8));
    say(simulation, arp('request', addressOf(8), macOf(50), addressOf(8)));
    expect(macIn(simulation, addressOf(8))).toBe(macOf(50));
  });
  test('nothing changes an entry that a person made', () => {
    const simulation = start(neighbour('x', 'eth0', addressOf(8), macOf(8)));
    say(simulation, arp('request', addressOf(8), macOf(50), addressOf(8)));
    expect(macIn(simulation, addressOf(8))).toBe(macOf(8));
  });
});

describe('what makes a machine forget its neighbours', () => {
  const TABLE: readonly (readonly [string, readonly Operation[], Operation, string | undefined])[] = [
    ['the device goes down', [], down('eth0', 'x'), undefined],
    ['the carrier is lost', [], down('s_x', 'sw'), undefined],
    [
      'not the carrier where arp_evict_nocarrier is 0',
      [sysctl('net.ipv4.conf.eth0.arp_evict_nocarrier', '0', 'x')],
      down('s_x', 'sw'),
      'reachable',
    ],
    ['the device gets another address', [], set('eth0', { mac: macOf(60) }, 'x'), undefined],
    ['not one more IP address', [], addr('10.0.0.60/24', 'eth0', 'x'), 'reachable'],
    ['not a port that goes and comes', [], up('s_y', 'sw'), 'reachable'],
  ];
  test.each(TABLE)('%s', (_, before, operation, state) => {
    const simulation = start(...before);
    ping(simulation, 'x', addressOf(8));
    simulation.apply(operation);
    expect(stateOf(simulation)).toBe(state);
  });
  test('an entry that a person made survives the loss of the carrier', () => {
    const simulation = start(neighbour('x', 'eth0', addressOf(8), macOf(8)));
    ping(simulation, 'x', addressOf(8));
    simulation.apply(down('s_x', 'sw'));
    expect(stateOf(simulation)).toBe('permanent');
  });
});
