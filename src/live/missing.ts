import { accessSync, constants } from 'node:fs';
import { agentArguments } from './agent/program.ts';
import type { BackendName, Missing } from './backend.ts';

const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

const isInstalled = (program: string): boolean =>
  FOLDERS.some((folder) => {
    try {
      accessSync(`${folder}/${program}`, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** A program that is needed, and the package of Debian and Ubuntu that has it. */
type Needed = readonly [program: string, package_: string];

const ALWAYS: readonly Needed[] = [
  ['setpriv', 'util-linux'],
  ['unshare', 'util-linux'],
  ['perl', 'perl-base'],
  ['mount', 'mount'],
  ['ip', 'iproute2'],
  ['ping', 'iputils-ping'],
];
const UML: readonly Needed[] = [
  ['linux.uml', 'user-mode-linux'],
  ['modprobe', 'kmod'],
];

/** Packages that a backend lacks, or whatever else keeps it from being tried at all. */
export const missingFor = (backend: BackendName): Missing | undefined => {
  if (process.platform !== 'linux')
    return {
      what: `This is ${process.platform}, not Linux.`,
      remedy: 'Run it on Linux, in a virtual machine for example.',
    };
  if (agentArguments()[0] === '0')
    return { what: `${process.arch} is not known here.`, remedy: 'Run it on x86-64 or arm64.' };
  if (backend === 'root' && process.getuid?.() !== 0)
    return { what: 'You are not root.', remedy: 'Run hairpin as root, or use user namespaces.' };
  const absent = [...ALWAYS, ...(backend === 'user-mode-linux' ? UML : [])].filter(
    ([program]) => !isInstalled(program),
  );
  if (absent.length === 0) return undefined;
  return {
    what: `There is no ${absent.map(([program]) => program).join(', no ')}.`,
    remedy: `Run: apt-get install ${[...new Set(absent.map(([, package_]) => package_))].join(' ')}`,
  };
};
