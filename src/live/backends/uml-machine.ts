import type { Readable, Writable } from 'node:stream';
import { AGENT_PROGRAM, agentArguments } from '../agent/program.ts';
import { endOf, type Pipes, pipesOver, spawnMortal } from '../child-line.ts';
import { UML_INIT } from './uml-init.ts';

const MEMORY = '512M';

/** What we give it lies in memory, in a mount namespace that ends with it: there is no file to be left behind. */
const SHARE = '/mnt';
const SETUP = `mount -t tmpfs tmpfs ${SHARE} && cd ${SHARE} && printf %s "$INIT" >init && printf %s "$AGENT" >agent \
&& cp "$(command -v mount)" mount && chmod 755 init mount && unset INIT AGENT && exec "$@"`;

/** Each lane is a serial line: a pipe in, and one out. */
const fdOf = (lane: number): number => 3 + 2 * lane;

export type UmlOptions = {
  /** Without root it needs a user namespace to mount in. */
  readonly user: boolean;
  readonly lanes: number;
  /** One lane alone may have the network namespace that the kernel boots with, and with it every setting there is. */
  readonly initial?: boolean;
};

const initScript = ({ lanes, initial = false }: UmlOptions): string =>
  UML_INIT.replaceAll('SHARE', SHARE)
    .replace('LANES', String(lanes))
    .replace('NAMESPACES', initial ? '--mount' : '--net --mount --uts --ipc')
    .replace('SYSCALLS', agentArguments().join(' '));

const commandLine = ({ user, lanes }: UmlOptions): readonly string[] => [
  ...['unshare', ...(user ? ['--user', '--map-root-user'] : []), '--mount', '--pid', '--fork', '--kill-child'],
  ...['sh', '-c', SETUP, 'uml', 'linux.uml', 'rootfstype=hostfs', 'rootflags=/', 'ro', `init=${SHARE}/init`],
  ...[`mem=${MEMORY}`, `uml_dir=${SHARE}/`, 'umid=hairpin', 'quiet', 'con=null', 'con0=null'],
  ...Array.from({ length: lanes }, (_, lane) => `ssl${lane}=fd:${fdOf(lane)},fd:${fdOf(lane) + 1}`),
];

/** A running user-mode-linux, with an agent behind each lane. */
export type UmlMachine = {
  readonly lanes: readonly Pipes[];
  readonly ended: Promise<string>;
  readonly close: () => Promise<void>;
};

export const bootUml = (options: UmlOptions): UmlMachine => {
  const { lanes } = options;
  const child = spawnMortal(commandLine(options), fdOf(lanes), { AGENT: AGENT_PROGRAM, INIT: initScript(options) });
  child.stdout?.resume();
  const ended = endOf(child);
  const pipes = (lane: number): Pipes =>
    pipesOver(child.stdio[fdOf(lane)] as Writable, child.stdio[fdOf(lane) + 1] as Readable);
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { lanes: Array.from({ length: lanes }, (_, lane) => pipes(lane)), ended, close };
};
