import { isUpkeep, sightingText } from './frames/sightings.ts';
import { loneSteps, type Observation, type Plan, type Sighting, type Step } from './plan.ts';
import { sameLines, steadier } from './steady.ts';

/** How two answers to the same step may differ, the gravest first. */
export const ASPECTS = ['exit', 'outcome', 'loss', 'text', 'frames'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Sightings that one side alone has, in the order in which it had them. */
export type Parting = { readonly predicted: readonly Sighting[]; readonly observed: readonly Sighting[] };

export type Comparison = {
  readonly step: Step;
  readonly predicted: Observation;
  readonly observed: Observation;
  /** Empty where the two agree. */
  readonly differs: readonly Aspect[];
  readonly frames?: Parting;
};

/** What a probe came to, whatever the program says around it. */
export const outcomeOf = ({ exit, stdout, stderr }: Observation): string => {
  const text = stdout + stderr;
  if (exit === 0) return 'reply';
  if (/Network (is )?unreachable/.test(text)) return 'net-unreachable';
  if (/Host Unreachable|Address unreachable|No route to host/.test(text)) return 'host-unreachable';
  return exit === 1 ? 'timeout' : 'error';
};
export const lossOf = ({ stdout }: Observation): string | undefined => /([\d.]+)% packet loss/.exec(stdout)?.[1];

/** Each sighting once, in the order of the first time. */
const once = (list: readonly Sighting[]): ReadonlyMap<string, Sighting> =>
  new Map(list.filter((each) => !isUpkeep(each)).map((each) => [sightingText(each), each]));
const alone = (all: ReadonlyMap<string, Sighting>, other: ReadonlyMap<string, Sighting>): readonly Sighting[] =>
  [...all].filter(([text]) => !other.has(text)).map(([, sighting]) => sighting);

const partingOf = (predicted: readonly Sighting[], observed: readonly Sighting[]): Parting => {
  const [a, b] = [once(predicted), once(observed)];
  return { predicted: alone(a, b), observed: alone(b, a) };
};

const isSame = (text: string, other: string, steady: (text: string) => string): boolean =>
  sameLines(steady(text), steady(other));

type Sides = { readonly predicted: Observation; readonly observed: Observation };

const differencesOf = ({ probe }: Step, sides: Sides, steady: (text: string) => string): ReadonlySet<Aspect> => {
  const { predicted, observed } = sides;
  const found = new Set<Aspect>();
  if (predicted.exit !== observed.exit) found.add('exit');
  if (probe && outcomeOf(predicted) !== outcomeOf(observed)) found.add('outcome');
  if (probe && lossOf(predicted) !== lossOf(observed)) found.add('loss');
  const same = isSame(predicted.stdout, observed.stdout, steady) && isSame(predicted.stderr, observed.stderr, steady);
  if (!same) found.add('text');
  return found;
};

/** The two sides of each step that was carried out. */
export const compare = (
  plan: Plan,
  predictions: readonly Observation[],
  observations: readonly Observation[],
): readonly Comparison[] => {
  const steady = steadier(plan);
  const lone = loneSteps(plan);
  return plan.steps.flatMap((step, index): readonly Comparison[] => {
    const [predicted, observed] = [predictions[index]!, observations[index]!];
    if (step.act.kind === 'none') return [];
    const found = new Set(differencesOf(step, { predicted, observed }, steady));
    const frames = observed.frames && lone.has(index) ? partingOf(predicted.frames ?? [], observed.frames) : undefined;
    if (frames && frames.predicted.length + frames.observed.length > 0) found.add('frames');
    const differs = ASPECTS.filter((aspect) => found.has(aspect));
    return [{ step, predicted, observed, differs, ...(frames && { frames }) }];
  });
};
