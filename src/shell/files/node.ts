import { fail, ok, type Result } from '../../base/result.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { Place } from '../../model/network.ts';
import type { Operation } from '../../model/operation.ts';
import { type Errno, type Refusal, STRERROR } from '../../model/refusal.ts';

/** What the kernel answers to open(2), read(2) and write(2) on its own files. */
export type FileErrno = Errno | 'EISDIR' | 'ENOTDIR';
export const fileErrorText = (errno: FileErrno): string => {
  switch (errno) {
    case 'EISDIR':
      return 'Is a directory';
    case 'ENOTDIR':
      return 'Not a directory';
    default:
      return STRERROR[errno];
  }
};

export type Written = Result<void, FileErrno>;

/** The kernel's files are made the moment somebody looks. A link's target is relative to the directory that it is in. */
export type FileNode =
  | {
      readonly kind: 'file';
      /** Absent where the file can only be written. */
      readonly read?: () => Result<string, FileErrno>;
      /** Absent where the file can only be read. */
      readonly write?: (text: string) => Written;
    }
  | { readonly kind: 'directory'; readonly entries: () => Entries }
  | { readonly kind: 'link'; readonly target: string };
export type Entries = Readonly<Record<string, FileNode>>;

/** Where somebody looks: what a namespace shows depends on it. */
export type View = { readonly simulation: Simulation; readonly place: Place };

export const directory = (entries: () => Entries): FileNode => ({ kind: 'directory', entries });
export const link = (target: string): FileNode => ({ kind: 'link', target });
/** One line that can be read. */
export const line = (text: string | number, write?: (text: string) => Written): FileNode => ({
  kind: 'file',
  read: () => ok(`${text}\n`),
  ...(write && { write }),
});
/** A line whose value is only looked up when it is read, and may not be there. */
export const lookedUp = (read: () => Result<string, FileErrno>, write?: (text: string) => Written): FileNode => ({
  kind: 'file',
  read: () => {
    const value = read();
    return value.ok ? ok(`${value.value}\n`) : value;
  },
  ...(write && { write }),
});
export const unreadable = (errno: FileErrno, write?: (text: string) => Written): FileNode => ({
  kind: 'file',
  read: () => fail(errno),
  ...(write && { write }),
});

const errnoOf = (refusal: Refusal): FileErrno => {
  switch (refusal.by) {
    case 'kernel':
    case 'sysctl':
      return refusal.errno;
    case 'no-device':
    case 'no-namespace':
    case 'model':
      return 'ENOENT';
  }
};

/** Carries out what writing a file means. */
export const carryOut = ({ simulation }: View, operation: Operation): Written => {
  const { refusal } = simulation.apply(operation);
  return refusal ? fail(errnoOf(refusal)) : ok(undefined);
};
