import { describe, expect, test } from 'vitest';
import { createSimulation } from '../../../src/engine/simulate.ts';
import { emptyNetwork } from '../../../src/model/empty.ts';
import { commandRunner } from '../../helpers/command-runner.ts';
import { type Known, unexplained } from '../../helpers/kernel-replay.ts';

const LABS: Readonly<Record<string, Known>> = {
  'sysctl.sh': { 'a machine starts with other values of accept_source_route': [51] },
  'sysctl-keys.sh': {
    'a machine starts with other values of a few keys': [7, 9],
    'not every key is modelled': [11, 12],
  },
};

describe('sysctl prints what it printed on Linux 6.1', () => {
  test.each(Object.entries(LABS))('%s', async (lab, known) => {
    expect(await unexplained(lab, (command) => command.startsWith('sysctl'), known)).toEqual([]);
  });
});

const KEY = 'net.ipv4.ip_forward';
const runner = () => commandRunner(createSimulation(emptyNetwork()));

describe('what is shown of a key', () => {
  test.each([
    [[KEY], `${KEY} = 0\n`],
    [['-n', KEY], '0\n'],
    [['-N', KEY], `${KEY}\n`],
    [['-b', KEY], '0'],
    [['-nN', KEY], `${KEY}\n`],
    [['-q', KEY], `${KEY} = 0\n`],
    [['-qw', `${KEY}=1`], ''],
    [['-N', '-w', `${KEY}=1`], '1\n'],
    [['-e', 'net.ipv4.nosuch'], ''],
    [['net/ipv4/ip_forward'], `${KEY} = 0\n`],
    [['-a', '-r', 'ip_for.*d$'], `${KEY} = 0\n`],
    [['-a', '--pattern=('], ''],
  ])('sysctl %j', async (args, stdout) => {
    expect(await runner().run(['sysctl', ...args])).toEqual({ stdout, stderr: '', exit: 0 });
  });

  test.each([
    [['-w', `${KEY}=foo`], `sysctl: setting key "${KEY}": Invalid argument\n`],
    [['-w', 'net.ipv4.foo=1'], 'sysctl: cannot stat /proc/sys/net/ipv4/foo: No such file or directory\n'],
    [['-w', KEY], 'sysctl: command line(0): invalid syntax, continuing...\n'],
    [['-p', '/nope'], 'sysctl: cannot open "/nope": No such file or directory\n'],
    [['-w'], "sysctl: no variables specified\nTry `sysctl --help' for more information.\n"],
  ])('sysctl %j is refused', async (args, stderr) => {
    expect(await runner().run(['sysctl', ...args])).toEqual({ stdout: '', stderr, exit: 1 });
  });
});

test('a file of settings is read to its end, and what makes no sense is said first', async () => {
  const { run, write } = runner();
  write('/s.conf', `${KEY} = 1\n# c\n; d\n\n-net.ipv4.foo=1\nbad\n`);
  expect(await run(['sysctl', '-p', '/s.conf'])).toEqual({
    stdout: `${KEY} = 1\n`,
    stderr:
      'sysctl: /s.conf(6): invalid syntax, continuing...\n' +
      'sysctl: cannot stat /proc/sys/net/ipv4/foo: No such file or directory\n',
    exit: 1,
  });
});
