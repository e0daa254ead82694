import type { Clock, Waited } from './types.ts';

/** Somebody who runs commands one after the other: the script itself, or a background job. */
export type Flow = {
  /** Why it should stop what it waits for, if it should. */
  stop?: string;
  /** Nothing more of it is executed once it was stopped. A script or a session goes on with what comes next. */
  readonly background?: true;
};

type Waiter = {
  readonly flow: Flow;
  readonly over: () => boolean;
  readonly deadline: number;
  readonly wake: () => void;
};

export type Flows = {
  readonly enter: () => void;
  readonly leave: () => void;
  /** Interrupts what a flow waits for, now and from now on. */
  readonly stop: (flow: Flow, signal: string) => void;
  readonly wait: (flow: Flow, done: () => boolean, deadline?: number) => Promise<Waited>;
};

/**
 * Virtual time moves only while every flow waits, so what runs at the same instant runs in the same order every time.
 * The first whose wait is over goes on; when nothing can end any wait within `patience`, the oldest is interrupted.
 */
export const createFlows = (clock: Clock, patience: number): Flows => {
  const waiting: Waiter[] = [];
  let running = 0;

  const isOver = (waiter: Waiter): boolean => waiter.over() || clock.now() >= waiter.deadline;
  const wake = (waiter: Waiter): void => {
    waiting.splice(waiting.indexOf(waiter), 1);
    running += 1;
    waiter.wake();
  };
  const turn = (): void => {
    if (running > 0 || waiting.length === 0) return;
    const soonest = Math.min(...waiting.map((waiter) => waiter.deadline));
    const deadline = Number.isFinite(soonest) ? soonest : clock.now() + patience;
    if (!waiting.some(isOver)) clock.runUntil(() => waiting.some(isOver), deadline);
    const next = waiting.find(isOver) ?? waiting[0];
    if (next !== undefined) wake(next);
  };
  const leave = (): void => {
    running -= 1;
    turn();
  };

  return {
    enter: () => {
      running += 1;
    },
    leave,
    stop: (flow, signal) => {
      flow.stop ??= signal;
      for (const waiter of waiting.filter((each) => each.flow === flow)) wake(waiter);
    },
    wait: async (flow, done, deadline = Number.POSITIVE_INFINITY) => {
      const over = () => flow.stop !== undefined || done();
      if (!over() && clock.now() < deadline) {
        await new Promise<void>((resolve) => {
          waiting.push({ flow, over, deadline, wake: resolve });
          leave();
        });
      }
      if (done()) return 'done';
      return flow.stop === undefined && clock.now() >= deadline ? 'late' : 'interrupted';
    },
  };
};
