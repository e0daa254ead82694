import type { KernelVersion } from '../model/network.ts';
import { KERNELS } from '../model/network.ts';
import type { Backend, BackendName, Capabilities, DeviceKind, Missing } from './backend.ts';
import { carryOut } from './carry-out.ts';
import { type Comparison, compare } from './compare.ts';
import { needsOf } from './needs.ts';
import type { Observation, Plan, Step } from './plan.ts';
import { type Lab, type Rehearsal, rehearse } from './rehearse.ts';

export type Verdict =
  | {
      readonly kind: 'compared';
      readonly lab: string;
      readonly backend: BackendName;
      /** As uname(1) has it. */
      readonly kernel: string;
      readonly seconds: number;
      readonly comparisons: readonly Comparison[];
      /** What was not carried out, and why. */
      readonly left: readonly Step[];
    }
  | { readonly kind: 'cannot'; readonly lab: string; readonly missing: Missing }
  /** It ran longer than it may, was interrupted, or the kernel fell over. */
  | { readonly kind: 'broken'; readonly lab: string; readonly why: string };

export type Progress = { readonly lab: string; readonly done: number; readonly total: number; readonly what: string };

export type VerifyOptions = {
  readonly frames: boolean;
  readonly signal: AbortSignal;
  /** Real seconds that one lab may take. */
  readonly limit: number;
  /** Predict for this kernel, whichever it is held against. */
  readonly kernel?: KernelVersion;
  readonly onProgress?: (progress: Progress) => void;
};

/** A backend that may be used. What it can do here is tried when that is first asked. */
export type Candidate = { readonly backend: Backend; readonly look: () => Promise<Capabilities> };
type Tried = { readonly backend: Backend; readonly can: Capabilities };

/** The version of the model that a real kernel is held against: the newest that is not newer. */
export const versionOf = (kernel: string): KernelVersion => {
  const rank = (version: string): number => {
    const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
    return major * 1000 + minor;
  };
  return KERNELS.findLast((version) => rank(version) <= rank(kernel)) ?? KERNELS[0]!;
};

const withKernel = (lab: Lab, kernel: KernelVersion): Lab => ({
  ...lab,
  world: { ...lab.world, network: { ...lab.world.network, kernel } },
});

const fits = ({ can }: Tried, needs: ReadonlySet<DeviceKind>, frames: boolean): boolean =>
  can.works && (can.frames || !frames) && [...needs].every((kind) => can.kinds.includes(kind));

const choose = async (candidates: readonly Candidate[], needs: ReadonlySet<DeviceKind>, frames: boolean) => {
  const tried: Tried[] = [];
  for (const { backend, look } of candidates) {
    const each = { backend, can: await look() };
    tried.push(each);
    if (fits(each, needs, frames)) return { chosen: each, tried };
  }
  return { chosen: undefined, tried };
};

const INSTALL_UML: Missing['remedy'] = 'Run: apt-get install user-mode-linux kmod';

const lacking = (tried: readonly Tried[], needs: ReadonlySet<DeviceKind>): Missing => {
  const [only] = tried;
  if (tried.length === 1 && only && !only.can.works) return only.can.missing;
  const kinds = [...needs].filter((kind) => !tried.some(({ can }) => can.works && can.kinds.includes(kind)));
  const faults = tried.flatMap(({ backend, can }) => (can.works ? [] : [`${backend.name}: ${can.missing.what}`]));
  const what = kinds.length > 0 ? `No kernel within reach can make a device of kind ${kinds.join(', ')}.` : '';
  return { what: [what, ...faults].filter(Boolean).join(' '), remedy: remedyAmong(tried) };
};
const remedyAmong = (tried: readonly Tried[]): string => {
  const uml = tried.find(({ backend }) => backend.name === 'user-mode-linux');
  if (uml === undefined) return 'Leave out --on, so that every backend is looked at.';
  return uml.can.works
    ? 'Load the module (modprobe), or take another kernel.'
    : (uml.can.missing.remedy ?? INSTALL_UML);
};

/** Carries a lab out on a real kernel that has what it needs, and holds the prediction against it. */
export const verify = async (lab: Lab, candidates: readonly Candidate[], options: VerifyOptions): Promise<Verdict> => {
  const first = await rehearse(options.kernel ? withKernel(lab, options.kernel) : lab, options.frames);
  const needs = needsOf(first.plan);
  const { chosen, tried } = await choose(candidates, needs, options.frames);
  if (!chosen?.can.works) return { kind: 'cannot', lab: lab.name, missing: lacking(tried, needs) };
  const version = options.kernel ?? versionOf(chosen.can.kernel);
  const isSame = version === lab.world.network.kernel || options.kernel !== undefined;
  const rehearsal = isSame ? first : await rehearse(withKernel(lab, version), options.frames);
  try {
    return await perform(lab.name, rehearsal, chosen.backend, options);
  } catch (error) {
    return { kind: 'broken', lab: lab.name, why: error instanceof Error ? error.message : String(error) };
  }
};

const perform = async (
  lab: string,
  { plan, predictions }: Rehearsal,
  backend: Backend,
  { frames, signal, limit, onProgress }: VerifyOptions,
): Promise<Verdict> => {
  const { observations, seconds, kernel } = await observe(plan, backend, {
    ...{ frames, signal, limit },
    onProgress: (done, what) => onProgress?.({ lab, done, total: plan.steps.length, what: what.command }),
  });
  return {
    ...{ kind: 'compared', lab, backend: backend.name, kernel, seconds },
    comparisons: compare(plan, predictions, observations),
    left: plan.steps.filter(({ act }) => act.kind === 'none'),
  };
};

export type ObserveOptions = Pick<VerifyOptions, 'frames' | 'signal' | 'limit'> & {
  readonly onProgress?: (done: number, step: Step) => void;
};

/** What a real kernel makes of a plan, on a machine that is there for nothing else. */
export const observe = async (
  plan: Plan,
  backend: Backend,
  { frames, signal, limit, onProgress }: ObserveOptions,
): Promise<{ readonly observations: readonly Observation[]; readonly seconds: number; readonly kernel: string }> => {
  const waiting = await backend.open(signal);
  const since = performance.now();
  const within = AbortSignal.any([signal, AbortSignal.timeout(limit * 1000)]);
  const stop = (): void => void waiting.close();
  within.addEventListener('abort', stop);
  try {
    const carried = { frames, signal: within, ...(onProgress && { onProgress }) };
    const observations = await carryOut(plan, waiting, carried);
    return { observations, seconds: (performance.now() - since) / 1000, kernel: waiting.kernel };
  } catch (error) {
    if (!within.aborted) throw error;
    throw new Error(signal.aborted ? 'It was interrupted.' : `It took longer than ${limit} seconds.`);
  } finally {
    within.removeEventListener('abort', stop);
    await waiting.close();
  }
};
