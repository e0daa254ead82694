import { fail, ok, type Result } from '../../base/result.ts';
import type { Output } from '../../shell/command.ts';
import { decodeLine, encodeLine } from './words.ts';

/** Where something is done in the lab. Empty names are the machine that the agent is, and the namespace it booted with. */
export type Where = { readonly machine: string; readonly namespace: string };
export type Command = { readonly at: Where; readonly argv: readonly string[]; readonly stdin?: string };
export type Running = { readonly result: Promise<Output>; readonly kill: (signal: string) => void };

/** One frame as a tap saw it. `type` is sll_pkttype of packet(7). */
export type Capture = {
  readonly tap: string;
  readonly ifindex: number;
  readonly type: number;
  readonly bytes: Buffer;
};
export type LiveDevice = {
  readonly tap: string;
  readonly name: string;
  readonly ifindex: number;
  readonly mac: string;
};

/** A lab's real kernel: a machine with nothing on it, until it is closed. A promise rejects when the kernel goes away. */
export type Session = {
  /** As uname(1) has it. */
  readonly kernel: string;
  readonly run: (command: Command) => Running;
  /** Makes another machine; the answer is the process that holds it. */
  readonly machine: (name: string) => Promise<Result<number, string>>;
  readonly write: (at: Where, path: string, text: string) => Promise<Result<void, string>>;
  readonly tap: (key: string, at: Where) => Promise<Result<void, string>>;
  readonly untap: (key: string) => Promise<void>;
  /** The named namespaces of a machine: one that was deleted and made again has another inode. */
  readonly namespaces: (machine: string) => Promise<readonly { readonly name: string; readonly inode: string }[]>;
  readonly devices: () => Promise<readonly LiveDevice[]>;
  /** All frames that were seen since it was last asked. */
  readonly drain: () => Promise<readonly Capture[]>;
  readonly close: () => Promise<void>;
};

/** The two ends of the agent's standard streams. `ended` says why nothing more will come. */
export type Line = {
  readonly send: (text: string) => void;
  readonly listen: (onText: (text: string) => void) => void;
  readonly ended: Promise<string>;
  readonly close: () => Promise<void>;
};

export class KernelGone extends Error {}

type Asked = { readonly answer: (verb: string, words: readonly string[]) => void; readonly fail: (why: Error) => void };

const captureOf = ([tap = '', ifindex, type, hex = '']: readonly string[]): Capture => ({
  ...{ tap, ifindex: Number(ifindex), type: Number(type), bytes: Buffer.from(hex, 'hex') },
});

const deviceOf = (text: string): LiveDevice => {
  const [tap = '', name = '', ifindex, mac = ''] = text.split(',');
  return { tap, name, ifindex: Number(ifindex), mac: mac.match(/../g)?.join(':') ?? '' };
};

/** How long a kernel may take to start; user-mode-linux on a busy machine needs a while. */
const PATIENCE = 60_000;

/** Characters of a line that surely find room, also where one stands for three. */
const PIECE = 2000;

/** A promise that never comes, and the end of all that wait. */
const leaving = (asked: ReadonlyMap<string, Asked>) => {
  let reject: (why: Error) => void = () => {};
  const gone = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  gone.catch(() => {});
  const leave = (why: Error): void => {
    for (const each of asked.values()) each.fail(why);
    reject(why);
  };
  return { gone, leave };
};

/** Speaks with an agent at the other end of a line, from the moment it says that it is ready. */
export const openSession = async (line: Line): Promise<Session> => {
  const asked = new Map<string, Asked>();
  let captured: Capture[] = [];
  let count = 0;
  let sent: Promise<void> = Promise.resolve();
  let begin: (kernel: string) => void = () => {};

  const take = (text: string): void => {
    const [verb = '', id = '', ...words] = decodeLine(text);
    if (verb === 'ready') return begin(words[0] ?? '');
    if (verb === 'frame') return void captured.push(captureOf([id, ...words]));
    asked.get(id)?.answer(verb, words);
    asked.delete(id);
  };
  let rest = '';
  line.listen((text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) take(each);
  });
  const { gone, leave } = leaving(asked);
  void line.ended.then((why) => leave(new KernelGone(why)));

  const ask = (verb: string, ...words: readonly string[]) => {
    const id = String(++count);
    const reply = new Promise<{ readonly verb: string; readonly words: readonly string[] }>((resolve, reject) => {
      asked.set(id, { answer: (answered, given) => resolve({ verb: answered, words: given }), fail: reject });
    });
    const text = encodeLine([verb, id, ...words]);
    if (text.length <= PIECE) line.send(text);
    else sendLong(text);
    return { id, reply: Promise.race([reply, gone]) };
  };
  /** A serial line takes no more than its reader has room for: the next piece goes when the last has been read. */
  const sendLong = (text: string): void => {
    const pieces = text.trimEnd().match(new RegExp(`.{1,${PIECE / 4}}`, 'gs')) ?? [];
    sent = sent.then(async () => {
      for (const piece of pieces) await ask('part', piece).reply;
      line.send(encodeLine(['whole', '0']));
    });
    sent.catch(() => {});
  };
  const tried = async (verb: string, ...words: readonly string[]): Promise<Result<readonly string[], string>> => {
    const reply = await ask(verb, ...words).reply;
    return reply.verb === 'ok' ? ok(reply.words) : fail(reply.words.join(' '));
  };
  const done = (result: Result<readonly string[], string>): Result<void, string> =>
    result.ok ? ok(undefined) : result;

  const late = setTimeout(() => leave(new KernelGone(`it did not start within ${PATIENCE / 1000} s`)), PATIENCE);
  const ready = new Promise<string>((resolve) => {
    begin = resolve;
  });
  const kernel = await Promise.race([ready, gone]).finally(() => clearTimeout(late));
  return {
    kernel,
    run: ({ at, argv, stdin = '' }) => {
      const { id, reply } = ask('run', at.machine, at.namespace, stdin, ...argv);
      return {
        result: reply.then(({ words: [exit, stdout = '', stderr = ''] }) => ({ exit: Number(exit), stdout, stderr })),
        kill: (signal) => line.send(encodeLine(['kill', id, signal])),
      };
    },
    machine: async (name) => {
      const made = await tried('machine', name);
      return made.ok ? ok(Number(made.value[0])) : made;
    },
    write: async (at, path, text) => done(await tried('write', at.machine, at.namespace, path, text)),
    tap: async (key, at) => done(await tried('tap', key, at.machine, at.namespace)),
    untap: async (key) => void (await ask('untap', key).reply),
    namespaces: async (machine) =>
      (await ask('namespaces', machine).reply).words.map((text) => {
        const [name = '', inode = ''] = text.split(',');
        return { name, inode };
      }),
    devices: async () => (await ask('devices').reply).words.map(deviceOf),
    drain: async () => {
      await ask('drain').reply;
      const taken = captured;
      captured = [];
      return taken;
    },
    close: async () => {
      leave(new KernelGone('it was closed'));
      await line.close();
    },
  };
};
