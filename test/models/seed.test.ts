import { describe, expect, test } from 'vitest';
import { pingsOf, refusalsOf, runModel } from './run-model.ts';

const WORLD = 'seed/libvirt.yaml';
const unreachable = (from: string, to: string): string =>
  `container-${from} > 192.168.122.${to}: 0/3, exit 1; 192.168.122.10${from}: Destination Host Unreachable`;
const reached = (from: string, to: string): string => `container-${from} > 192.168.122.${to}: 3/3, exit 0`;
const silent = (from: string, to: string): string => `container-${from} > 192.168.122.${to}: 0/3, exit 1`;
const refused = (from: string, to: string): string => `${silent(from, to)}; ping: sendmsg: No buffer space available`;

/** What the article shows on its machine, and for the modes that it only names, what Linux 6.1 does. */
const PINGS = {
  bridge: [reached('1', '102'), reached('2', '101'), unreachable('2', '240')],
  vepa: [unreachable('1', '102'), unreachable('1', '240'), reached('1', '102'), reached('1', '240')],
  private: [unreachable('1', '102'), unreachable('1', '240'), reached('1', '1')],
  passthru: [],
  'ipvlan-l2-bridge': [reached('1', '102'), unreachable('1', '240'), reached('1', '1')],
  'ipvlan-l2-private': [unreachable('1', '102'), unreachable('1', '240'), reached('1', '1')],
  'ipvlan-l2-vepa': [
    unreachable('1', '102'),
    unreachable('1', '240'),
    reached('1', '102'),
    reached('1', '240'),
    `${reached('1', '102')}; 192.168.122.1: Redirect Host(New nexthop: 192.168.122.102)`,
  ],
  'ipvlan-l3-bridge': [reached('1', '102'), silent('1', '240'), silent('1', '1'), reached('1', '1')],
  'ipvlan-l3-private': [refused('1', '102'), silent('1', '240')],
  'ipvlan-l3-vepa': [silent('1', '102'), silent('1', '240'), silent('1', '102')],
  'ipvlan-l3s-bridge': [reached('1', '102'), silent('1', '240'), silent('1', '1'), reached('1', '1')],
  'ipvlan-l3s-private': [refused('1', '102'), silent('1', '240')],
  'ipvlan-l3s-vepa': [silent('1', '102'), silent('1', '240'), silent('1', '102')],
} as const;

describe("the article's labs", { timeout: 30_000 }, () => {
  test.each(Object.entries(PINGS))('%s: each ping ends as it did', async (name, pings) => {
    expect(pingsOf(await runModel(`seed/${name}.sh`, WORLD))).toEqual(pings);
  });

  test.each(Object.keys(PINGS).filter((name) => name !== 'passthru'))('%s: nothing else is refused', async (name) => {
    expect(refusalsOf(await runModel(`seed/${name}.sh`, WORLD))).toEqual([]);
  });

  test('passthru: a second child is refused', async () => {
    const ran = await runModel('seed/passthru.sh', WORLD);
    expect(refusalsOf(ran)).toEqual(['exit 2: RTNETLINK answers: Invalid argument']);
  });

  test('passthru: the child has the address of the network card', async () => {
    const { steps } = await runModel('seed/passthru.sh', WORLD);
    const shown = steps.map(({ stdout }) => stdout).filter((text) => text !== '');
    expect(shown).toHaveLength(2);
    for (const text of shown) expect(text).toContain('link/ether 52:54:00:a5:e0:0e');
  });

  test('create: the child arrives in the container with the numbers that it had, and down', async () => {
    const { steps, exit } = await runModel('seed/create.sh', WORLD);
    expect(exit).toBe(0);
    expect(steps.at(-1)?.stdout.replace(/link\/ether \S+/, 'link/ether MAC')).toBe(`\
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
6: mvlan@if2: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default qlen 1000
    link/ether MAC brd ff:ff:ff:ff:ff:ff link-netnsid 0
`);
  });

  test.each(['bridge', 'vepa'])('%s: a reply takes less than a millisecond', async (name) => {
    const { steps } = await runModel(`seed/${name}.sh`, WORLD);
    const times = steps.flatMap(({ stdout }) =>
      [...stdout.matchAll(/ time=([\d.]+) ms/g)].map(([, time]) => Number(time)),
    );
    expect(times.length).toBeGreaterThan(0);
    for (const time of times) expect(time).toBeLessThan(1);
  });
});
