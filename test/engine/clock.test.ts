import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Clock, createClock } from '../../src/engine/clock.ts';

type TestClock = Clock<string[], string, number>;
const note = (happened: string[], what: string, number: number): void => {
  happened.push(`${what}${number}`);
};
const run = (clock: TestClock, happened: string[], limit = Number.MAX_SAFE_INTEGER): void => {
  while (clock.step(happened, limit));
};
const fresh = (): { clock: TestClock; happened: string[] } => ({ clock: createClock(), happened: [] });

test('what is due at one time happens in the order in which it was asked for, frames and timers alike', () => {
  const { clock, happened } = fresh();
  clock.post(10, note, 'frame', 1);
  clock.after(10, () => happened.push('timer2'));
  clock.post(5, note, 'early', 3);
  clock.post(10, note, 'frame', 4);
  run(clock, happened);
  expect(happened).toEqual(['early3', 'frame1', 'timer2', 'frame4']);
  expect(clock.now()).toBe(10);
});
test('a timer that is cancelled does not go off, nor does it hold time up', () => {
  const { clock, happened } = fresh();
  const alarm = clock.after(10, () => happened.push('never'));
  clock.after(20, () => happened.push('later'));
  clock.cancel(alarm);
  run(clock, happened);
  expect(happened).toEqual(['later']);
});
test('nothing is done that is due after the limit, and time stands still for it', () => {
  const { clock, happened } = fresh();
  clock.post(10, note, 'at', 10);
  clock.post(11, note, 'at', 11);
  run(clock, happened, 10);
  expect(happened).toEqual(['at10']);
  expect(clock.now()).toBe(10);
  clock.advance(5);
  expect(clock.now()).toBe(10);
  clock.advance(10.5);
  run(clock, happened, 11);
  expect(happened).toEqual(['at10', 'at11']);
});
test('what happens may ask for more, at once even', () => {
  const { clock, happened } = fresh();
  clock.after(1, () => {
    happened.push('first');
    clock.after(0, () => happened.push('at once'));
    clock.after(-5, () => happened.push('never in the past'));
  });
  clock.after(1, () => happened.push('second'));
  run(clock, happened);
  expect(happened).toEqual(['first', 'second', 'at once', 'never in the past']);
  expect(clock.now()).toBe(1);
});
test('a clock that is reset has nothing to do, and it is time 0', () => {
  const { clock, happened } = fresh();
  clock.post(3, note, 'frame', 1);
  clock.after(4, () => happened.push('timer'));
  clock.step(happened, 3);
  clock.reset();
  expect(clock.now()).toBe(0);
  run(clock, happened);
  expect(happened).toEqual(['frame1']);
});

const asked = fc.record({ delay: fc.nat(20), kind: fc.constantFrom('frame', 'timer', 'cancelled'), steps: fc.nat(2) });
test('whatever is asked for, when and how: all of it happens once, by time and then by order', () => {
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 3000, size: 'max' }), (all) => {
      const { clock, happened } = fresh();
      const wanted: { readonly time: number; readonly order: number }[] = [];
      for (const [order, { delay, kind, steps }] of all.entries()) {
        for (let step = 0; step < steps; step++) clock.step(happened, Number.MAX_SAFE_INTEGER);
        if (kind === 'frame') clock.post(delay, note, '', order);
        else {
          const alarm = clock.after(delay, () => happened.push(`${order}`));
          if (kind === 'cancelled') clock.cancel(alarm);
        }
        if (kind !== 'cancelled') wanted.push({ time: clock.now() + delay, order });
      }
      run(clock, happened);
      wanted.sort((a, b) => a.time - b.time || a.order - b.order);
      expect(happened).toEqual(wanted.map(({ order }) => `${order}`));
    }),
    { numRuns: 50 },
  );
});
