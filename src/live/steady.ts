import type { Plan } from './plan.ts';

const MAC = /\b[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}\b/gi;
const MEANT = /^(00:){5}00$|^(ff:){5}ff$|^01:80:c2|^01:00:5e|^33:33:(?!ff)/i;

const wordsOf = ({ act }: Plan['steps'][number]): string => {
  switch (act.kind) {
    case 'run':
      return `${act.argv.join(' ')} ${act.stdin ?? ''}`;
    case 'write':
      return act.text;
    default:
      return '';
  }
};

const padded = (mac: string): string => mac.toLowerCase().replace(/\b[0-9a-f]\b/g, '0$&');

/**
 * Takes out of what programs print all that differs from one run to the next without anybody minding: times, and
 * hardware addresses that nobody chose, with what follows from them.
 */
export const steadier = (plan: Plan): ((text: string) => string) => {
  const chosen = new Set(plan.steps.flatMap((step) => wordsOf(step).match(MAC) ?? []).map(padded));
  return (text) =>
    text
      .replace(MAC, (mac) => (chosen.has(padded(mac)) || MEANT.test(mac) ? mac : 'MAC'))
      .replace(/\bfe80::[0-9a-f:]+/g, 'fe80::LINK-LOCAL')
      .replace(/time[=<]\d+(\.\d+)? ?ms/g, 'time')
      .replace(/\btime \d+ms/g, 'time')
      .replace(/^rtt .*$/gm, 'rtt')
      .replace(/\d+\.\d+ms/g, 'ms')
      .replace(/(timer"?:?) *[\d.]+/g, '$1')
      .replace(/((?:valid|preferred)_l\w+"?:?) *(?!4294967295)\d+(sec)?/g, '$1 SOME')
      .replace(/, pipe \d+/g, '')
      .replace(/\bpid \d+|\bid \d+,/g, 'id')
      .replace(/[ \t]+$/gm, '');
};

/** Some tables come in the order of a hash with a random seed: then the lines count, and not their order. */
export const sameLines = (a: string, b: string): boolean =>
  a === b || a.split('\n').sort().join('\n') === b.split('\n').sort().join('\n');
