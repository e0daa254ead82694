import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/engine/event.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import { ipv6Number } from '../../src/model/ip.ts';
import type { Operation } from '../../src/model/operation.ts';
import { add, at, cidr, ip, mac, set, sysctl, up } from '../model/helpers.ts';
import { macOf, namespace, routeIn } from './lab.ts';
import { addr6, globalOf, LAN6, linkLocalOf, ping6, seenOn, simulation6, station6 } from './lab6.ts';

const FORWARDS = sysctl('net.ipv6.conf.all.forwarding', '1', 'gw');
/** Behind the router `gw` (fd00::1) lies `far` (2001:db8::9). */
const ROUTED: readonly Operation[] = [
  ...LAN6,
  ...station6('gw', 1),
  ...namespace('far'),
  add('wan', { kind: 'veth', peer: { name: 'eth0', netns: 'far' } }, { attributes: { netns: 'gw', mac: macOf(31) } }),
  up('wan', 'gw'),
  up('eth0', 'far'),
  addr6('2001:db8::1/64', 'wan', 'gw'),
  addr6('2001:db8::9/64', 'eth0', 'far'),
  routeIn('far', '::/0', { via: '2001:db8::1' }),
  routeIn('h', '::/0', { via: 'fd00::1' }),
  routeIn('x', '::/0', { via: 'fd00::1' }),
];
const lab = (...more: readonly Operation[]): Simulation => simulation6([...ROUTED, FORWARDS, ...more]);
const unreachable = (destination: string, type: 'unreachable' | 'prohibit' | 'blackhole'): Operation => ({
  op: 'route.add',
  at: at('gw'),
  how: 'add',
  route: { destination: cidr(destination), type },
});

describe('a router', () => {
  test('forwards and takes one from the hop limit', () => {
    expect(ping6(lab(), 'h', '2001:db8::9')).toMatchObject({ outcome: 'yes', ttl: 63 });
  });

  test('keeps quiet where it does not forward', () => {
    expect(ping6(simulation6(ROUTED), 'h', '2001:db8::9').outcome).toBe('silence');
  });

  test('says that the hop limit ran out, with its address on the link', () => {
    expect(ping6(lab(), 'h', '2001:db8::9', { ttl: 1 })).toMatchObject({ outcome: 'time-exceeded', from: 'fd00::1' });
  });

  test('says that there is no route, even where it does not forward', () => {
    expect(ping6(lab(), 'h', '2001:db9::1')).toMatchObject({ outcome: 'unreachable 0', from: 'fd00::1' });
    expect(ping6(simulation6(ROUTED), 'h', '2001:db9::1').outcome).toBe('unreachable 0');
  });

  test('says what its routes forbid, and nothing of what they swallow', () => {
    const simulation = lab(
      unreachable('2001:db8:1::/64', 'unreachable'),
      unreachable('2001:db8:2::/64', 'prohibit'),
      unreachable('2001:db8:3::/64', 'blackhole'),
    );
    expect(ping6(simulation, 'h', '2001:db8:1::1').outcome).toBe('unreachable 0');
    expect(ping6(simulation, 'h', '2001:db8:2::1').outcome).toBe('unreachable 1');
    expect(ping6(simulation, 'h', '2001:db8:3::1').outcome).toBe('silence');
    expect(ping6(simulation, 'gw', '2001:db8:1::1').outcome).toBe('EHOSTUNREACH');
    expect(ping6(simulation, 'gw', '2001:db8:2::1').outcome).toBe('EACCES');
    expect(ping6(simulation, 'gw', '2001:db8:3::1').outcome).toBe('EINVAL');
  });

  test('says after three seconds that a host behind it does not answer', () => {
    const simulation = lab();
    expect(ping6(simulation, 'h', '2001:db8::77')).toMatchObject({ outcome: 'unreachable 3', from: 'fd00::1' });
  });

  test('says how much fits, and the sender splits what it sends from then on', () => {
    const simulation = lab(set('wan', { mtu: 1300 }, 'gw'), set('eth0', { mtu: 1300 }, 'far'));
    expect(ping6(simulation, 'h', '2001:db8::9', { bytes: 1400 }).outcome).toBe('packet-too-big');
    expect(ping6(simulation, 'h', '2001:db8::9', { bytes: 1400 }).outcome).toBe('yes');
  });

  test('does not forward for a link-local sender', () => {
    const simulation = lab();
    const packet = { src: 0xfe80n << 112n, dst: (0x2001_0db8n << 96n) | 9n, hopLimit: 64, length: 104 } as const;
    const body = { icmp: 'echo-request', ident: 1, seq: 1, bytes: 56 } as const;
    const socket = simulation.packetSocket(at('h'), 'eth0', () => undefined);
    const seen = seenOn(simulation, 'far/eth0', () => {
      socket.send({
        src: 0x02_00_00_00_00_02,
        dst: 0x02_00_00_00_00_01,
        vlan: 0,
        payload: { proto: 'ipv6', ...packet, body },
      });
      simulation.runFor(SECOND / 10);
    });
    expect(seen.filter((frame) => frame.includes('echo'))).toEqual([]);
  });

  test('tells one host only so much: six saved up for a wide prefix, then four a second', () => {
    const simulation = lab();
    let told = 0;
    for (let i = 0; i < 40; i++) if (ping6(simulation, 'h', '2001:db9::1').outcome === 'unreachable 0') told++;
    expect(told).toBeLessThan(40);
  });
});

describe('redirects', () => {
  test('a host takes one from the gateway that it uses by its link-local address, and goes straight from then on', () => {
    const simulation = lab({
      op: 'route.add',
      at: at('h'),
      how: 'add',
      route: { destination: cidr('fd00::9/128'), via: ip(linkLocalOf(1)), device: 'eth0' },
    });
    const seen = seenOn(simulation, 'h/eth0', () => ping6(simulation, 'h', globalOf(9)));
    expect(seen.some((frame) => frame.endsWith('redirect'))).toBe(true);
    expect(simulation.exceptions(at('h'))).toEqual([{ destination: 'fd00::9', gateway: 'fd00::9' }]);
    expect(ping6(simulation, 'h', globalOf(9)).ttl).toBe(64);
  });

  test('one from a gateway that is known by its global address is not believed', () => {
    const simulation = lab(routeIn('h', 'fd00::9/128', { via: 'fd00::1' }));
    const seen = seenOn(simulation, 'h/eth0', () => ping6(simulation, 'h', globalOf(9)));
    expect(seen.some((frame) => frame.endsWith('redirect'))).toBe(true);
    expect(simulation.exceptions(at('h'))).toEqual([]);
  });
});

describe('proxies', () => {
  test('a router answers for an address that is entered for it, once proxy_ndp is on', () => {
    const entry: Operation = { op: 'proxy.add', at: at('gw'), device: 'eth0', ip: ip('fd00::99') };
    const silent = lab(entry);
    expect(ping6(silent, 'h', 'fd00::99').outcome).toBe('unreachable 3');
    const simulation = lab(entry, sysctl('net.ipv6.conf.eth0.proxy_ndp', '1', 'gw'));
    ping6(simulation, 'h', 'fd00::99');
    expect(simulation.neighbours(at('h')).find((row) => row.ip === 'fd00::99')?.mac).toBe(mac('02:00:00:00:00:01'));
  });
});

describe('router advertisements', () => {
  test('give a host a default route and an address of its own, and take them back', () => {
    const simulation = simulation6(ROUTED.filter((one) => !(one.op === 'route.add' && one.at.namespace === 'x')));
    const socket = simulation.packetSocket(at('gw'), 'eth0', () => undefined);
    const advertise = (seconds: number): void => {
      const prefix = { prefix: 0xfd07n << 112n, length: 64, onLink: true, autonomous: true };
      const body = {
        icmp: 'router-advertisement',
        lifetimeSeconds: seconds,
        source: 0x02_00_00_00_00_01,
        prefixes: [{ ...prefix, validSeconds: seconds, preferredSeconds: seconds }],
      } as const;
      const packet = {
        src: ipv6Number(ip(linkLocalOf(1))),
        dst: (0xff02n << 112n) | 1n,
        hopLimit: 255,
        length: 104,
        body,
      };
      socket.send({ src: 0x02_00_00_00_00_01, dst: 0x3333_0000_0001, vlan: 0, payload: { proto: 'ipv6', ...packet } });
      simulation.runFor(3 * SECOND);
    };
    expect(ping6(simulation, 'x', '2001:db8::9').outcome).toBe('ENETUNREACH');
    advertise(1800);
    expect(simulation.routeGet(at('x'), { to: ip('2001:db8::9') })).toMatchObject({
      ...{ type: 'unicast', gateway: linkLocalOf(1), protocol: 'ra' },
    });
    expect(ping6(simulation, 'h', 'fd07::ff:fe00:9', { device: 'eth0' }).outcome).toBe('yes');
    advertise(0);
    expect(ping6(simulation, 'x', '2001:db8::9').outcome).toBe('ENETUNREACH');
  });
});
