import { fail, ok } from '../../../src/base/result.ts';
import { runScript } from '../../../src/shell/bash/script.ts';
import type {
  Clock,
  CommandRecord,
  Limits,
  ShellOptions,
  SimCommand,
  VirtualFiles,
} from '../../../src/shell/bash/types.ts';
import { sleep } from '../../../src/shell/commands/sleep.ts';
import { createSsh } from '../../../src/shell/commands/ssh.ts';
import { sudo } from '../../../src/shell/commands/sudo.ts';
import { timeout } from '../../../src/shell/commands/timeout.ts';

/** A clock with nothing in it: time goes straight to where it is sent. */
const createClock = (): Clock => {
  let now = 0;
  return {
    now: () => now,
    runUntil: (done, deadline) => {
      if (!done()) now = deadline;
      return done();
    },
  };
};

/** A network of one command: `ip` says where it was run and with what, and fails when told to. */
const ip: SimCommand<string> = (args, io) => {
  if (args[0] === 'netns' && args[1] === 'exec') return io.run(args.slice(3), args[2] ?? '');
  if (args[0] === 'bad') return { stdout: '', stderr: 'RTNETLINK answers: File exists\n', exit: 2 };
  return { stdout: `${io.context}: ${args.join(' ')}\n`, stderr: '', exit: 0 };
};

/** Runs a second and answers when it is. */
const ping: SimCommand<string> = async (args, io) => {
  await io.wait(() => false, io.now() + 1e9);
  return { stdout: `${args.join(' ')} at ${io.now() / 1e9}\n`, stderr: '', exit: 0 };
};

/** Runs until somebody stops it. */
const tcpdump: SimCommand<string> = async (_, io) => {
  const waited = await io.wait(() => false);
  return { stdout: `tcpdump ${waited} at ${io.now() / 1e9}\n`, stderr: '', exit: 0 };
};

const forward = '/proc/sys/net/ipv4/ip_forward';

/** Each context has its own `ip_forward`, which is 0 or 1. */
const createFiles = (): VirtualFiles<string> => {
  const values = new Map<string, string>();
  return {
    roots: ['/proc/sys'],
    read: (context, path) => (path === forward ? (values.get(context) ?? '0\n') : undefined),
    list: (_, path) => {
      const within = forward.startsWith(`${path}/`) ? forward.slice(path.length + 1).split('/')[0] : undefined;
      return within === undefined ? undefined : [within];
    },
    write: (context, _, text) => {
      if (!/^[01]\n?$/.test(text)) return fail('Invalid argument');
      values.set(context, text);
      return ok(undefined);
    },
  };
};

const commands: ReadonlyMap<string, SimCommand<string>> = new Map<string, SimCommand<string>>([
  ['ip', ip],
  ['ping', ping],
  ['tcpdump', tcpdump],
  ['sleep', sleep],
  ['timeout', timeout],
  ['sudo', sudo],
  ['ssh', createSsh<string>((host) => (host === 'c1' ? host : undefined))],
]);

/** Everything a shell needs, writing what it says to one string in which errors begin with `!`. */
export const createOptions = (write: (text: string) => void, limits: Partial<Limits> = {}): ShellOptions<string> => ({
  ...{ name: 'lab.sh', context: 'host', clock: createClock(), commands, files: createFiles(), limits },
  output: { write: (stream, text) => write(stream === 'stderr' ? text.replace(/^(?=.)/gm, '!') : text) },
});

export type Ran = { readonly out: string; readonly exit: number; readonly records: readonly CommandRecord[] };

export const run = async (text: string, limits?: Partial<Limits>): Promise<Ran> => {
  let out = '';
  const records: CommandRecord[] = [];
  const options = createOptions((said) => {
    out += said;
  }, limits);
  const { exit } = await runScript({ ...options, text, onCommand: (record) => records.push(record) });
  return { out, exit, records };
};

/** `LINE: COMMAND = EXIT` for each record, with `*` where it is part of another. */
export const told = ({ records }: Ran): readonly string[] =>
  records.map(({ line, command, exit, nested }) => `${line}: ${command} = ${exit}${nested ? ' *' : ''}`);
