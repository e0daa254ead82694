import type { Matrix } from '../../predict/matrix.ts';
import type { Verdict } from '../../predict/outcome.ts';
import { MARKS } from '../../predict/words.ts';
import { failuresIn } from './reasons.ts';

const escaped = (text: string): string => text.replaceAll('|', '\\|');
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The matrix as a table, then what fails and why as a list. */
export const markdownText = (matrix: Matrix): string => {
  const { endpoints, cell } = matrix;
  const names = endpoints.map(({ name }) => escaped(name));
  const seen = new Set<Verdict>();
  const rows = names.map((name, i) => {
    const marks = names.map((_, j) => {
      const verdict = cell(i, j)?.outcome.verdict;
      if (verdict === undefined) return '·';
      seen.add(verdict);
      return MARKS[verdict].mark;
    });
    return line([`**${name}**`, ...marks]);
  });
  const legend = [...seen].map((verdict) => `${MARKS[verdict].mark} ${MARKS[verdict].meaning}`).join(', ');
  const failures = failuresIn(matrix).map(({ pairs, example, outcome, causes }) => {
    const alike = pairs === 1 ? '' : ` and ${pairs - 1} more`;
    const why = causes.map(({ where, sentence, code }) => ` ${where}: ${sentence} (\`${code}\`).`).join('');
    return `- ${example.from.name} → ${example.to.name}${alike}: ${outcome}.${why}`;
  });
  return `${[
    line(['from \\ to', ...names]),
    line(['---', ...names.map(() => ':-:')]),
    ...rows,
    '',
    legend,
    ...(failures.length > 0 ? ['', ...failures] : []),
  ].join('\n')}\n`;
};
