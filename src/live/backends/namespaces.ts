import { AGENT_PROGRAM, agentArguments } from '../agent/program.ts';
import { openSession, type Session } from '../agent/session.ts';
import type { Backend, BackendName } from '../backend.ts';
import { endOf, pipesOver, spawnMortal } from '../child-line.ts';

/** `ip netns` keeps its names in /run: this one is ours alone. Then the agent is process 1 of its own little machine. */
const SETUP = 'mount -t tmpfs tmpfs /run && mount -t proc proc /proc && exec perl -e "$AGENT" "$@"';

const unshare = (user: boolean): readonly string[] => [
  'unshare',
  ...(user ? ['--user', '--map-root-user'] : []),
  ...['--net', '--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child'],
  ...['sh', '-c', SETUP, 'agent', ...agentArguments()],
];

const open = async (user: boolean, signal: AbortSignal): Promise<Session> => {
  signal.throwIfAborted();
  const child = spawnMortal(unshare(user), 3, { AGENT: AGENT_PROGRAM });
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  const ended = endOf(child);
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', kill);
    kill();
    await ended;
  };
  return openSession({ ...pipesOver(child.stdin!, child.stdout!), ended, close });
};

const LANES = 16;

const backend = (name: BackendName, user: boolean): Backend => ({
  name,
  lanes: LANES,
  open: (signal) => open(user, signal),
  close: async () => {},
});

/** Needs no rights at all, where the kernel lets everybody make namespaces. */
export const userNamespaces = backend('user-namespaces', true);
/** The same for root, who needs no user namespace. */
export const root = backend('root', false);
