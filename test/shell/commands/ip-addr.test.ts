import { beforeEach, describe, expect, test } from 'vitest';
import { emptyNetwork } from '../../../src/model/empty.ts';
import { commandRunner, type Runner, splitWords } from '../../helpers/command-runner.ts';
import { stillSimulation } from '../../helpers/still-simulation.ts';

let ip: (line: string) => ReturnType<Runner['run']>;
beforeEach(async () => {
  const { run } = commandRunner(stillSimulation(emptyNetwork({ ipv6: true })));
  ip = (line) => run(['ip', ...(splitWords(line) ?? [])]);
  await ip('link add d0 address 02:00:00:00:00:01 type dummy');
});

const addresses = async (): Promise<string> => (await ip('-br -4 addr show dev d0')).stdout.slice(32).trim();

describe('an address is written in many ways', () => {
  test.each([
    ['10.0.0.1/24', '10.0.0.1/24'],
    ['10.0.0.1/255.255.255.0', '10.0.0.1/24'],
    ['10.8/16', '10.8.0.0/16'],
    ['0x0a.010.0.1/0x18', '10.8.0.1/24'],
    ['10.0.0.1', '10.0.0.1/32'],
    ['10.0.0.1 peer 10.0.0.2/30', '10.0.0.1 peer 10.0.0.2/30'],
  ])('%s', async (words, shown) => {
    expect(await ip(`addr add ${words} dev d0`)).toMatchObject({ exit: 0, stderr: '' });
    expect(await addresses()).toBe(shown);
  });
});

describe('broadcast + is all ones behind the prefix and - all zeros, if there is room', () => {
  test.each([
    ['10.1.2.3/16 brd +', 'brd 10.1.255.255 '],
    ['10.1.2.3/16 broad -', 'brd 10.1.0.0 '],
    ['10.1.2.3/31 brd +', ''],
    ['10.1.2.3 peer 10.9.9.9/24 brd +', 'brd 10.9.9.255 '],
  ])('%s', async (words, shown) => {
    await ip(`addr add ${words} dev d0`);
    const { stdout } = await ip('-o -4 addr show dev d0');
    expect(/(brd \S+ )?scope/.exec(stdout)?.[1] ?? '').toBe(shown);
  });
});

describe('what only the kernel sets, or only IPv6 has, is warned about and left out', () => {
  test.each([
    ['10.0.0.1/24 secondary', 'Warning: secondary option is not mutable from userspace\n'],
    ['10.0.0.1/24 nodad', 'Warning: nodad option can be set only for IPv6 addresses\n'],
    ['fd00::1/64 nodad', ''],
  ])('%s', async (words, warning) => {
    expect(await ip(`addr add ${words} dev d0`)).toEqual({ stdout: '', stderr: warning, exit: 0 });
  });
});

test('a flush takes what the filter names and nothing else', async () => {
  for (const each of ['10.0.0.1/24', '10.0.0.2/24', '10.1.0.1/24 scope link', '192.168.7.1/24'])
    await ip(`addr add ${each} dev d0`);
  await ip('addr flush dev d0 scope link');
  expect(await addresses()).toBe('10.0.0.1/24 192.168.7.1/24 10.0.0.2/24');
  await ip('addr flush dev d0 secondary');
  expect(await addresses()).toBe('10.0.0.1/24 192.168.7.1/24');
  await ip('addr flush to 192.168.0.0/16');
  expect(await addresses()).toBe('10.0.0.1/24');
  expect((await ip('-s addr flush dev d0 to 10.9.0.0/16')).stdout).toBe('Nothing to flush.\n');
});

test('deleting without a length works as ever, and is scolded as ever', async () => {
  await ip('addr add 10.0.0.1/24 dev d0');
  expect(await ip('addr del 10.0.0.1/32 dev d0')).toMatchObject({
    exit: 2,
    stderr: 'RTNETLINK answers: Cannot assign requested address\n',
  });
  const { stderr, exit } = await ip('addr del 10.0.0.1 dev d0');
  expect([exit, stderr.split('\n')[1]]).toEqual([
    0,
    '         Explicitly specify the prefix length (10.0.0.1/32) to avoid this warning.',
  ]);
  expect(await addresses()).toBe('');
});

test('IPv4 can be changed into being, IPv6 cannot', async () => {
  expect(await ip('addr change 10.0.0.1/24 dev d0')).toMatchObject({ exit: 0 });
  expect(await ip('addr change fd00::1/64 dev d0')).toMatchObject({
    exit: 2,
    stderr: 'RTNETLINK answers: No such file or directory\n',
  });
});

test('colours are for people: none in a pipe unless asked for, none in JSON', async () => {
  await ip('addr add 10.0.0.1/24 dev d0');
  expect((await ip('-c -br -4 addr')).stdout).toBe(
    '\x1b[36md0               \x1b[0m\x1b[31mDOWN           \x1b[0m\x1b[35m10.0.0.1\x1b[0m/24 \n',
  );
  expect((await ip('-c=auto -br -4 addr')).stdout).toBe('d0               DOWN           10.0.0.1/24 \n');
  expect((await ip('-c -j -br -4 addr')).stdout).toBe(
    '[{"ifname":"d0","operstate":"DOWN","addr_info":[{"local":"10.0.0.1","prefixlen":24}]}]\n',
  );
});
