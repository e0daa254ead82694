import type { Matrix, PairClass } from '../../predict/matrix.ts';
import { outcomeCode } from '../../predict/outcome.ts';
import { type CauseText, causeText, outcomeText } from '../../predict/words.ts';

/** All that fails in one way for one reason, with a pair to show it by. */
export type Failure = {
  readonly pairs: number;
  readonly example: PairClass;
  readonly outcome: string;
  readonly causes: readonly CauseText[];
};

/** Classes that fail alike, the most frequent first. */
export const failuresIn = ({ network, classes }: Matrix): readonly Failure[] => {
  const found = new Map<string, { pairs: number; example: PairClass }>();
  for (const each of classes) {
    const { outcome, causes } = each.answer;
    if (outcome.verdict === 'reached') continue;
    const key = [outcomeCode(outcome), ...new Set(causes.map(({ reason }) => reason))].join(' ');
    const known = found.get(key);
    if (known) known.pairs += each.pairs;
    else found.set(key, { pairs: each.pairs, example: each });
  }
  return [...found.values()]
    .sort((a, b) => b.pairs - a.pairs)
    .map(({ pairs, example }) => ({
      pairs,
      example,
      outcome: outcomeText(example.answer.outcome),
      causes: example.answer.causes.map((cause) => causeText(network, cause)),
    }));
};
