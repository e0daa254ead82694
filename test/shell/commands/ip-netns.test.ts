import { expect, test } from 'vitest';
import { emptyNetwork } from '../../../src/model/empty.ts';
import type { SimulatedCommand } from '../../../src/shell/command.ts';
import { COMMANDS } from '../../../src/shell/commands/index.ts';
import { commandRunner, splitWords } from '../../helpers/command-runner.ts';
import { stillSimulation } from '../../helpers/still-simulation.ts';

const where: SimulatedCommand = {
  name: 'where',
  run: ({ place, args }) => ({ stdout: `${place.namespace} ${args.join('|')}\n`, stderr: '', exit: args.length }),
};

const lab = async (...lines: readonly string[]) => {
  const { run } = commandRunner(stillSimulation(emptyNetwork()), [...COMMANDS, where]);
  const ip = (line: string) => run(['ip', ...(splitWords(line) ?? [])]);
  for (const line of lines) await ip(line);
  return { run, ip };
};

test('a command runs in the namespace, with its words as they are and its own answer', async () => {
  const { run, ip } = await lab('netns add a');
  expect(await ip('netns exec a where x "y z"')).toEqual({ stdout: 'a x|y z\n', stderr: '', exit: 2 });
  expect(await run(['ip', 'net', 'e', 'a', 'ip', 'netns', 'exec', 'a', 'where'])).toMatchObject({ stdout: 'a \n' });
});

test('-all runs it in one namespace after the other, the newest first, and never fails', async () => {
  const { ip } = await lab('netns add a', 'netns add b');
  expect(await ip('-all netns exec where x')).toEqual({
    stdout: '\nnetns: b\nb x\n\nnetns: a\na x\n',
    stderr: '',
    exit: 0,
  });
});

test('identify names the namespace one is in', async () => {
  const { ip } = await lab('netns add a');
  expect((await ip('netns exec a ip netns identify')).stdout).toBe('a\n');
  expect((await ip('netns exec a ip netns identify 1000')).stdout).toBe('a\n');
  expect((await ip('netns exec a ip netns identify 1')).stdout).toBe('\n');
  expect((await ip('netns identify')).stdout).toBe('\n');
});

test('names that JavaScript knows are names like any other', async () => {
  const { ip } = await lab('netns add constructor');
  expect((await ip('netns')).stdout).toBe('constructor\n');
  expect((await ip('-n constructor -br link')).exit).toBe(0);
  expect((await ip('-n toString link')).exit).toBe(255);
});

test('ip leaves standard input alone, for the script around it reads from the same', async () => {
  const simulation = stillSimulation(emptyNetwork());
  const ip = COMMANDS.find(({ name }) => name === 'ip');
  let reads = 0;
  await ip?.run({
    args: ['link'],
    get stdin() {
      reads++;
      return '';
    },
    place: { machine: 'host', namespace: '/' } as never,
    simulation,
    files: { read: async () => ({ ok: false, error: 'No such file or directory' }) },
    run: async () => ({ stdout: '', stderr: '', exit: 0 }),
    wait: async () => 'done',
  });
  expect(reads).toBe(0);
});
