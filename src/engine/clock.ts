import type { Time } from './event.ts';

/** What is due: an action on two things, in the context that the clock is stepped with. */
export type Action<C, A, B> = (context: C, first: A, second: B) => void;

type Entry<C, A, B> = { time: Time; order: number; action: Action<C, A, B>; first: A; second: B };

/** All that was posted with one and the same delay: in order of posting is in order of time. */
type Lane<C, A, B> = { readonly delay: Time; readonly entries: Entry<C, A, B>[]; head: number };

export type Alarm = { time: Time; order: number; run: (() => void) | undefined };

/**
 * Virtual time. Frames travel in lanes, one for each distinct delay, since a queue with a constant delay needs no sorting;
 * timers wait in a heap. Events of the same time happen in the order in which they were posted.
 */
export type Clock<C, A, B> = {
  readonly now: () => Time;
  readonly post: (delay: Time, action: Action<C, A, B>, first: A, second: B) => void;
  readonly after: (delay: Time, run: () => void) => Alarm;
  readonly cancel: (alarm: Alarm) => void;
  /** Does the next thing that is due by `limit`; false when there is none. */
  readonly step: (context: C, limit: Time) => boolean;
  /** Whether anything is due by `limit`. */
  readonly isDue: (limit: Time) => boolean;
  readonly advance: (time: Time) => void;
  /** Forgets all that is due, and is at time 0 again. */
  readonly reset: () => void;
  readonly steps: () => number;
};

const COMPACT = 1024;

const take = <C, A, B>(lane: Lane<C, A, B>): Entry<C, A, B> => {
  const entry = lane.entries[lane.head++]!;
  if (lane.head === lane.entries.length) {
    lane.entries.length = 0;
    lane.head = 0;
  } else if (lane.head > COMPACT && lane.head * 2 > lane.entries.length) {
    lane.entries.splice(0, lane.head);
    lane.head = 0;
  }
  return entry;
};

const before = (time: Time, order: number, other: { readonly time: Time; readonly order: number }): boolean =>
  time < other.time || (time === other.time && order < other.order);

const pushAlarm = (heap: Alarm[], alarm: Alarm): void => {
  let at = heap.push(alarm) - 1;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up]!;
    if (!before(alarm.time, alarm.order, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = alarm;
};

const popAlarm = (heap: Alarm[]): void => {
  const last = heap.pop()!;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= heap.length) break;
    const right = heap[child + 1];
    if (right && before(right.time, right.order, heap[child]!)) child++;
    if (!before(heap[child]!.time, heap[child]!.order, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
};

export const createClock = <C, A, B>(): Clock<C, A, B> => {
  let now: Time = 0;
  let order = 0;
  let steps = 0;
  const lanes: Lane<C, A, B>[] = [];
  const heap: Alarm[] = [];

  const laneFor = (delay: Time): Lane<C, A, B> => {
    for (const lane of lanes) if (lane.delay === delay) return lane;
    const lane: Lane<C, A, B> = { delay, entries: [], head: 0 };
    lanes.push(lane);
    return lane;
  };

  const soonestLane = (): Lane<C, A, B> | undefined => {
    let best: Lane<C, A, B> | undefined;
    for (const lane of lanes) {
      const entry = lane.entries[lane.head];
      if (entry && (!best || before(entry.time, entry.order, best.entries[best.head]!))) best = lane;
    }
    return best;
  };

  const soonestAlarm = (): Alarm | undefined => {
    while (heap.length > 0 && heap[0]!.run === undefined) popAlarm(heap);
    return heap[0];
  };

  const step = (context: C, limit: Time): boolean => {
    const lane = soonestLane();
    const entry = lane?.entries[lane.head];
    const alarm = soonestAlarm();
    if (entry && lane && (!alarm || before(entry.time, entry.order, alarm))) {
      if (entry.time > limit) return false;
      now = entry.time;
      steps++;
      take(lane);
      entry.action(context, entry.first, entry.second);
      return true;
    }
    if (!alarm || alarm.time > limit) return false;
    popAlarm(heap);
    now = alarm.time;
    steps++;
    const run = alarm.run;
    alarm.run = undefined;
    run?.();
    return true;
  };

  return {
    now: () => now,
    post: (delay, action, first, second) => {
      laneFor(delay).entries.push({ time: now + delay, order: order++, action, first, second });
    },
    after: (delay, run) => {
      const alarm: Alarm = { time: now + Math.max(0, delay), order: order++, run };
      pushAlarm(heap, alarm);
      return alarm;
    },
    cancel: (alarm) => {
      alarm.run = undefined;
    },
    step,
    isDue: (limit) => {
      const lane = soonestLane();
      const next = Math.min(lane?.entries[lane.head]?.time ?? Infinity, soonestAlarm()?.time ?? Infinity);
      return next <= limit;
    },
    advance: (time) => {
      if (time > now) now = time;
    },
    reset: () => {
      now = 0;
      order = 0;
      lanes.length = 0;
      heap.length = 0;
    },
    steps: () => steps,
  };
};
