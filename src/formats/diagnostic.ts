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

/** What to do about a word that is none of those that could stand there. */
export const didYouMean = (word: string, candidates: readonly string[]): string => {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? `It is one of ${candidates.join(', ')}.` : `Did you mean "${candidate}"?`;
};
