import { type Line, openSession, type Session } from '../agent/session.ts';
import type { Backend } from '../backend.ts';
import type { Pipes } from '../child-line.ts';
import { bootUml, type UmlMachine, type UmlOptions } from './uml-machine.ts';

const KNOCK = 100;

/** A line to the agent behind a lane, which ends when it is told to; then the lane is free for the next. */
const lineOf = (pipes: Pipes, machine: UmlMachine): Line => {
  let over: () => void = () => {};
  const bye = new Promise<void>((resolve) => {
    over = resolve;
  });
  return {
    send: pipes.send,
    listen: (onText) =>
      pipes.listen((text) => {
        onText(text);
        if (/^bye /m.test(text)) over();
      }),
    ended: machine.ended,
    close: async () => {
      pipes.send('quit 0\n');
      await Promise.race([bye, machine.ended]);
    },
  };
};

/** What happens first: the work is done, or the signal comes. */
const unless = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);

/** It boots when the first lab comes, and holds several side by side, each on a lane of its own. */
export const userModeLinux = (options: UmlOptions): Backend => {
  let machine: UmlMachine | undefined;
  let idle: Pipes[] = [];
  const waiting: ((lane: Pipes) => void)[] = [];

  const boot = (): UmlMachine => {
    const booted = bootUml(options);
    idle = [...booted.lanes];
    return booted;
  };
  const free = (lane: Pipes): void => {
    const next = waiting.shift();
    if (next) next(lane);
    else idle.push(lane);
  };
  const start = async (booted: UmlMachine): Promise<Session> => {
    const lane = idle.shift() ?? (await new Promise<Pipes>((resolve) => waiting.push(resolve)));
    const starting = openSession(lineOf(lane, booted));
    // What is said before user-mode-linux listens is lost; an agent that is there takes no notice.
    const knocking = setInterval(() => lane.send('start\n'), KNOCK);
    const session = await starting.finally(() => clearInterval(knocking));
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => {
      closing ??= session.close().finally(() => free(lane));
      return closing;
    };
    return { ...session, close };
  };
  return {
    name: 'user-mode-linux',
    lanes: options.lanes,
    open: async (signal) => {
      signal.throwIfAborted();
      machine ??= boot();
      const starting = start(machine);
      try {
        const session = await unless(signal, starting);
        signal.addEventListener('abort', () => void session.close(), { once: true });
        return session;
      } catch (error) {
        void starting.then((session) => session.close()).catch(() => {});
        throw error;
      }
    },
    close: async () => machine?.close(),
  };
};
