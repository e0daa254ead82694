import type { Differences } from '../../predict/differences.ts';
import type { Matrix } from '../../predict/matrix.ts';
import type { Answer } from '../../predict/outcome.ts';
import { causeText, MARKS, outcomeText } from '../../predict/words.ts';
import { answerJson } from './json.ts';

const because = ({ network }: Matrix, { outcome, causes }: Answer): string => {
  const first = causes.map((cause) => causeText(network, cause)).at(-1);
  const why = first ? ` (${first.where}: ${first.sentence} [${first.code}])` : '';
  return `${MARKS[outcome.verdict].mark} ${outcomeText(outcome)}${why}`;
};

/** One cell that changed: what it was, and what it has become. */
export const differencesText = (before: Matrix, after: Matrix, { changed, gone, come }: Differences): string => {
  const lines = changed.flatMap((each) => [
    `${each.from} → ${each.to}`,
    `  - ${because(before, each.before)}`,
    `  + ${because(after, each.after)}`,
  ]);
  const alone = [
    ...(gone.length > 0 ? [`Only in the first: ${gone.join(', ')}`] : []),
    ...(come.length > 0 ? [`Only in the second: ${come.join(', ')}`] : []),
  ];
  if (lines.length + alone.length === 0) return 'Nothing changes.\n';
  return `${[...lines, ...alone].join('\n')}\n`;
};

export const differencesJson = (before: Matrix, after: Matrix, { changed, gone, come }: Differences): string =>
  `${JSON.stringify({
    changed: changed.map((each) => ({
      from: each.from,
      to: each.to,
      before: answerJson(before.network, each.before),
      after: answerJson(after.network, each.after),
    })),
    gone,
    come,
  })}\n`;
