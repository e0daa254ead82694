import { describe, expect, test } from 'vitest';
import { createSimulation } from '../../../src/engine/simulate.ts';
import { emptyNetwork } from '../../../src/model/empty.ts';
import { commandRunner } from '../../helpers/command-runner.ts';
import { type Known, unexplained } from '../../helpers/kernel-replay.ts';

const isRoute = (command: string): boolean => /^ip( -\S+( h1)?)* (r|ro|route|ru|rule)\b/.test(command);

const LABS: Readonly<Record<string, Known>> = {
  'ip-route.sh': {
    'metrics of a route (mtu, advmss) and several next hops are not modelled': [
      31, 32, 40, 43, 44, 45, 51, 53, 57, 78, 79, 81, 83,
    ],
  },
  'ip-route-errors.sh': {
    'several next hops are not modelled': [69, 70],
    'a gateway that is an address of our own counts as none when a packet is sent': [67],
    'the look-up follows a route over a dead link': [85],
  },
  'ip-route-get.sh': {
    'a group of hosts is reached without the gateway': [25, 26],
    'a source that is not ours has no route': [28],
    '"iif" and "fibmatch" are not modelled': [33, 34, 36, 37, 38, 39, 50, 51, 52, 53],
    'rules other than the three of every namespace are not modelled': [
      64, 65, 67, 68, 69, 70, 71, 72, 73, 74, 75, 77, 78, 79, 80, 81, 82, 83, 84,
    ],
  },
  'errors-syntax.sh': {},
  'ip-states.sh': {},
};

describe('routes are shown and changed as on Linux 6.1', () => {
  test.each(Object.entries(LABS))('%s', async (lab, known) => {
    expect(await unexplained(lab, isRoute, known)).toEqual([]);
  });
});

const machine = async (...lines: readonly string[]) => {
  const runner = commandRunner(createSimulation(emptyNetwork({ ipv6: true })));
  const run = (line: string) => runner.run(line.split(' '));
  for (const line of lines) await run(line);
  return run;
};

const withDummy = () =>
  machine(
    'ip link add d0 type dummy',
    'ip link set d0 up',
    'ip addr add 10.0.0.1/24 dev d0',
    'ip addr add fd00::1/64 dev d0 nodad',
  );

describe('a prefix may be written as iproute2 reads it', () => {
  test.each([
    ['10/8', '10.0.0.0/8'],
    ['10.1', '10.1.0.0'],
    ['10.2.0.0/255.255.0.0', '10.2.0.0/16'],
    ['0/0', 'default'],
    ['default', 'default'],
    ['all', 'default'],
    ['0x14.1/16', '20.1.0.0/16'],
  ])('%s is %s', async (written, shown) => {
    const run = await withDummy();
    expect((await run(`ip route add ${written} dev d0`)).stderr).toBe('');
    expect((await run('ip route')).stdout).toContain(`${shown} dev d0 scope link \n`);
  });
});

describe('routes of IPv6', () => {
  test('are listed from the leaves of the tree, so that the default comes last', async () => {
    const run = await withDummy();
    await run('ip -6 route add default via fd00::3');
    await run('ip -6 route add fd08::/16 via fd00::2');
    await run('ip -6 route add fd08::1 via fd00::2');
    await run('ip -6 route add unreachable fd05::/64');
    expect((await run('ip -6 route')).stdout.replace(/^(::1|fe80).*\n/gm, '')).toBe(
      'fd00::/64 dev d0 proto kernel metric 256 pref medium\n' +
        'unreachable fd05::/64 dev lo metric 1024 pref medium\n' +
        'fd08::1 via fd00::2 dev d0 metric 1024 pref medium\n' +
        'fd08::/16 via fd00::2 dev d0 metric 1024 pref medium\n' +
        'default via fd00::3 dev d0 metric 1024 pref medium\n',
    );
  });

  test('say all that there is to say with -d, as text and as JSON', async () => {
    const run = await withDummy();
    await run('ip -6 route add fd07::/64 dev d0 metric 5');
    expect((await run('ip -6 -d route show fd07::/64')).stdout).toBe(
      'unicast fd07::/64 dev d0 proto boot scope global metric 5 pref medium\n',
    );
    expect((await run('ip -6 -j route show fd07::/64')).stdout).toBe(
      '[{"dst":"fd07::/64","dev":"d0","metric":5,"flags":[],"pref":"medium"}]\n',
    );
  });
});

test('a route that Linux can have and the model cannot is refused in so many words', async () => {
  const run = await withDummy();
  expect(await run('ip route add 10.9.0.0/16 dev d0 mtu 1400')).toEqual({
    stdout: '',
    stderr: 'hairpin: "mtu" of a route is not modelled\n',
    exit: 2,
  });
  expect((await run('ip route add 10.9.0.0/16 nexthop via 10.0.0.2')).exit).toBe(2);
});

test('rules are those that every namespace starts with', async () => {
  const run = await withDummy();
  const three = '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n';
  expect((await run('ip rule')).stdout).toBe(three);
  expect((await run('ip -d rule list')).stdout).toBe(three.replace(/$(?=\n)/gm, ' proto kernel'));
  expect((await run('ip -6 rule')).stdout).toBe('0:\tfrom all lookup local\n32766:\tfrom all lookup main\n');
});
