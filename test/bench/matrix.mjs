// @ts-check
// Everyone to everyone, with reasons: a switch, hosts on it, macvlan children on each host. Cost grows with the number
// of kinds of endpoints, not with that of their pairs.
import { rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dir = `${root}dist/bench-${process.pid}`;
await build({
  cwd: root,
  input: { library: 'src/index.ts', matrix: 'src/predict/matrix.ts' },
  output: { dir, format: 'esm' },
  logLevel: 'silent',
});
const { applyAll, emptyNetwork } = await import(`${dir}/library.js`);
const { predictMatrix } = await import(`${dir}/matrix.js`);
rmSync(dir, { recursive: true });

const hex = (/** @type {number} */ number) => number.toString(16).padStart(2, '0');
const macOf = (/** @type {number} */ host, /** @type {number} */ child) =>
  `02:00:${hex(host >> 8)}:${hex(host & 255)}:${hex(child >> 8)}:${hex(child & 255)}`;

/** @param {any} network @param {any[]} operations */
const after = (network, operations) => {
  const applied = applyAll(network, operations);
  if (applied.refusal) throw new Error(`operation ${applied.done}: ${JSON.stringify(applied.refusal)}`);
  return applied.network;
};

/** A machine by itself, as operations make it. @param {string} name @param {(at: (ns?: string) => any) => any[]} operations */
const machine = (name, operations) => {
  const at = (namespace = '/') => ({ machine: 'host', namespace });
  const made = after(emptyNetwork({ ipv6: false }), operations(at)).machines.host;
  return { ...made, name };
};

const host = (/** @type {number} */ number, /** @type {number} */ children) =>
  machine(`h${number}`, (at) => [
    { op: 'nic.add', at: at(), name: 'eth0', mac: macOf(number, 0) },
    { op: 'link.set', at: at(), device: 'eth0', changes: { up: true } },
    { op: 'addr.add', at: at(), device: 'eth0', address: { address: `10.${number}.0.1`, length: 8 } },
    ...Array.from({ length: children }, (_, i) => i + 1).flatMap((child) => [
      { op: 'netns.add', at: at(), name: `c${child}` },
      {
        op: 'link.add',
        at: at(),
        name: 'mv0',
        link: 'eth0',
        options: { kind: 'macvlan', mode: 'bridge' },
        attributes: { netns: `c${child}`, mac: macOf(number, child) },
      },
      { op: 'link.set', at: at(`c${child}`), device: 'mv0', changes: { up: true } },
      {
        op: 'addr.add',
        at: at(`c${child}`),
        device: 'mv0',
        address: { address: `10.${number}.${1 + (child >> 8)}.${child & 255}`, length: 8 },
      },
    ]),
  ]);

const sw = (/** @type {number} */ ports) =>
  machine('sw', (at) => [
    { op: 'link.add', at: at(), name: 'br0', options: { kind: 'bridge' }, attributes: { mac: '02:ff:00:00:00:01' } },
    { op: 'link.set', at: at(), device: 'br0', changes: { up: true } },
    ...Array.from({ length: ports }, (_, i) => `p${i + 1}`).flatMap((name, i) => [
      { op: 'nic.add', at: at(), name, mac: `02:fe:00:00:00:${hex(i)}` },
      { op: 'link.set', at: at(), device: name, changes: { master: 'br0', up: true } },
    ]),
  ]);

/** @param {number} hosts @param {number} children */
export const containers = (hosts, children) => {
  const numbers = Array.from({ length: hosts }, (_, i) => i + 1);
  const all = [sw(hosts), ...numbers.map((number) => host(number, children))];
  const network = {
    ...emptyNetwork(),
    machines: Object.fromEntries(all.map((each) => [each.name, each])),
    cables: [],
  };
  const cables = numbers.map((number) => ({
    op: 'cable.add',
    ends: [
      { machine: 'sw', name: `p${number}` },
      { machine: `h${number}`, name: 'eth0' },
    ],
  }));
  return after(network, cables);
};

const report = (/** @type {number} */ hosts, /** @type {number} */ children, /** @type {any} */ network) => {
  const before = process.cpuUsage();
  const started = performance.now();
  const matrix = predictMatrix(network);
  const took = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  const { endpoints, kinds, pairs, simulated, frames } = matrix.work;
  console.log(
    `${hosts} × ${children}: ${took.toFixed(0)} ms (${((user + system) / 1000).toFixed(0)} of them on a core) for ${pairs.toLocaleString('en')} pairs of ${endpoints.toLocaleString('en')} endpoints: ` +
      `${kinds} kinds, ${simulated} pairs simulated, ${frames.toLocaleString('en')} frames`,
  );
  return matrix;
};

const sizes = [
  [1, 10],
  [1, 100],
  [1, 100],
  [1, 1000],
  [10, 100],
  [100, 100],
];
for (const [hosts = 1, children = 1] of process.env['SMALL'] ? sizes.slice(0, 3) : sizes) {
  const started = performance.now();
  const network = containers(hosts, children);
  const built = performance.now() - started;
  report(hosts, children, network);
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(`      (built in ${built.toFixed(0)} ms, ${memory} MiB resident)`);
}
