import type { Matrix } from '../../predict/matrix.ts';

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A line for each pair (RFC 4180), made as it is read: there may be a hundred million. */
export function* csvLines({ endpoints, cell }: Matrix): Generator<string> {
  yield 'from,to,verdict,reasons\n';
  for (const [i, from] of endpoints.entries()) {
    let row = '';
    for (const [j, to] of endpoints.entries()) {
      const answer = cell(i, j);
      if (!answer) continue;
      const reasons = [...new Set(answer.causes.map(({ reason }) => reason))].join(' ');
      row += `${[from.name, to.name, answer.outcome.verdict, reasons].map(quoted).join()}\n`;
    }
    yield row;
  }
}
