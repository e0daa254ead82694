import { setTimeout as sleep } from 'node:timers/promises';
import { type Place, ROOT } from '../model/network.ts';
import type { NicName } from '../model/operation.ts';
import type { Output } from '../shell/command.ts';
import { KernelGone, type Session, type Where } from './agent/session.ts';
import type { LiveMachine, Plan } from './plan.ts';

/** The lab's machines, on the kernel that holds them. */
export type Machines = {
  readonly where: (at: Place) => Where;
  /** Namespaces may have come or gone: IPv6 is as the lab wants it in each, and each has its tap. */
  readonly look: (machine: string) => Promise<void>;
  readonly nic: (at: Place, name: string, words: readonly string[]) => Promise<Output>;
  readonly cable: (ends: readonly [NicName, NicName]) => Promise<Output>;
};

/** Where the far ends of network cards are: no machine of the lab's, so no name that one could have. */
const CABLES = '/cables';
const AGENT_PID = 1;

/** The kernel takes a namespace apart after the fact (net/core/net_namespace.c:cleanup_net); until then it still answers. */
const DEMOLITION = 250;

export const createMachines = async (plan: Plan, session: Session, frames: boolean): Promise<Machines> => {
  const alone = plan.machines.length === 1;
  const pids = new Map<string, number>([[plan.here, AGENT_PID]]);
  const known = new Map<string, string>();
  const sockets = new Map<string, string>();

  const whereIs = (machine: string, namespace: string): Where => ({
    machine: machine === plan.here ? '' : machine,
    namespace: namespace === ROOT ? '' : namespace,
  });
  const nameOf = (machine: string, namespace: string): string =>
    namespace === '' ? machine : alone ? namespace : `${machine}/${namespace}`;

  const welcome = async ({ name: machine, ipv6 }: LiveMachine, namespace: string): Promise<void> => {
    const at = whereIs(machine, namespace);
    // Where the kernel has no IPv6 at all there is nothing to switch.
    for (const which of ['all', 'default'])
      await session.write(at, `/proc/sys/net/ipv6/conf/${which}/disable_ipv6`, ipv6 ? '0' : '1');
    if (frames) await session.tap(nameOf(machine, namespace), at);
  };
  const look = async (name: string): Promise<void> => {
    const machine = plan.machines.find((each) => each.name === name)!;
    const found = await session.namespaces(whereIs(name, ROOT).machine);
    for (const { name: namespace, inode } of found) {
      const key = `${name} ${namespace}`;
      if (known.get(key) !== inode) await welcome(machine, namespace);
      known.set(key, inode);
    }
    const names = new Set(found.map((each) => `${name} ${each.name}`));
    const gone = [...known.keys()].filter((each) => each.startsWith(`${name} `) && !names.has(each));
    for (const key of gone) {
      known.delete(key);
      if (frames) await session.untap(nameOf(name, key.slice(name.length + 1)));
    }
    if (gone.length > 0) await sleep(DEMOLITION);
  };
  const hold = async (name: string): Promise<void> => {
    const made = await session.machine(name);
    if (!made.ok) throw new KernelGone(`machine ${name}: ${made.error}`);
    pids.set(name, made.value);
  };
  const inTurn = async (machine: string, lines: readonly (readonly string[])[]): Promise<Output> => {
    let output: Output = { stdout: '', stderr: '', exit: 0 };
    for (const argv of lines) {
      output = await session.run({ at: { machine, namespace: '' }, argv: ['ip', ...argv] }).result;
      if (output.exit !== 0) break;
    }
    return output;
  };

  for (const { name } of plan.machines) if (name !== plan.here) await hold(name);
  for (const machine of plan.machines) await welcome(machine, '');
  return {
    where: ({ machine, namespace }) => whereIs(machine, namespace),
    look,
    nic: async ({ machine }, name, words) => {
      if (!pids.has(CABLES)) await hold(CABLES);
      const socket = `socket${sockets.size}`;
      sockets.set(`${machine} ${name}`, socket);
      const plug = ['type', 'veth', 'peer', 'name', socket, 'netns', String(pids.get(CABLES))];
      return inTurn(whereIs(machine, ROOT).machine, [['link', 'add', 'name', name, ...words, ...plug]]);
    },
    // A wire is a bridge with two ports that learns nothing and keeps nothing to itself.
    cable: (ends) => {
      const plugs = ends.map(({ machine, name }) => sockets.get(`${machine} ${name}`) ?? '?');
      const wire = `wire-${plugs[0]}`;
      return inTurn(CABLES, [
        ['link', 'add', wire, 'up', 'type', 'bridge', 'mcast_snooping', '0', 'group_fwd_mask', '65528'],
        ...plugs.map((plug) => ['link', 'set', plug, 'up', 'master', wire]),
        ...plugs.map((plug) => ['link', 'set', plug, 'type', 'bridge_slave', 'learning', 'off']),
      ]);
    },
  };
};
