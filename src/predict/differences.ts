import type { Matrix } from './matrix.ts';
import { type Answer, outcomeCode } from './outcome.ts';

/** A pair that fares otherwise in the other network. */
export type Difference = {
  readonly from: string;
  readonly to: string;
  readonly before: Answer;
  readonly after: Answer;
};
export type Differences = {
  readonly changed: readonly Difference[];
  /** Endpoints that only one of the two networks has, by name. */
  readonly gone: readonly string[];
  readonly come: readonly string[];
};

const indexOf = ({ endpoints }: Matrix): ReadonlyMap<string, number> =>
  new Map(endpoints.map(({ name }, index) => [name, index]));

/** What is told of a cell: where the reason lies elsewhere but is the same, nothing has changed for those who ask. */
const told = ({ outcome, causes }: Answer): string =>
  `${outcomeCode(outcome)} ${[...new Set(causes.map(({ reason }) => reason))].sort().join(' ')}`;

/** The cells that are not the same in two networks, for endpoints of the same name. */
export const differences = (before: Matrix, after: Matrix): Differences => {
  const there = indexOf(after);
  const both = before.endpoints.flatMap(({ name }, index) => {
    const other = there.get(name);
    return other === undefined ? [] : [{ name, index, other }];
  });
  const changed: Difference[] = [];
  for (const from of both)
    for (const to of both) {
      const [old, now] = [before.cell(from.index, to.index), after.cell(from.other, to.other)];
      if (old && now && told(old) !== told(now))
        changed.push({ from: from.name, to: to.name, before: old, after: now });
    }
  const here = indexOf(before);
  const names = ({ endpoints }: Matrix, known: ReadonlyMap<string, number>): readonly string[] =>
    endpoints.map(({ name }) => name).filter((name) => !known.has(name));
  return { changed, gone: names(before, there), come: names(after, here) };
};
