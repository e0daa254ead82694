import { fail, ok, type Result } from '../../../base/result.ts';
import { INCOMPLETE, type Outcome } from './outcome.ts';

/** The words of a command line, taken one by one. */
export type Words = {
  readonly next: () => string | undefined;
  readonly peek: () => string | undefined;
  /** All that is left, which is then gone. */
  readonly rest: () => readonly string[];
};

export const wordsOf = (list: readonly string[]): Words => {
  let at = 0;
  return {
    next: () => list[at++],
    peek: () => list[at],
    rest: () => {
      const left = list.slice(at);
      at = list.length;
      return left;
    },
  };
};

/** lib/utils.c:matches: any beginning of the word stands for it, but not nothing at all. */
export const abbreviates = (word: string, full: string): boolean => word !== '' && full.startsWith(word);

export type Match = (word: string) => boolean;
export const exact =
  (...names: readonly string[]): Match =>
  (word) =>
    names.includes(word);
export const short =
  (...names: readonly string[]): Match =>
  (word) =>
    names.some((name) => abbreviates(word, name));
export const either =
  (...matches: readonly Match[]): Match =>
  (word) =>
    matches.some((match) => match(word));
export const anything: Match = () => true;

/** Understands one kind of word, and takes what belongs to it from the words behind. */
export type Reader<State> = {
  readonly matches: Match;
  readonly read: (words: Words, state: State, word: string) => Result<Partial<State>, Outcome>;
};

export const flag = <State>(matches: Match, patch: NoInfer<Partial<State>>): Reader<State> => ({
  matches,
  read: () => ok(patch),
});

/** A word with one word behind it. */
export const option = <State>(
  matches: Match,
  read: (text: string, state: NoInfer<State>) => Result<NoInfer<Partial<State>>, Outcome>,
): Reader<State> => ({
  matches,
  read: (words, state) => {
    const next = words.next();
    return next === undefined ? fail(INCOMPLETE) : read(next, state);
  },
});

/** Reads word after word; the first reader that matches has it. */
export const readAll = <State extends object>(
  readers: readonly Reader<State>[],
  start: State,
  words: Words,
): Result<State, Outcome> => {
  let state = start;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    const current = word;
    const patch = readers.find((reader) => reader.matches(current))?.read(words, state, current);
    if (patch && !patch.ok) return patch;
    state = { ...state, ...patch?.value };
  }
  return ok(state);
};
