import { openSession, type Session } from '../agent/session.ts';
import type { Backend } from '../backend.ts';
import type { Pipes } from '../child-line.ts';
import { bootUml, type UmlMachine } from './uml-machine.ts';

const LANES = 8;

/** Sessions take turns on a lane: each ends its agent, and the next finds a new one on a new machine. */
type Lane = { readonly pipes: Pipes; next: Promise<Session> };

const startLane = (machine: UmlMachine, pipes: Pipes): Promise<Session> => {
  const next = openSession({ ...pipes, ended: machine.ended, close: async () => pipes.send('quit 0\n') });
  next.catch(() => {});
  return next;
};

/** It boots when the first lab comes, and holds several side by side. */
export const userModeLinux = (user: boolean): Backend => {
  let machine: UmlMachine | undefined;
  let idle: Lane[] = [];
  const waiting: ((lane: Lane) => void)[] = [];

  const boot = (): UmlMachine => {
    const booted = bootUml(user, LANES);
    idle = booted.lanes.map((pipes) => ({ pipes, next: startLane(booted, pipes) }));
    return booted;
  };
  const free = (lane: Lane): void => {
    const next = waiting.shift();
    if (next) next(lane);
    else idle.push(lane);
  };
  return {
    name: 'user-mode-linux',
    lanes: LANES,
    open: async (signal) => {
      signal.throwIfAborted();
      machine ??= boot();
      const booted = machine;
      const lane = idle.shift() ?? (await new Promise<Lane>((resolve) => waiting.push(resolve)));
      const session = await lane.next;
      let open = true;
      const close = async (): Promise<void> => {
        if (!open) return;
        open = false;
        signal.removeEventListener('abort', close);
        await session.close();
        lane.next = startLane(booted, lane.pipes);
        free(lane);
      };
      signal.addEventListener('abort', close);
      return { ...session, close };
    },
    close: async () => machine?.close(),
  };
};
