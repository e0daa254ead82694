import { placeName } from '../../model/find.ts';
import type { Network } from '../../model/network.ts';
import type { Matrix } from '../../predict/matrix.ts';
import type { Answer } from '../../predict/outcome.ts';
import { causeText } from '../../predict/words.ts';

/** An answer as data. */
export const answerJson = (network: Network, { outcome, causes }: Answer): object => ({
  ...outcome,
  reasons: causes.map((cause) => {
    const { code, where, sentence, source, remedy } = causeText(network, cause);
    return { code, where, sentence, source, remedy };
  }),
});

/** Up to so many endpoints each cell is listed too, as the number of its class. */
const SMALL = 200;

const cellsOf = ({ endpoints, classes, cell }: Matrix): readonly (readonly (number | null)[])[] => {
  const number = new Map(classes.map(({ answer }, index) => [answer, index]));
  const numberOf = (answer: Answer | undefined): number | null =>
    answer === undefined ? null : (number.get(answer) ?? null);
  return endpoints.map((_, from) => endpoints.map((_to, to) => numberOf(cell(from, to))));
};

export const matrixJson = (matrix: Matrix): string => {
  const { network, probe, endpoints, classes, work } = matrix;
  return `${JSON.stringify({
    probe,
    endpoints: endpoints.map(({ name, place, device, address }) => ({
      name,
      place: placeName(network, place),
      device: device.name,
      address,
    })),
    classes: classes.map(({ from, to, pairs, answer }) => ({
      from: from.name,
      to: to.name,
      pairs,
      ...answerJson(network, answer),
    })),
    ...(endpoints.length <= SMALL && { cells: cellsOf(matrix) }),
    work,
  })}\n`;
};
