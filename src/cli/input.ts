import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../base/result.ts';

const LARGEST = 16 * 1024 * 1024;

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path.',
  EACCES: 'it may not be read. Check its permissions.',
  EISDIR: 'it is a directory. Name a file in it.',
};

/** The text of a file, or of standard input for `-`; a failure is one line that says what to do. */
export const readText = (file: string): Result<string, string> => {
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8');
    return text.length > LARGEST ? fail(`hairpin: ${file}: it is larger than 16 MiB. Give a smaller file.`) : ok(text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return fail(`hairpin: ${file}: ${WORDS[code] ?? `it cannot be read (${code}).`}`);
  }
};
