import { type FileErrno, fileErrorText, listVirtual, readVirtual, type View, writeVirtual } from '../../files/index.ts';
import type { Options } from './options.ts';

/** What a run has printed so far, and whether something went wrong. */
export type Report = { readonly stdout: string; readonly stderr: string; readonly exit: number };
export const NOTHING: Report = { stdout: '', stderr: '', exit: 0 };
export const and = (a: Report, b: Report): Report => ({
  stdout: a.stdout + b.stdout,
  stderr: a.stderr + b.stderr,
  exit: a.exit || b.exit,
});
export const complaint = (text: string): Report => ({ stdout: '', stderr: `sysctl: ${text}\n`, exit: 1 });

const swapped = (text: string): string => text.replace(/[./]/g, (each) => (each === '.' ? '/' : '.'));
/** Whichever of `.` and `/` comes first separates; the other then is part of a name (procps, src/sysctl.c). */
export const pathOf = (key: string): string => `/proc/sys/${/[./]/.exec(key)?.[0] === '/' ? key : swapped(key)}`;
const nameOf = (path: string): string => swapped(path.slice('/proc/sys/'.length));

const shown = (name: string, value: string, { show }: Options): string => {
  switch (show) {
    case 'both':
      return `${name} = ${value}\n`;
    case 'values':
      return `${value}\n`;
    case 'names':
      return `${name}\n`;
    case 'bare values':
      return value;
  }
};

const missing = (path: string, { ignore }: Options): Report =>
  ignore ? NOTHING : complaint(`cannot stat ${path}: No such file or directory`);

const unreadable = (name: string, errno: FileErrno): Report =>
  complaint(
    errno === 'EACCES' ? `permission denied on key '${name}'` : `reading key "${name}": ${fileErrorText(errno)}`,
  );

/** One key, or all that a directory holds. */
export const readPath = (view: View, path: string, options: Options, pattern?: RegExp): Report => {
  const names = listVirtual(view, path);
  if (names.ok)
    return names.value.map((name) => readPath(view, `${path}/${name}`, options, pattern)).reduce(and, NOTHING);
  const name = nameOf(path);
  if (pattern && !pattern.test(name)) return NOTHING;
  const text = readVirtual(view, path);
  if (text.ok) return { ...NOTHING, stdout: shown(name, text.value.replace(/\n$/, ''), options) };
  return text.error === 'ENOENT' || text.error === 'ENOTDIR' ? missing(path, options) : unreadable(name, text.error);
};

export const writePath = (view: View, path: string, value: string, options: Options): Report => {
  const name = nameOf(path);
  const known = readVirtual(view, path);
  if (!known.ok && (known.error === 'ENOENT' || known.error === 'ENOTDIR')) return missing(path, options);
  const done = options.dryRun ? undefined : writeVirtual(view, path, value);
  if (done && !done.ok) {
    const why = done.error === 'EACCES' ? 'Read-only file system' : fileErrorText(done.error);
    return complaint(`setting key "${name}": ${why}`);
  }
  if (options.quiet) return NOTHING;
  // Whoever asks for names alone gets the value all the same.
  return {
    ...NOTHING,
    stdout: shown(name, value, options.show === 'names' ? { ...options, show: 'values' } : options),
  };
};

export type Line =
  | { readonly kind: 'setting'; readonly key: string; readonly value: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid' };

/** `KEY = VALUE`; a minus before the key once meant that failing is no harm. */
export const parseLine = (text: string): Line => {
  const line = text.trim();
  if (line.length < 2 || /^[#;]/.test(line)) return { kind: 'empty' };
  const at = line.indexOf('=');
  if (at < 0) return { kind: 'invalid' };
  const key = line.slice(0, at).trim().replace(/^-/, '');
  return { kind: 'setting', key, value: line.slice(at + 1).trim() };
};
