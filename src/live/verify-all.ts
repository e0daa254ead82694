import { setMaxListeners } from 'node:events';
import { BACKENDS, type Backend, type BackendName, type Capabilities } from './backend.ts';
import { createBackends } from './backends/index.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Lab } from './rehearse.ts';
import { type Candidate, type Verdict, type VerifyOptions, verify } from './verify.ts';

export type AllOptions = VerifyOptions & {
  readonly on?: BackendName;
  /** How many labs at a time; as many as the backend holds, unless said. */
  readonly jobs?: number;
  /** Each verdict, in the order of the labs. */
  readonly onVerdict?: (verdict: Verdict) => void;
};

const LABS_AT_ONCE = 16;

/** Offers the backends that may be used, and closes them when the work is over, however it ends. */
export const withBackends = async <T>(
  on: BackendName | undefined,
  signal: AbortSignal,
  work: (candidates: readonly Candidate[]) => Promise<T>,
): Promise<T> => {
  // Every lab listens for the end of all.
  setMaxListeners(0, signal);
  const all = createBackends();
  const backends: readonly Backend[] = on ? [all[on]] : BACKENDS.map((name) => all[name]);
  try {
    return await work(
      backends.map((backend) => {
        let found: Promise<Capabilities> | undefined;
        const look = (): Promise<Capabilities> => {
          found ??= capabilitiesOf(backend, signal);
          return found;
        };
        return { backend, look };
      }),
    );
  } finally {
    await Promise.all(backends.map((backend) => backend.close()));
  }
};

/** Verifies labs side by side: they wait for probes most of the time. */
export const verifyAll = (labs: readonly Lab[], options: AllOptions): Promise<readonly Verdict[]> =>
  withBackends(options.on, options.signal, async (candidates) => {
    const verdicts: Verdict[] = [];
    let next = 0;
    let told = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < labs.length; index = next++) {
        verdicts[index] = await verify(labs[index]!, candidates, options);
        for (; verdicts[told] !== undefined; told++) options.onVerdict?.(verdicts[told]!);
      }
    };
    await Promise.all(Array.from({ length: Math.min(options.jobs ?? LABS_AT_ONCE, labs.length) }, worker));
    return verdicts;
  });
