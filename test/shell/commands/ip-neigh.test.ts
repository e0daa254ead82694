import { describe, expect, test } from 'vitest';
import { createSimulation } from '../../../src/engine/simulate.ts';
import { emptyNetwork } from '../../../src/model/empty.ts';
import { commandRunner } from '../../helpers/command-runner.ts';
import { unexplained } from '../../helpers/kernel-replay.ts';

const KNOWN = {
  'no packet has been sent yet where there is no ping': [11, 13, 14, 15, 16, 17, 18, 20, 22, 23, 25, 27, 28],
  '"router", "extern_learn" and "proto" of a neighbour are not modelled': [
    38, 39, 40, 41, 42, 43, 44, 45, 50, 56, 60, 65,
  ],
  'the entry of lo for 0.0.0.0 is not modelled': [69],
};

test('neighbours are shown and changed as on Linux 6.1', async () => {
  const isNeigh = (command: string): boolean => /^ip( -\S+( h1)?)* (n|neigh)\b/.test(command);
  expect(await unexplained('ip-neigh.sh', isNeigh, KNOWN)).toEqual([]);
});

const machine = async () => {
  const runner = commandRunner(createSimulation(emptyNetwork()));
  const run = (line: string) => runner.run(line.split(' '));
  for (const line of [
    'ip link add v0 type veth peer name v1',
    'ip link set v0 up',
    'ip link set v1 up',
    'ip neigh add 10.0.0.1 lladdr 02:00:00:00:00:09 dev v0',
  ])
    await run(line);
  return run;
};

describe('one neighbour', () => {
  test.each([
    ['ip neigh', '10.0.0.1 dev v0 lladdr 02:00:00:00:00:09 PERMANENT \n'],
    ['ip neigh show dev v0', '10.0.0.1 lladdr 02:00:00:00:00:09 PERMANENT \n'],
    ['ip -s neigh', '10.0.0.1 dev v0 lladdr 02:00:00:00:00:09  used 0/0/0probes 0 PERMANENT \n'],
    ['ip -br neigh', `${'10.0.0.1'.padEnd(40)}${'v0'.padEnd(17)}02:00:00:00:00:09\n`],
    ['ip -j neigh', '[{"dst":"10.0.0.1","dev":"v0","lladdr":"02:00:00:00:00:09","state":["PERMANENT"]}]\n'],
    ['ip neigh show nud stale', ''],
    ['ip -6 neigh', ''],
    ['ip neigh show to 10.0.0.0/24', '10.0.0.1 dev v0 lladdr 02:00:00:00:00:09 PERMANENT \n'],
    ['ip neigh get 10.0.0.1 dev v0', '10.0.0.1 dev v0 lladdr 02:00:00:00:00:09 PERMANENT \n'],
    ['ip -s neigh flush dev v0', 'Nothing to flush.\n'],
    [
      'ip -s neigh flush nud permanent',
      '\n*** Round 1, deleting 1 entries ***\n*** Flush is complete after 1 round ***\n',
    ],
  ])('%s', async (line, stdout) => {
    const run = await machine();
    expect(await run(line)).toEqual({ stdout, stderr: '', exit: 0 });
  });

  test('is answered for once it is a proxy entry, and no longer when that is deleted', async () => {
    const run = await machine();
    await run('ip neigh add proxy 10.0.0.7 dev v0');
    expect((await run('ip neigh show proxy')).stdout).toBe('10.0.0.7 dev v0 proxy \n');
    expect((await run('ip neigh get proxy 10.0.0.7 dev v0')).stdout).toBe('10.0.0.7 dev v0 proxy \n');
    expect((await run('ip neigh del proxy 10.0.0.9 dev v0')).stderr).toBe(
      'RTNETLINK answers: No such file or directory\n',
    );
    await run('ip neigh del proxy 10.0.0.7 dev v0');
    expect((await run('ip neigh show proxy')).stdout).toBe('');
  });
});
