import { styleText } from 'node:util';
import type { Matrix } from '../../predict/matrix.ts';
import { isReached, type Verdict } from '../../predict/outcome.ts';
import { MARKS, PROBE_WORDS } from '../../predict/words.ts';
import { type Failure, failuresIn } from './reasons.ts';

type Out = NodeJS.WriteStream;

const DEFAULT_WIDTH = 80;

/** The matrix as far as the terminal is wide enough for it, then what fails and why. */
export const tableText = (matrix: Matrix, out: Out): string => {
  const { endpoints, work } = matrix;
  if (endpoints.length === 0) return 'Nobody here has an address, so there is nobody to ask.\n';
  const width = out.columns ?? DEFAULT_WIDTH;
  const table = gridOf(matrix, width, out) ?? kindsOf(matrix, width, out);
  const asked = `${count(work.pairs, 'pair')} of ${count(work.endpoints, 'endpoint')}, ${work.simulated.toLocaleString('en')} simulated`;
  return [
    ...table,
    '',
    ...failuresIn(matrix).flatMap((failure) => failureLines(failure, out)),
    dim(asked, out),
    '',
  ].join('\n');
};

const dim = (text: string, out: Out): string => styleText('dim', text, { stream: out });
const count = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;

const colourOf = (verdict: Verdict): 'green' | 'yellow' | 'red' => {
  if (verdict === 'reached') return 'green';
  return isReached({ verdict } as never) || verdict === 'impostor' ? 'yellow' : 'red';
};

const marked = (verdict: Verdict | undefined, width: number, out: Out): string => {
  const mark = verdict === undefined ? '·' : MARKS[verdict].mark;
  const text = mark.padEnd(width);
  return verdict === undefined ? dim(text, out) : styleText(colourOf(verdict), text, { stream: out });
};

/** One column an endpoint, headed by its name, or by its number where the names are too wide together. */
const gridOf = (matrix: Matrix, width: number, out: Out): readonly string[] | undefined => {
  const { endpoints, cell } = matrix;
  const names = endpoints.map(({ name }) => name);
  const longest = Math.max(...names.map((name) => name.length));
  const named = longest + 2 + names.reduce((sum, name) => sum + name.length + 2, 0) <= width;
  const number = `${names.length}`.length;
  if (!named && longest + number + 3 + names.length * (number + 1) > width) return undefined;
  const heads = named ? names : names.map((_, index) => `${index + 1}`);
  const gap = named ? 2 : 1;
  const label = (index: number): string =>
    named ? names[index]!.padEnd(longest) : `${`${index + 1}`.padStart(number)} ${names[index]!.padEnd(longest)}`;
  const lead = ' '.repeat(label(0).length + 2);
  const seen = new Set<Verdict>();
  const rows = names.map((_, i) => {
    const cells = heads.map((head, j) => {
      const verdict = cell(i, j)?.outcome.verdict;
      if (verdict !== undefined) seen.add(verdict);
      return marked(verdict, (named ? head.length : number) + gap, out);
    });
    return `${label(i)}  ${cells.join('')}`.trimEnd();
  });
  const head = heads.map((text) => text.padEnd((named ? text.length : number) + gap)).join('');
  const legend = [...seen].map((verdict) => `${MARKS[verdict].mark} ${MARKS[verdict].meaning}`).join('   ');
  return [`${lead}${head}`.trimEnd(), ...rows, '', dim(`rows ${PROBE_WORDS[matrix.probe]} columns:  ${legend}`, out)];
};

const MOST = 60;

/** Too many for a grid: one line for each kind of pair. */
const kindsOf = ({ classes }: Matrix, width: number, out: Out): readonly string[] => {
  const sorted = classes.toSorted((a, b) => b.pairs - a.pairs).slice(0, MOST);
  const lines = sorted.map(({ from, to, pairs, answer }) => {
    const { verdict } = answer.outcome;
    const alike = pairs === 1 ? '' : `, and ${(pairs - 1).toLocaleString('en')} pairs like it`;
    return `${marked(verdict, 2, out)}${`${from.name} → ${to.name}${alike}`.slice(0, width - 2)}`;
  });
  const more = classes.length - sorted.length;
  return more > 0 ? [...lines, dim(`  … and ${count(more, 'other kind')} of pairs (--json has them all)`, out)] : lines;
};

const failureLines = ({ pairs, example, outcome, causes }: Failure, out: Out): readonly string[] => {
  const { from, to, answer } = example;
  const mark = marked(answer.outcome.verdict, 2, out);
  const alike = pairs === 1 ? '' : ` and ${count(pairs - 1, 'pair')} more`;
  return [
    `${mark}${from.name} → ${to.name}${alike}: ${outcome}`,
    ...causes.map(({ where, sentence, code }) => `    ${where}: ${sentence} ${dim(`[${code}]`, out)}`),
    '',
  ];
};
