import { fail, ok, type Result } from '../../base/result.ts';
import { type Ip, parseIp } from '../../model/ip.ts';
import { didYouMean } from '../diagnostic.ts';

/** What a word means, and whether it takes the next one with it. A failure is a sentence. */
export type Reader<T> =
  | { readonly takes: 'value'; readonly read: (value: string) => Result<Partial<T>, string> }
  | { readonly takes: 'nothing'; readonly gives: Partial<T> };

export type Readers<T> = Readonly<Record<string, Reader<T>>>;

export const value = <T>(read: (value: string) => Result<Partial<T>, string>): Reader<T> => ({ takes: 'value', read });
export const flag = <T>(gives: Partial<T>): Reader<T> => ({ takes: 'nothing', gives });

export const ipTo = <T>(to: (ip: Ip) => Partial<T>): Reader<T> =>
  value((text) => {
    const ip = parseIp(text);
    return ip.ok ? ok(to(ip.value)) : fail(`${ip.error}.`);
  });

export const numberTo = <T>(to: (number: number) => Partial<T>): Reader<T> =>
  value((text) => {
    const isNumber = /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32;
    return isNumber ? ok(to(Number(text))) : fail(`"${text}" is not a whole number.`);
  });

/** A name or a number, as scopes, tables and protocols are written. */
export const namedTo = <T, Name extends string>(
  names: readonly Name[],
  to: (named: Name | number) => Partial<T>,
): Reader<T> =>
  value((text) => {
    const name = names.find((each) => each === text);
    if (name !== undefined) return ok(to(name));
    if (/^\d{1,10}$/.test(text)) return ok(to(Number(text)));
    return fail(`"${text}" is neither a number nor one of ${names.join(', ')}. ${didYouMean(text, names)}`);
  });

export const splitWords = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Reads words to the end, each by its reader. */
export const readWords = <T>(words: readonly string[], readers: Readers<T>): Result<Partial<T>, string> => {
  let all: Partial<T> = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const reader = Object.hasOwn(readers, word) ? readers[word] : undefined;
    if (!reader) return fail(`"${word}" means nothing here. ${didYouMean(word, Object.keys(readers))}`);
    if (reader.takes === 'nothing') {
      all = { ...all, ...reader.gives };
      continue;
    }
    const next = words[++i];
    if (next === undefined) return fail(`"${word}" needs a value behind it.`);
    const read = reader.read(next);
    if (!read.ok) return read;
    all = { ...all, ...read.value };
  }
  return ok(all);
};

/** The words for what is there, none for what is not. */
export const maybe = (word: string, value: string | number | undefined): readonly string[] =>
  value === undefined ? [] : [word, `${value}`];
