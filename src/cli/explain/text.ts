import { styleText } from 'node:util';
import type { Endpoint } from '../../predict/endpoint.ts';
import { type Explanation, remarksOn } from '../../predict/explain.ts';
import { isReached } from '../../predict/outcome.ts';
import { type CauseText, causeText, outcomeText, PROBE_WORDS } from '../../predict/words.ts';

type Out = NodeJS.WriteStream;

const called = ({ name, address }: Endpoint): string => (name.includes(address) ? name : `${name} (${address})`);

/** The verdict and its cause first, then the frames one by one; set in only where a frame has copies. */
export const explanationText = (explanation: Explanation, out: Out): string => {
  const { network, from, to, answer, hops, probe } = explanation;
  const reached = isReached(answer.outcome);
  const mark = styleText(reached ? 'green' : 'red', reached ? '✓' : '✗', { stream: out });
  const [first, ...more] = answer.causes.map((cause) => causeText(network, cause)).reverse();
  const can = reached ? 'can' : 'cannot';
  const because = first ? `, because ${first.sentence}` : '';
  const dim = (text: string): string => styleText('dim', text, { stream: out });
  return [
    `${mark} ${called(from)} ${can} ${PROBE_WORDS[probe]} ${called(to)}: ${outcomeText(answer.outcome)}${because}`,
    '',
    ...(first ? causeLines(first, out) : []),
    ...more.map(({ where, sentence, code }) => `  also     ${where}: ${sentence} ${dim(`[${code}]`)}`),
    ...(more.length > 0 ? [''] : []),
    ...remarksOn(explanation).flatMap((remark) => [`  ${remark}`, '']),
    ...hops.flatMap(({ headline, way, copies }, index) => [
      `${`${index + 1}`.padStart(3)}  ${styleText('bold', headline, { stream: out })}`,
      ...(way === '' ? [] : [`     ${way}`]),
      ...copies.map((copy) => dim(`       copy: ${copy}`)),
    ]),
    '',
  ].join('\n');
};

const causeLines = ({ where, code, source, remedy }: CauseText, out: Out): readonly string[] => [
  `  where    ${where}   ${styleText('dim', `[${code}]`, { stream: out })}`,
  `  decided  ${source}`,
  `  try      ${styleText('green', remedy, { stream: out })}`,
  '',
];
