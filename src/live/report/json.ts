import type { Comparison } from '../compare.ts';
import type { Observation } from '../plan.ts';
import type { Verdict } from '../verify.ts';

const sideOf = ({ exit, stdout, stderr, frames }: Observation) => ({ exit, stdout, stderr, ...(frames && { frames }) });

const commandOf = ({ step, predicted, observed, differs, frames }: Comparison) => ({
  ...{ line: step.line, command: step.command, differs },
  ...{ predicted: sideOf(predicted), observed: sideOf(observed) },
  ...(frames && differs.includes('frames') && { frames }),
});

/** A verdict as data; one object a lab. */
export const verdictJson = (verdict: Verdict): object => {
  switch (verdict.kind) {
    case 'compared': {
      const { kind, lab, backend, kernel, seconds, comparisons, left } = verdict;
      const verdictWord = comparisons.every(({ differs }) => differs.length === 0) ? 'same' : 'different';
      return {
        ...{ lab, verdict: verdictWord, backend, kernel, seconds: Number(seconds.toFixed(3)) },
        commands: comparisons.map(commandOf),
        left: left.map(({ line, command, act }) => ({ line, command, why: act.kind === 'none' ? act.why : kind })),
      };
    }
    case 'cannot':
      return { lab: verdict.lab, verdict: 'cannot', ...verdict.missing };
    case 'broken':
      return { lab: verdict.lab, verdict: 'broken', why: verdict.why };
  }
};
