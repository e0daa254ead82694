import type { Place } from '../model/network.ts';
import type { NicName } from '../model/operation.ts';
import type { Output } from '../shell/command.ts';
import type { LabRecord } from '../shell/lab.ts';

export type Sighting = NonNullable<LabRecord['frames']>[number];

/** One thing that the simulator understood, to be done for real: an argument list or a file of the kernel's, never a script. */
export type Act =
  | { readonly kind: 'run'; readonly argv: readonly string[]; readonly stdin?: string }
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'sleep'; readonly seconds: number }
  /** Hardware, which no command makes: a pair of veth devices stands for a network card and its socket. */
  | { readonly kind: 'nic'; readonly name: string; readonly words: readonly string[] }
  | { readonly kind: 'cable'; readonly ends: readonly [NicName, NicName] }
  /** Nothing is done, and this is why. */
  | { readonly kind: 'none'; readonly why: string };

export type Step = {
  readonly at: Place;
  readonly act: Act;
  /** The line of the script, and what stands there; 0 where it builds the world that the script starts in. */
  readonly line: number;
  readonly command: string;
  /** Frames go to and fro: it is compared as a probe is. */
  readonly probe: boolean;
  /** Virtual seconds that it took. */
  readonly took: number;
  /** It did not end by itself. */
  readonly stopped: boolean;
};

/** Steps start and end in this order; one starts before another ends where the script runs it in the background. */
export type Moment = { readonly is: 'start' | 'end'; readonly step: number };

export type LiveMachine = { readonly name: string; readonly ipv6: boolean };

/** Steps during which nothing else went on but waiting: what the taps saw then is theirs. */
export const loneSteps = ({ steps, moments }: Plan): ReadonlySet<number> => {
  const under = new Set<number>();
  const shared = new Set<number>();
  for (const { is, step } of moments) {
    if (steps[step]!.act.kind === 'sleep') continue;
    if (is === 'end') under.delete(step);
    else {
      if (under.size > 0) for (const each of [...under, step]) shared.add(each);
      under.add(step);
    }
  }
  return new Set(steps.flatMap((_, index) => (shared.has(index) ? [] : [index])));
};

/** Everything that is done on the real kernel. */
export type Plan = {
  /** Which of the machines the script runs on. */
  readonly here: string;
  readonly machines: readonly LiveMachine[];
  readonly steps: readonly Step[];
  readonly moments: readonly Moment[];
};

/** What came of a step, in the simulator or for real. */
export type Observation = Output & { readonly frames?: readonly Sighting[] };
