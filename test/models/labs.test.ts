import { describe, expect, test } from 'vitest';
import { modelFiles, modelText, pingsOf, refusalsOf, runModel } from './run-model.ts';

/** Who reaches whom, ping by ping. Those of macvlan, bridges and routers were run on Linux 6.18 too. */
const LABS: Readonly<Record<string, readonly string[]>> = {
  'basics/bridge': ['h1 > 10.0.0.2: yes'],
  'basics/ipvlan-l2': ['c1 > 10.0.0.12: yes', 'c1 > 10.0.0.9: yes', 'c1 > 10.0.0.1: no', 'c2 > 10.0.0.9: yes'],
  'basics/ipvlan-l3': ['c1 > 10.0.0.12: yes', 'c1 > 10.0.0.9: no', 'c1 > 10.0.0.9: yes'],
  'basics/ipvlan-l3s': ['c1 > 10.0.0.12: yes', 'c1 > 10.0.0.9: yes'],
  'basics/macvlan-bridge': ['c1 > 10.0.0.12: yes', 'c1 > 10.0.0.9: yes', 'c1 > 10.0.0.1: no'],
  'basics/macvlan-passthru': ['outside > 10.0.0.1: yes', 'c1 > 10.0.0.9: yes', 'outside > 10.0.0.1: no'],
  'basics/macvlan-private': ['c1 > 10.0.0.9: yes', 'c1 > 10.0.0.12: no'],
  'basics/macvlan-source': ['c1 > 10.0.0.9: no', 'c1 > 10.0.0.9: yes'],
  'basics/macvlan-vepa': ['c1 > 10.0.0.9: yes', 'c1 > 10.0.0.12: no', 'c1 > 10.0.0.12: yes', 'c1 > 10.0.0.1: yes'],
  'basics/proxy-arp': ['lan > 10.0.0.80: no', 'lan > 10.0.0.80: yes'],
  'basics/router-redirect': ['a > 10.0.0.2: yes', 'a > 10.0.0.2: yes'],
  'basics/veth': ['left > 10.0.0.2: yes'],
  'basics/vlan': ['h1 > 10.0.10.2: yes', 'h1 > 10.0.20.3: yes', 'h2 > 10.0.10.3: no'],
  'failures/bridge-behind-macvlan': ['guest > 10.0.0.9: no', 'guest > 10.0.0.9: yes', 'outside > 10.0.0.1: no'],
  'failures/container-made-anew': [
    'outside > 10.0.0.11: yes',
    'outside > 10.0.0.11: no',
    'c1 > 10.0.0.9: yes',
    'outside > 10.0.0.11: yes',
  ],
  'failures/device-busy': [],
  'failures/duplicate-address': ['c1 > 10.0.0.12: yes'],
  'failures/hairpin-on-an-isolated-port': [
    'c1 > 10.0.0.12: no',
    'c1 > 10.0.0.12: yes',
    'c1 > 10.0.0.12: no',
    'c1 > 10.0.0.12: no',
  ],
  'failures/host-cannot-ping': [
    'outside > 10.0.0.11: yes',
    'host > 10.0.0.11: no',
    'c1 > 10.0.0.1: no',
    'host > 10.0.0.11: yes',
    'c1 > 10.0.0.1: yes',
  ],
  'failures/ipvlan-l3-needs-a-route': [
    'c1 > 10.0.0.9: no',
    'outside > 10.2.0.11: no',
    'c1 > 10.0.0.9: yes',
    'outside > 10.2.0.11: yes',
  ],
  'failures/parent-down': ['c1 > 10.0.0.12: yes', 'c1 > 10.0.0.12: no', 'c1 > 10.0.0.12: yes'],
  'failures/private-depends-on-order': [
    'c1 > 10.0.0.1: no',
    'host > 10.0.0.11: yes',
    'c1 > 10.0.0.1: yes',
    'c1 > 10.0.0.12: no',
    'c1 > 10.0.0.12: yes',
  ],
  'failures/shim-without-mode': ['host > 10.0.0.11: no', 'host > 10.0.0.11: yes'],
  'failures/shim-without-route': [
    'host > 10.0.0.11: no',
    'c1 > 10.0.0.2: no',
    'host > 10.0.0.11: yes',
    'c1 > 10.0.0.2: yes',
    'c1 > 10.0.0.1: yes',
  ],
  'failures/upstream-hairpin': ['c1 > 10.0.0.9: yes', 'c1 > 10.0.0.9: no', 'c1 > 10.0.0.9: yes', 'c1 > 10.0.0.1: yes'],
  'failures/vswitch-not-promiscuous': ['c1 > 10.0.0.9: no', 'c1 > 10.0.0.9: no', 'c1 > 10.0.0.9: yes'],
  'failures/wifi-one-address': ['host > 10.0.0.9: yes', 'c1 > 10.0.0.9: no', 'c1 > 10.0.0.9: yes'],
};

/** What labs show that is refused. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'basics/macvlan-passthru': ['exit 2: RTNETLINK answers: Invalid argument'],
  'failures/device-busy': Array(4).fill('exit 2: RTNETLINK answers: Device or resource busy'),
  'failures/duplicate-address': Array(2).fill('exit 2: RTNETLINK answers: Address already in use'),
};

const FILES = modelFiles('.sh');
const NAMES = FILES.map((file) => file.replace(/\.sh$/, '')).filter((name) => !name.startsWith('seed/'));

const verdict = (ping: string): string =>
  ping.replace(/: (.*)$/, (_, rest: string) => (/^[1-9]/.test(rest) ? ': yes' : ': no'));

describe('a lab', { timeout: 30_000 }, () => {
  test.each(NAMES)('%s shows what it says', async (name) => {
    const ran = await runModel(`${name}.sh`);
    expect(pingsOf(ran).map(verdict)).toEqual(LABS[name]);
    expect(refusalsOf(ran)).toEqual(REFUSED[name] ?? []);
  });

  test.each(FILES)('%s begins with a sentence on what it shows, and is short', (file) => {
    const lines = modelText(file).trimEnd().split('\n');
    expect(lines[0]).toMatch(/^# [^ ].{20,}\.$/);
    expect(lines.length).toBeLessThan(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});

describe('a lab that prints more than pings', { timeout: 30_000 }, () => {
  const printed = async (name: string): Promise<string> =>
    (await runModel(`${name}.sh`)).steps.map(({ stdout }) => stdout).join('');

  test('the outside of a switch that is not promiscuous knows the container all the same', async () => {
    expect(await printed('failures/vswitch-not-promiscuous')).toMatch(/10\.0\.0\.11 dev eth0 lladdr 02:00:00:00:00:11/);
  });

  test('a child whose parent is down says so, and keeps its route', async () => {
    const text = await printed('failures/parent-down');
    expect(text).toMatch(
      /mv1@if\d+: <NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN>|mv1@if\d+: <NO-CARRIER,BROADCAST,MULTICAST,UP>/,
    );
    expect(text).toMatch(/10\.0\.0\.0\/24 dev mv1 .*linkdown/);
  });

  test('neighbours on ipvlan have one hardware address', async () => {
    const macs = [...(await printed('basics/ipvlan-l2')).matchAll(/lladdr (\S+)/g)].map(([, mac]) => mac);
    expect(macs.length).toBeGreaterThan(1);
    expect(new Set(macs)).toEqual(new Set(['02:00:00:00:00:01']));
  });

  test('the router counts itself in the ttl until it has said that it need not', async () => {
    const ttls = [...(await printed('basics/router-redirect')).matchAll(/ttl=(\d+)/g)].map(([, ttl]) => ttl);
    expect(ttls).toEqual(['63', '63', '63', '64', '64']);
  });

  test('the mode of one ipvlan child is that of all', async () => {
    expect(await printed('basics/ipvlan-l3s')).toMatch(/ipvlan {2}mode l2 bridge/);
  });

  test('a switch has in its table who has spoken', async () => {
    const text = await printed('basics/bridge');
    expect(text).toContain('02:00:00:00:00:01 dev p1');
    expect(text).toContain('02:00:00:00:00:02 dev p2');
    expect(text).not.toContain('02:00:00:00:00:03');
  });
});
