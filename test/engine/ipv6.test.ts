import { describe, expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../src/engine/event.ts';
import { createSimulation } from '../../src/engine/simulate.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import { addr, at, down, ip, netns, sysctl, up } from '../model/helpers.ts';
import { bridgeIn, LAN, macOf, namespace, simulationOf, uplink } from './lab.ts';
import {
  addr6,
  globalOf,
  HAIRPIN6,
  LAN6,
  linkLocalOf,
  network6,
  ping6,
  seenOn,
  simulation6,
  station6,
} from './lab6.ts';

const stateOf = (simulation: Simulation, namespace: string, address: string): string =>
  simulation.addressState(at(namespace), 'eth0', ip(address));
const neighbourOf = (simulation: Simulation, namespace: string, address: string) =>
  simulation.neighbours(at(namespace)).find((row) => row.ip === address);

describe('neighbour discovery', () => {
  test('finds a station by the group of its address and learns both ways', () => {
    const simulation = simulation6(LAN6);
    const seen = seenOn(simulation, 'x/eth0', () => ping6(simulation, 'h', globalOf(9)));
    expect(seen).toEqual([
      'ipv6 fd00::2 > ff02::1:ff00:9 neighbor-solicitation',
      'ipv6 fd00::9 > fd00::2 neighbor-advertisement',
      'ipv6 fd00::2 > fd00::9 echo-request',
      'ipv6 fd00::9 > fd00::2 echo-reply',
    ]);
    expect(neighbourOf(simulation, 'h', 'fd00::9')).toMatchObject({ state: 'reachable', mac: macOf(9) });
    expect(neighbourOf(simulation, 'x', 'fd00::2')).toMatchObject({ state: 'delay', mac: macOf(2) });
  });

  test('asks three times, then tells the sender that the address is unreachable', () => {
    const simulation = simulation6(LAN6);
    const begun = simulation.now();
    expect(ping6(simulation, 'h', 'fd00::77')).toMatchObject({ outcome: 'unreachable 3', from: 'fd00::2' });
    expect(simulation.now() - begun).toBeGreaterThanOrEqual(3 * SECOND);
    expect(neighbourOf(simulation, 'h', 'fd00::77')).toMatchObject({ state: 'failed' });
  });

  test('only the device that has an address answers for it, unlike ARP', () => {
    const simulation = simulation6([
      ...LAN6,
      ...uplink('x', 'eth1', macOf(19), 's_x1'),
      addr6('fd00::19/64', 'eth1', 'x'),
    ]);
    ping6(simulation, 'h', 'fd00::19');
    expect(neighbourOf(simulation, 'h', 'fd00::19')?.mac).toBe(macOf(19));
  });

  test('asks the station itself five seconds after the last use', () => {
    const simulation = simulation6(LAN6);
    ping6(simulation, 'h', globalOf(9));
    const seen = seenOn(simulation, 'x/eth0', () => simulation.runFor(6 * SECOND));
    expect(seen).toContain(`ipv6 ${linkLocalOf(9)} > fd00::2 neighbor-solicitation`);
  });

  test('link-local addresses reach each other over the device that is said', () => {
    const simulation = simulation6(LAN6);
    expect(ping6(simulation, 'h', linkLocalOf(9), { device: 'eth0' })).toMatchObject({ outcome: 'yes' });
  });

  test('all nodes of a link answer, the asker itself first', () => {
    const simulation = simulation6(LAN6);
    expect(ping6(simulation, 'h', 'ff02::1', { device: 'eth0' })).toMatchObject({
      outcome: 'yes',
      from: linkLocalOf(2),
    });
  });
});

describe('duplicate address detection', () => {
  const LATE = [...LAN6, ...namespace('y'), ...uplink('y', 'eth0', macOf(3), 's_y'), addr('fd00::3/64', 'eth0', 'y')];

  test('an address is not answered for until two seconds have passed', () => {
    const simulation = createSimulation(network6(LATE));
    simulation.runFor(MILLISECOND);
    expect(stateOf(simulation, 'y', 'fd00::3')).toBe('tentative');
    expect(ping6(simulation, 'y', 'fd00::9').outcome).not.toBe('yes');
    simulation.runFor(2 * SECOND);
    expect(stateOf(simulation, 'y', 'fd00::3')).toBe('ready');
    expect(ping6(simulation, 'h', 'fd00::3').outcome).toBe('yes');
  });

  test('with nodad an address is in use at once', () => {
    const simulation = createSimulation(network6(LAN6));
    expect(stateOf(simulation, 'h', 'fd00::2')).toBe('ready');
    expect(ping6(simulation, 'h', 'fd00::9').outcome).toBe('yes');
  });

  test('in a settled network nobody has to wait, and nothing is sent', () => {
    const simulation = createSimulation(network6(LATE), { settled: true });
    expect(seenOn(simulation, 'y/eth0', () => simulation.runFor(5 * SECOND))).toEqual([]);
    expect(ping6(simulation, 'y', 'fd00::9').outcome).toBe('yes');
  });

  test('an address that another has is given up, and the other keeps it', () => {
    const simulation = simulation6(LATE);
    simulation.apply(addr('fd00::9/64', 'eth0', 'y'));
    simulation.runFor(3 * SECOND);
    expect(stateOf(simulation, 'y', 'fd00::9')).toBe('dadfailed');
    expect(ping6(simulation, 'h', 'fd00::9').outcome).toBe('yes');
    expect(neighbourOf(simulation, 'h', 'fd00::9')?.mac).toBe(macOf(9));
  });

  test('a switch that sends frames back does not make a device its own rival: the nonce tells', () => {
    const simulation = simulation6([...LAN6, HAIRPIN6, addr('fd00::22/64', 'eth0', 'h')]);
    expect(stateOf(simulation, 'h', 'fd00::22')).toBe('ready');
    expect(stateOf(simulation, 'h', linkLocalOf(2))).toBe('ready');
  });

  test('begins anew when the device comes up again', () => {
    const simulation = simulation6(LAN6);
    simulation.apply(down('eth0', 'h'));
    simulation.apply(up('eth0', 'h'));
    expect(stateOf(simulation, 'h', linkLocalOf(2))).toBe('tentative');
    simulation.runFor(3 * SECOND);
    expect(stateOf(simulation, 'h', linkLocalOf(2))).toBe('ready');
  });
});

describe('what a device says when it comes up', () => {
  test('it reports its groups, probes its address, and looks for routers', () => {
    const simulation = createSimulation(network6([...bridgeIn('sw'), ...station6('h', 2)]));
    const seen = seenOn(simulation, 'h/eth0', () => simulation.runFor(4 * SECOND));
    expect(seen[0]).toBe('ipv6 :: > ff02::16 mld');
    expect(seen).toContain('ipv6 :: > ff02::1:ff00:2 neighbor-solicitation');
    expect(seen).toContain(`ipv6 ${linkLocalOf(2)} > ff02::2 router-solicitation`);
  });

  test('with IPv6 off it says nothing', () => {
    const simulation = simulationOf(LAN);
    expect(seenOn(simulation, 'h/eth0', () => simulation.runFor(10 * SECOND))).toEqual([]);
  });

  test('with IPv6 switched off on a device, that device takes no part', () => {
    const simulation = simulation6([...LAN6, sysctl('net.ipv6.conf.eth0.disable_ipv6', '1', 'x')]);
    expect(ping6(simulation, 'h', 'fd00::9').outcome).toBe('unreachable 3');
  });
});

describe('source addresses', () => {
  test('the longest match wins, and a link-local target is asked from a link-local address', () => {
    const simulation = simulation6([
      ...LAN6,
      addr6('2001:db8::2/64', 'eth0', 'h'),
      addr6('2001:db8::9/64', 'eth0', 'x'),
    ]);
    const sourceFor = (to: string) => {
      const route = simulation.routeGet(at('h'), { to: ip(to), out: 'eth0' });
      return route.type === 'none' ? route.errno : route.source;
    };
    expect(sourceFor('2001:db8::9')).toBe('2001:db8::2');
    expect(sourceFor('fd00::9')).toBe('fd00::2');
    expect(sourceFor('fe80::9')).toBe(linkLocalOf(2));
  });

  test('without a route there is no way, and no link to guess', () => {
    const simulation = simulation6([...LAN6, netns('alone'), up('lo', 'alone')]);
    expect(ping6(simulation, 'h', '2001:db8::1').outcome).toBe('ENETUNREACH');
    expect(ping6(simulation, 'alone', '::1').outcome).toBe('yes');
  });
});

test('a simulation that starts over checks its addresses again', () => {
  const simulation = simulation6(LAN6);
  simulation.reset();
  expect(stateOf(simulation, 'h', linkLocalOf(2))).toBe('tentative');
  expect(neighbourOf(simulation, 'h', 'fd00::9')).toBeUndefined();
  simulation.runFor(3 * SECOND);
  expect(stateOf(simulation, 'h', linkLocalOf(2))).toBe('ready');
});

test('a long packet is split by its sender, put together by its receiver, and refused where it may not be', () => {
  const simulation = simulation6(LAN6);
  expect(ping6(simulation, 'h', 'fd00::9', { bytes: 4000 }).outcome).toBe('yes');
  expect(ping6(simulation, 'h', 'fd00::9', { bytes: 4000, dontFragment: true }).outcome).toBe('EMSGSIZE');
});
