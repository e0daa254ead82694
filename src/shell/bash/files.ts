import type { IFileSystem } from 'just-bash';
import { InMemoryFs, MountableFs } from 'just-bash/browser';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Recorder } from './recorder.ts';
import { terminal } from './terminal.ts';
import type { VirtualFiles } from './types.ts';

/** The few things a mirrored directory can be asked. */
type Mirror = {
  readonly read: (path: string) => string | undefined;
  readonly list: (path: string) => readonly string[] | undefined;
  readonly write: (path: string, text: string) => Result<void, string>;
};

const codes: Readonly<Record<string, string>> = {
  'Invalid argument': 'EINVAL: invalid argument',
  'Permission denied': 'EACCES: permission denied',
  'No such file or directory': 'ENOENT: no such file or directory',
};
const refuse = (what: string, path: string): never => {
  throw new Error(`${codes[what] ?? `EIO: ${what}`}, '${path}'`);
};

// biome-ignore lint/style/noRestrictedGlobals: the interface of the file system wants one; it tells no time.
const dawn = new Date(0);

const utf8 = (text: string): Uint8Array => {
  const escaped = encodeURIComponent(text);
  const bytes: number[] = [];
  for (let i = 0; i < escaped.length; i += 1) {
    const byte = escaped[i] === '%' ? Number.parseInt(escaped.slice(i + 1, i + 3), 16) : escaped.charCodeAt(i);
    if (escaped[i] === '%') i += 2;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
};

const mirrored = (root: string, { read, list, write }: Mirror): IFileSystem => {
  const opened = new Set<string>();
  const full = (path: string) => (path === '/' ? root : root + path);
  const isDirectory = (path: string) => list(full(path)) !== undefined;
  const exists = (path: string) => isDirectory(path) || read(full(path)) !== undefined;
  const text = (path: string) => read(full(path)) ?? refuse('No such file or directory', full(path));
  const stat = async (path: string) => {
    if (!exists(path)) refuse('No such file or directory', full(path));
    const directory = isDirectory(path);
    const mode = directory ? 0o755 : 0o644;
    return { isFile: !directory, isDirectory: directory, isSymbolicLink: false, mode, size: 0, mtime: dawn };
  };
  const put = async (path: string, content: string | Uint8Array) => {
    const written = typeof content === 'string' ? content : String.fromCharCode(...content);
    // A redirection opens with nothing and writes later, and the interpreter does not survive a refusal there.
    if (written === '') opened.add(path);
    const result = written === '' && root !== terminal ? ok(undefined) : write(full(path), written);
    if (!result.ok && !opened.delete(path)) refuse(result.error, full(path));
  };
  const denied = async (path: string) => refuse('Permission denied', full(path));
  return {
    readFile: async (path) => text(path),
    readFileBuffer: async (path) => utf8(text(path)),
    writeFile: put,
    appendFile: put,
    exists: async (path) => exists(path),
    stat,
    lstat: stat,
    readdir: async (path) => [...(list(full(path)) ?? refuse('No such file or directory', full(path)))],
    realpath: async (path) => path,
    resolvePath: (base, path) => (path.startsWith('/') ? path : `${base}/${path}`),
    getAllPaths: () => [],
    ...{ mkdir: denied, rm: denied, cp: denied, mv: denied, chmod: denied, symlink: denied, link: denied },
    ...{ readlink: denied, utimes: denied },
  };
};

/** One disk for all contexts, the kernel's files as each sees them, and the terminal as files. */
export const contextFiles = <C>(
  disk: InMemoryFs,
  context: C,
  files?: VirtualFiles<C>,
  recorder?: Recorder,
): MountableFs => {
  const fs = new MountableFs({ base: disk });
  for (const root of files?.roots ?? []) {
    const mirror = mirrored(root, {
      read: (path) => files?.read(context, path),
      list: (path) => files?.list(context, path),
      write: (path, text) => files?.write(context, path, text) ?? fail('Permission denied'),
    });
    fs.mount(root, mirror);
  }
  if (recorder !== undefined) fs.mount(terminal, mirrored(terminal, tty(recorder)));
  return fs;
};

const tty = (recorder: Recorder): Mirror => ({
  read: () => '',
  list: () => undefined,
  write: (path, text) => {
    const [id, fd] = path.slice(terminal.length + 1).split('/');
    if (text === '') recorder.open(Number(id));
    else recorder.data(Number(id), fd === '2' ? 'stderr' : 'stdout', text);
    return ok(undefined);
  },
});

export const createDisk = (files: Readonly<Record<string, string>> = {}): InMemoryFs =>
  new InMemoryFs({ '/dev/null': '', '/tmp/.keep': '', '/root/.keep': '', '/etc/hostname': 'lab\n', ...files });

/** What strerror(3) calls an error of the file system. */
export const strerror = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith('EISDIR')) return 'Is a directory';
  const known = Object.entries(codes).find(([, code]) => message.startsWith(code.split(':')[0] ?? ''));
  return (
    known?.[0] ?? (message.startsWith('EIO: ') ? message.slice(5).replace(/, '.*$/, '') : 'No such file or directory')
  );
};
