import { fail, ok, type Result } from '../../base/result.ts';
import type { Entries, FileErrno, FileNode, Written } from './node.ts';

type Found = Result<FileNode, FileErrno>;

/** As many links as Linux follows before it gives up (include/linux/namei.h: MAXSYMLINKS). */
const MAX_LINKS = 40;

const normal = (parts: readonly string[]): readonly string[] => {
  const path: string[] = [];
  for (const part of parts) {
    if (part === '..') path.pop();
    else if (part !== '' && part !== '.') path.push(part);
  }
  return path;
};

const entryOf = (entries: Entries, name: string): FileNode | undefined =>
  Object.hasOwn(entries, name) ? entries[name] : undefined;

/** Goes down a path; links on the way are followed, and the last one too unless `stay`. */
const find = (root: FileNode, path: readonly string[], stay: boolean, links = 0): Found => {
  let node = root;
  for (const [index, part] of path.entries()) {
    if (node.kind !== 'directory') return fail('ENOTDIR');
    const next = entryOf(node.entries(), part);
    if (!next) return fail('ENOENT');
    if (next.kind === 'link' && !(stay && index === path.length - 1)) {
      if (links >= MAX_LINKS) return fail('ELOOP');
      const rest = [...path.slice(0, index), ...next.target.split('/'), ...path.slice(index + 1)];
      return find(root, normal(next.target.startsWith('/') ? rest.slice(index) : rest), stay, links + 1);
    }
    node = next;
  }
  return ok(node);
};

const at = (root: FileNode, path: string, stay = false): Found => find(root, normal(path.split('/')), stay);

export const readAt = (root: FileNode, path: string): Result<string, FileErrno> => {
  const found = at(root, path);
  if (!found.ok) return found;
  const node = found.value;
  if (node.kind !== 'file') return fail('EISDIR');
  return node.read ? node.read() : fail('EACCES');
};

export const writeAt = (root: FileNode, path: string, text: string): Written => {
  const found = at(root, path);
  if (!found.ok) return found;
  const node = found.value;
  if (node.kind !== 'file') return fail('EISDIR');
  return node.write ? node.write(text) : fail('EACCES');
};

/** The names in a directory, as ls(1) sorts them. */
export const listAt = (root: FileNode, path: string): Result<readonly string[], FileErrno> => {
  const found = at(root, path);
  if (!found.ok) return found;
  return found.value.kind === 'directory' ? ok(Object.keys(found.value.entries()).sort()) : fail('ENOTDIR');
};

/** Where a link points to; EINVAL where it is none, as readlink(2) has it. */
export const targetAt = (root: FileNode, path: string): Result<string, FileErrno> => {
  const found = at(root, path, true);
  if (!found.ok) return found;
  return found.value.kind === 'link' ? ok(found.value.target) : fail('EINVAL');
};
