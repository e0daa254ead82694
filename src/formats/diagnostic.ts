import { nearest } from '../base/nearest.ts';

/** Something wrong in a file that a person wrote: where, what, and what to do. Lines and columns count from 1. */
export type Diagnostic = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** A sentence. */
  readonly message: string;
  /** A sentence. */
  readonly remedy?: string;
};

/** `models/x.yaml:12:11: mode "brdige" is not one of private, vepa, bridge. Did you mean "bridge"?` */
export const diagnosticLine = ({ file, line, column, message, remedy }: Diagnostic): string =>
  `${file}:${line}:${column}: ${message}${remedy === undefined ? '' : ` ${remedy}`}`;

const MOST_NAMED = 12;

/** What to do about a word that is none of those that could stand there. */
export const didYouMean = (word: string, candidates: readonly string[]): string => {
  const candidate = nearest(word, candidates);
  if (candidate !== undefined) return `Did you mean "${candidate}"?`;
  if (candidates.length === 0) return 'There is none at all.';
  const more = candidates.length > MOST_NAMED ? ' and others' : '';
  return `There is ${candidates.slice(0, MOST_NAMED).join(', ')}${more}.`;
};
