import { setTimeout as sleep } from 'node:timers/promises';
import { assertNever } from '../base/assert-never.ts';
import type { Output } from '../shell/command.ts';
import { KernelGone, type LiveDevice, type Running, type Session } from './agent/session.ts';
import { sightingsOf } from './frames/sightings.ts';
import { createMachines, type Machines } from './machines.ts';
import type { Observation, Plan, Step } from './plan.ts';

export type CarryOptions = {
  readonly frames: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, step: Step) => void;
};

/** How long the last frames of a probe may take to arrive, and how much later than predicted a step may end. */
const SETTLE = 50;
const GRACE = 30;

const NOTHING: Output = { stdout: '', stderr: '', exit: 0 };
/** `ip netns` in any of its spellings, in a batch too. */
const NETNS = /(^|\s)net(n|ns)?(\s|$)/;

type Started = { readonly since: number; readonly result: Promise<Output>; readonly kill: (signal: string) => void };

const startStep = (session: Session, machines: Machines, { at, act }: Step, signal: AbortSignal): Started => {
  const since = performance.now();
  const idle = (result: Promise<Output>): Started => ({ since, result, kill: () => {} });
  switch (act.kind) {
    case 'run': {
      const { argv, stdin } = act;
      const running: Running = session.run({ at: machines.where(at), argv, ...(stdin === undefined ? {} : { stdin }) });
      return { since, ...running };
    }
    case 'write':
      return idle(
        session
          .write(machines.where(at), act.path, act.text)
          .then((written) => (written.ok ? NOTHING : { ...NOTHING, stderr: written.error, exit: 1 })),
      );
    case 'sleep':
      return idle(sleep(act.seconds * 1000, NOTHING, { signal }));
    case 'nic':
      return idle(machines.nic(at, act.name, act.words));
    case 'cable':
      return idle(machines.cable(act.ends));
    case 'none':
      return idle(Promise.resolve(NOTHING));
    default:
      return assertNever(act);
  }
};

/** Waits for a step as long as the simulator did, and somewhat longer; then it is told to end, as the script did. */
const finishStep = async ({ took, stopped }: Step, { since, result, kill }: Started): Promise<Output> => {
  const left = took * 1000 - (performance.now() - since) + (stopped ? 0 : GRACE * 1000);
  const controller = new AbortController();
  const late = sleep(Math.max(0, left), 'late' as const, { signal: controller.signal }).catch(() => 'done' as const);
  const first = await Promise.race([result, late]).finally(() => controller.abort());
  if (first !== 'late') return result;
  kill(stopped ? 'TERM' : 'INT');
  const last = setTimeout(() => kill('KILL'), 2000);
  return result.finally(() => clearTimeout(last));
};

/** Does for real what the plan says, in its order, and answers what came of each step. */
export const carryOut = async (
  plan: Plan,
  session: Session,
  options: CarryOptions,
): Promise<readonly Observation[]> => {
  const { frames, signal, onProgress } = options;
  const machines = await createMachines(plan, session, frames);
  const started = new Map<number, Started>();
  const observed: Observation[] = plan.steps.map(() => NOTHING);
  let devices: readonly LiveDevice[] = [];
  let changed = true;

  const before = async ({ probe }: Step): Promise<void> => {
    if (!frames || !probe) return;
    if (changed) devices = await session.devices();
    changed = false;
    if (started.size === 0) await session.drain();
  };
  const after = async (step: Step, output: Output): Promise<Observation> => {
    const { act, at, probe } = step;
    if (!probe) changed = true;
    if (act.kind === 'run' && act.argv[0] === 'ip' && NETNS.test(`${act.argv.join(' ')} ${act.stdin ?? ''}`))
      await machines.look(at.machine);
    if (!frames || !probe) return output;
    await sleep(SETTLE);
    return { ...output, frames: sightingsOf(await session.drain(), devices) };
  };

  let done = 0;
  for (const { is, step: index } of plan.moments) {
    if (signal.aborted) throw new KernelGone('it took too long, or was interrupted');
    const step = plan.steps[index]!;
    if (is === 'start') {
      await before(step);
      started.set(index, startStep(session, machines, step, signal));
      continue;
    }
    const output = await finishStep(step, started.get(index)!);
    started.delete(index);
    observed[index] = await after(step, output);
    onProgress?.(++done, step);
  }
  return observed;
};
