import { styleText } from 'node:util';
import type { Missing } from '../backend.ts';
import { type Comparison, lossOf, outcomeOf, type Parting } from '../compare.ts';
import { sightingText } from '../frames/sightings.ts';
import type { Observation } from '../plan.ts';
import type { Verdict } from '../verify.ts';

type Out = NodeJS.WriteStream;
type Compared = Extract<Verdict, { readonly kind: 'compared' }>;

const COLUMN = 12;
const row = (label: string, text: string): string => `    ${label.padEnd(COLUMN)}${text}\n`;

const briefly = (observation: Observation, probe: boolean): string => {
  const loss = lossOf(observation);
  const parts = [
    `exit ${observation.exit}`,
    ...(probe ? [outcomeOf(observation)] : []),
    ...(loss ? [`${loss}% loss`] : []),
  ];
  return parts.join(', ');
};

/** The lines that one side alone prints. */
const ownLines = (text: string, other: string): readonly string[] => {
  const known = new Set(other.split('\n'));
  return text.split('\n').filter((line) => line.trim() !== '' && !known.has(line));
};
const MOST_LINES = 6;
const side = (label: string, one: Observation, other: Observation, { step, differs }: Comparison): string => {
  const lines = differs.includes('text')
    ? ownLines(`${one.stdout}\n${one.stderr}`, `${other.stdout}\n${other.stderr}`)
    : [];
  const more = lines.length - MOST_LINES;
  return [
    row(label, briefly(one, step.probe)),
    ...lines.slice(0, MOST_LINES).map((line) => row('', line)),
    more > 0 ? row('', `(${more} more lines)`) : '',
  ].join('');
};

const partingText = ({ predicted, observed }: Parting): string => {
  const [missing, extra] = [predicted[0], observed[0]];
  const count = predicted.length + observed.length;
  return [
    missing ? row('only here', `${sightingText(missing)}   (predicted, not seen)`) : '',
    extra ? row('only there', `${sightingText(extra)}   (seen, not predicted)`) : '',
    count > 2 ? row('', `(${count} sightings differ)`) : '',
  ].join('');
};

const differenceText = (lab: string, comparison: Comparison, out: Out): string => {
  const { step, predicted, observed, differs, frames } = comparison;
  const title = `${lab}:${step.line}: ${step.command}`;
  return [
    `${styleText('red', 'differs', { stream: out })} ${styleText('bold', title, { stream: out })} (${differs.join(', ')})\n`,
    side('predicted', predicted, observed, comparison),
    side('observed', observed, predicted, comparison),
    differs.includes('frames') && frames ? partingText(frames) : '',
  ].join('');
};

const comparedText = (verdict: Compared, out: Out): string => {
  const different = verdict.comparisons.filter(({ differs }) => differs.length > 0);
  const probes = verdict.comparisons.filter(({ step }) => step.probe).length;
  const left = verdict.left.length > 0 ? `, ${verdict.left.length} not carried out` : '';
  const word =
    different.length === 0
      ? styleText('green', 'same', { stream: out })
      : styleText('red', 'different', { stream: out });
  const counts = `${verdict.comparisons.length - different.length} of ${verdict.comparisons.length} commands agree (${probes} probes)`;
  const where = `Linux ${verdict.kernel}, ${verdict.backend}, ${verdict.seconds.toFixed(1)} s`;
  return [
    ...different.map((comparison) => differenceText(verdict.lab, comparison, out)),
    `${word}  ${verdict.lab}: ${counts}${left}; ${where}\n`,
  ].join('');
};

export const missingText = ({ what, remedy }: Missing): string => `${what} ${remedy}`;

/** What a person reads of a lab: where the two sides differ, then how many agree. */
export const verdictText = (verdict: Verdict, out: Out): string => {
  switch (verdict.kind) {
    case 'compared':
      return comparedText(verdict, out);
    case 'cannot':
      return `${styleText('yellow', 'cannot', { stream: out })}  ${verdict.lab}: ${missingText(verdict.missing)}\n`;
    case 'broken':
      return `${styleText('yellow', 'broken', { stream: out })}  ${verdict.lab}: ${verdict.why}\n`;
  }
};
