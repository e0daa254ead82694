import type { Result } from '../../base/result.ts';
import { directory, type FileErrno, type FileNode, type View, type Written } from './node.ts';
import { procNet } from './proc-net.ts';
import { procSys } from './proc-sys.ts';
import { sysClassNet } from './sys-class-net.ts';
import { listAt, readAt, targetAt, writeAt } from './walk.ts';

export type { FileErrno, View } from './node.ts';
export { fileErrorText } from './node.ts';

/** The directories that hold the kernel's own files and nothing else. */
export const VIRTUAL_ROOTS = ['/proc/net', '/proc/sys', '/sys/class/net'] as const;

const rootOf = (view: View): FileNode =>
  directory(() => ({
    proc: directory(() => ({ net: procNet(view), sys: procSys(view) })),
    sys: directory(() => ({ class: directory(() => ({ net: sysClassNet(view) })) })),
  }));

/** What cat(1) would see there. */
export const readVirtual = (view: View, path: string): Result<string, FileErrno> => readAt(rootOf(view), path);
/** Writes, and so configures: the operation that the file stands for is carried out. */
export const writeVirtual = (view: View, path: string, text: string): Written => writeAt(rootOf(view), path, text);
/** The sorted names in a directory. */
export const listVirtual = (view: View, path: string): Result<readonly string[], FileErrno> =>
  listAt(rootOf(view), path);
export const readLinkVirtual = (view: View, path: string): Result<string, FileErrno> => targetAt(rootOf(view), path);
