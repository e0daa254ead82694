import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/engine/event.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import type { IpvlanFlag, IpvlanMode, MacvlanMode } from '../../src/model/device.ts';
import type { Operation } from '../../src/model/operation.ts';
import { add, addr, at, ip, up } from '../model/helpers.ts';
import { child6, HAIRPIN6, LAN6, ping6, seenOn, simulation6 } from './lab6.ts';

const macvlan = (mode: MacvlanMode, ...more: readonly Operation[]): Simulation =>
  simulation6([
    ...LAN6,
    ...child6('a', 11, { kind: 'macvlan', mode }),
    ...child6('b', 12, { kind: 'macvlan', mode }),
    ...more,
  ]);
const ipvlan = (mode: IpvlanMode, flag: IpvlanFlag, ...more: readonly Operation[]): Simulation =>
  simulation6([
    ...LAN6,
    ...child6('a', 11, { kind: 'ipvlan', mode, flag }),
    ...child6('b', 12, { kind: 'ipvlan', mode, flag }),
    ...more,
  ]);
const outcome = (simulation: Simulation, from: string, to: string): string => ping6(simulation, from, to).outcome;

describe('macvlan children', () => {
  test.each([
    ['private', 'unreachable 3', 'unreachable 3'],
    ['vepa', 'unreachable 3', 'yes'],
    ['bridge', 'yes', 'yes'],
  ] as const)('in mode %s: siblings without hairpin %s, with hairpin %s', (mode, without, withHairpin) => {
    expect(outcome(macvlan(mode), 'a', 'fd00::12')).toBe(without);
    expect(outcome(macvlan(mode, HAIRPIN6), 'a', 'fd00::12')).toBe(withHairpin);
  });

  test.each(['private', 'vepa', 'bridge'] as const)('in mode %s reach a stranger, and never their host', (mode) => {
    const simulation = macvlan(mode);
    expect(outcome(simulation, 'a', 'fd00::9')).toBe('yes');
    expect(outcome(simulation, 'x', 'fd00::11')).toBe('yes');
    expect(outcome(simulation, 'a', 'fd00::2')).toBe('unreachable 3');
  });

  test('get only the groups that they joined', () => {
    const simulation = macvlan('bridge');
    const seen = seenOn(simulation, 'b/eth0', () => ping6(simulation, 'x', 'fd00::11'));
    expect(seen).toEqual([]);
  });

  test('a VLAN device on a child makes the child listen to its groups too', () => {
    const onTop = (name: string, address: string): readonly Operation[] => [
      add('v5', { kind: 'vlan', vid: 5 }, { link: 'eth0', in: name }),
      up('v5', name),
      { op: 'addr.add', at: at(name), device: 'v5', address: { address: ip(address), length: 64 }, nodad: true },
    ];
    const simulation = macvlan('bridge', ...onTop('a', 'fd05::11'), ...onTop('b', 'fd05::7712'));
    expect(outcome(simulation, 'a', 'fd05::7712')).toBe('yes');
  });
});

describe('ipvlan children', () => {
  test.each([
    ['bridge', 'yes', 'yes'],
    ['private', 'unreachable 3', 'unreachable 3'],
    ['vepa', 'unreachable 3', 'yes'],
  ] as const)('in mode l2 %s: siblings without hairpin %s, with hairpin %s', (flag, without, withHairpin) => {
    expect(outcome(ipvlan('l2', flag), 'a', 'fd00::12')).toBe(without);
    expect(outcome(ipvlan('l2', flag, HAIRPIN6), 'a', 'fd00::12')).toBe(withHairpin);
  });

  test.each(['l3', 'l3s'] as const)('in mode %s: siblings by address, the host one way, strangers not back', (mode) => {
    const simulation = ipvlan(mode, 'bridge');
    expect(outcome(simulation, 'a', 'fd00::12')).toBe('yes');
    expect(outcome(simulation, 'a', 'fd00::2')).toBe('silence');
    expect(outcome(simulation, 'h', 'fd00::11')).toBe('unreachable 3');
    expect(outcome(simulation, 'a', 'fd00::9')).toBe('silence');
  });

  test('in mode l3 private, what is for a sibling has no room', () => {
    expect(outcome(ipvlan('l3', 'private'), 'a', 'fd00::12')).toBe('ENOBUFS');
  });

  test('in mode l3 a destination that the host has no route to is lost, unlike IPv4', () => {
    const simulation = ipvlan('l3', 'bridge', {
      op: 'route.add',
      at: at('a'),
      how: 'add',
      route: { destination: { address: ip('::'), length: 0 }, device: 'eth0' },
    });
    expect(outcome(simulation, 'a', '2001:db8::1')).toBe('ENOBUFS');
  });

  test('in mode l2 each has a link-local address of its own, though they share a MAC', () => {
    const simulation = ipvlan('l2', 'bridge');
    expect(simulation.addressState(at('a'), 'eth0', ip('fe80::200:0:100:2'))).toBe('ready');
    expect(ping6(simulation, 'a', 'fe80::200:0:200:2', { device: 'eth0' }).outcome).toBe('yes');
  });

  test('in l3 modes no address is probed', () => {
    const simulation = ipvlan('l3', 'bridge');
    simulation.apply(addr('fd00::21/64', 'eth0', 'a'));
    const seen = seenOn(simulation, 'a/eth0', () => simulation.runFor(SECOND));
    expect(simulation.addressState(at('a'), 'eth0', ip('fd00::21'))).toBe('ready');
    expect(seen.filter((frame) => frame.endsWith('neighbor-solicitation'))).toEqual([]);
  });

  test('probing an address in mode l2 finds who has it on the wire, and is not taken for a sibling that reflects it', () => {
    const simulation = ipvlan('l2', 'bridge', HAIRPIN6);
    simulation.apply(addr('fd00::31/64', 'eth0', 'a'));
    simulation.apply(addr('fd00::9/64', 'eth0', 'b'));
    simulation.runFor(3 * SECOND);
    expect(simulation.addressState(at('a'), 'eth0', ip('fd00::31'))).toBe('ready');
    expect(simulation.addressState(at('b'), 'eth0', ip('fd00::9'))).toBe('dadfailed');
  });
});
