import { describe, expect, test } from 'vitest';
import { createSimulation } from '../../../src/engine/simulate.ts';
import { emptyNetwork } from '../../../src/model/empty.ts';
import { commandRunner } from '../../helpers/command-runner.ts';
import { type Known, unexplained } from '../../helpers/kernel-replay.ts';

const isBridge = (command: string): boolean => command.startsWith('bridge');

const LABS: Readonly<Record<string, Known>> = {
  'bridge-link.sh': { 'a backup port is not modelled': [93, 94] },
  'bridge-fdb.sh': {
    'no packet has been sent yet where there is no ping': [20, 21, 22, 23, 24, 26, 27, 32, 33, 34, 35, 36, 57, 60],
    '"extern_learn" is not modelled': [44, 50, 51, 52],
    'the list of addresses of a device that is no bridge takes none by hand': [45, 46, 64, 65, 66, 67, 100, 102],
    'refused with other words': [75, 76, 78],
    'addresses of the ports themselves stay known': [81, 83, 86, 88, 90, 91],
  },
  'bridge-vlan.sh': { 'entries are listed VLAN by VLAN, not as they were made': [60, 61] },
  'errors-syntax.sh': {},
};

describe('bridge prints what it printed on Linux 6.1', () => {
  test.each(Object.entries(LABS))('%s', async (lab, known) => {
    expect(await unexplained(lab, isBridge, known)).toEqual([]);
  });
});

const withBridge = async () => {
  const runner = commandRunner(createSimulation(emptyNetwork()));
  const run = (line: string) => runner.run(line.split(' '));
  for (const line of [
    'ip link add br0 address 02:00:00:00:00:10 type bridge',
    'ip link add v0 type veth peer name p0 address 02:00:00:00:00:02',
    'ip link set p0 master br0',
    'ip link set br0 up',
    'ip link set v0 up',
    'ip link set p0 up',
  ])
    await run(line);
  return run;
};

describe('a port', () => {
  test('has hairpin switched on, and says so', async () => {
    const run = await withBridge();
    expect(await run('bridge link set dev p0 hairpin on')).toEqual({ stdout: '', stderr: '', exit: 0 });
    expect((await run('bridge -d link show dev p0')).stdout).toContain('\n    hairpin on guard off ');
    expect((await run('bridge -j -d link show dev p0')).stdout).toContain('"hairpin":true,"guard":false');
  });

  test.each([
    ['bridge link set dev nope hairpin on', 'Cannot find bridge device "nope"\n', 255],
    ['bridge link set dev v0 hairpin on', 'RTNETLINK answers: Operation not supported\n', 255],
    [
      'bridge link set dev p0 hairpin maybe',
      'Error: argument of "hairpin" must be one of "off", "on", not "maybe"\n',
      234,
    ],
    ['bridge link set dev p0 state 9', 'RTNETLINK answers: Invalid argument\n', 255],
    ['bridge -n nope link', 'Cannot open network namespace "nope": No such file or directory\n', 255],
    ['bridge fdb get 02:00:00:00:00:77 br br0', 'Error: Fdb entry not found.\n', 254],
    ['bridge monitor', 'hairpin: "bridge monitor" is not modelled\n', 2],
  ])('%s', async (line, stderr, exit) => {
    const run = await withBridge();
    expect(await run(line)).toEqual({ stdout: '', stderr, exit });
  });
});

test('VLANs that follow each other are one line where ranges are wanted', async () => {
  const run = await withBridge();
  await run('bridge vlan add vid 100-103 dev p0');
  expect((await run('bridge -com vlan show dev p0')).stdout).toBe(
    'port              vlan-id  \n' + 'p0                1 PVID Egress Untagged\n' + '                  100-103\n',
  );
  expect((await run('bridge -com -j vlan show dev p0')).stdout).toBe(
    '[{"ifname":"p0","vlans":[{"vlan":1,"flags":["PVID","Egress Untagged"]},{"vlan":100,"vlanEnd":103}]}]\n',
  );
});

test('flushing a bridge forgets what was told, port by port', async () => {
  const run = await withBridge();
  await run('bridge fdb add 02:00:00:00:01:01 dev p0 master static');
  expect((await run('bridge fdb show state static')).stdout).toContain('02:00:00:00:01:01 dev p0 ');
  await run('bridge fdb flush dev br0');
  expect((await run('bridge fdb show state static')).stdout).toBe('');
});
