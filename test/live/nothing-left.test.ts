import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { testable, titleOf } from './backends.ts';

const folder = mkdtempSync(join(tmpdir(), 'hairpin-left-'));
afterAll(() => rmSync(folder, { recursive: true }));
const LAB = join(folder, 'lab.sh');
writeFileSync(
  LAB,
  `ip netns add a
ip netns add b
ip link add eth0 netns a type veth peer name eth0 netns b
ip -n a link set eth0 up
ip -n b link set eth0 up
ip -n a addr add 10.0.0.1/24 dev eth0
ip netns exec a ping -n -c1 -W5 10.0.0.2
ip netns exec a ping -n -c1 -W5 10.0.0.3
sleep 60
`,
);

const tried = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
const numbers = (): readonly string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name));

/** A process by number and time of birth, since numbers come again. */
type Seen = { readonly id: string; readonly parent: string; readonly name: string };
const processes = (): ReadonlyMap<string, Seen> =>
  new Map(
    numbers().flatMap((pid) => {
      const text = tried(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
      if (text === undefined) return [];
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const name = text.slice(text.indexOf('('), text.lastIndexOf(')') + 1);
      return fields[0] === 'Z' ? [] : [[pid, { id: `${pid} ${fields[19]}`, parent: fields[1] ?? '', name }] as const];
    }),
  );

const KINDS = ['net', 'mnt', 'pid', 'user', 'uts', 'ipc'] as const;
const namespacesOf = (pid: string): readonly string[] =>
  KINDS.flatMap((kind) => tried(() => readlinkSync(`/proc/${pid}/ns/${kind}`)) ?? []);

const familyOf = (root: string): readonly string[] => {
  const all = processes();
  const isOurs = (pid: string): boolean => {
    for (let at = pid; all.has(at); at = all.get(at)!.parent) if (at === root) return true;
    return false;
  };
  return [...all.keys()].filter((pid) => pid !== root && isOurs(pid));
};

const FOLDERS = [tmpdir(), '/dev/shm', '/run/netns', '/mnt', join(homedir(), '.uml')];
/** What is on this machine that a run could leave behind. Other tests come and go: only what has our marks is looked at. */
const filesNow = (): ReadonlySet<string> =>
  new Set(
    FOLDERS.flatMap((each) => (tried(() => readdirSync(each)) ?? []).map((name) => join(each, name))).filter((path) =>
      /hairpin(?!-)|uml|vm_file|agent|netns|\/mnt\//.test(path),
    ),
  );

type Traces = { readonly processes: ReadonlySet<string>; readonly namespaces: ReadonlySet<string> };

const tracesOf = (root: string): Traces => {
  const mine = new Set(namespacesOf('self'));
  const all = processes();
  const family = familyOf(root);
  return {
    processes: new Set(family.map((pid) => all.get(pid)?.id ?? '')),
    namespaces: new Set(family.flatMap(namespacesOf).filter((each) => !mine.has(each))),
  };
};

const leftOf = (traces: Traces) => ({
  processes: [...processes().values()].filter(({ id }) => traces.processes.has(id)),
  namespaces: numbers()
    .flatMap(namespacesOf)
    .filter((each) => traces.namespaces.has(each)),
});

const PATIENCE = 10_000;
const untilNothing = async (traces: Traces) => {
  const deadline = performance.now() + PATIENCE;
  let left = leftOf(traces);
  while (left.processes.length + left.namespaces.length > 0 && performance.now() < deadline) {
    await sleep(50);
    left = leftOf(traces);
  }
  return left;
};

const runAndEnd = async (backend: string, after: number, signal: NodeJS.Signals) => {
  const mounts = readFileSync('/proc/self/mounts', 'utf8');
  const files = filesNow();
  const words = ['verify', '--frames', '--on', backend, LAB];
  const child = spawn(process.execPath, [inject('cli'), ...words], { stdio: 'ignore' });
  const exit = new Promise((resolve) => child.on('exit', resolve));
  // Not before it has begun: on a busy machine that takes its time.
  const latest = performance.now() + PATIENCE;
  while (familyOf(String(child.pid)).length === 0 && performance.now() < latest) await sleep(5);
  await sleep(after);
  const traces = tracesOf(String(child.pid));
  child.kill(signal);
  await exit;
  const left = await untilNothing(traces);
  return {
    ...left,
    files: [...filesNow()].filter((file) => !files.has(file)),
    mounts: readFileSync('/proc/self/mounts', 'utf8') === mounts ? 'as before' : 'changed',
    seen: traces.processes.size,
  };
};

/** Milliseconds in which a lab comes well under way. */
const LATEST = { 'user-namespaces': 1500, root: 1500, 'user-mode-linux': 8000 } as const;

const ENDS: readonly (readonly [string, readonly NodeJS.Signals[]])[] = [
  ['kill -9', ['SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGKILL']],
  ['an interruption', ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGINT']],
];

describe.concurrent.each(testable)('$name', (backend) => {
  const test = it.skipIf(backend.excuse !== undefined);

  for (const [name, signals] of ENDS)
    test(`${titleOf(backend)}: nothing is left after ${name}, whenever it comes`, { timeout: 180_000 }, async () => {
      let seen = 0;
      for (const [moment, signal] of signals.entries()) {
        const after = Math.round((LATEST[backend.name] * (moment + Math.random())) / signals.length);
        const { seen: count, ...left } = await runAndEnd(backend.name, after, signal);
        expect({ after, ...left }).toEqual({ after, processes: [], namespaces: [], files: [], mounts: 'as before' });
        seen += count;
      }
      // Otherwise nothing was there to be left.
      expect(seen).toBeGreaterThan(0);
    });
});
