#!/usr/bin/env node
// Records what the real tools print: runs each lab on an empty machine and writes NAME.json beside NAME.sh.
//
// usage: node record-cli.mjs [--here] [--once] [--jobs N] [--out DIR] LAB.sh ...
//
// Each lab gets a freshly booted user-mode-linux (Debian packages user-mode-linux, kmod, iproute2, iputils-ping,
// iputils-arping, tcpdump, jq, procps), or with --here a fresh network namespace of this machine's own kernel (root needed).
// A lab is run twice; a command whose text differs in anything but times is marked "flaky": true,
// or "unordered": true where only the order of its lines (or of its JSON array) differs.
// The lines run in one shell, so `&` and `wait` work; each has its own stdout, stderr and exit code.
// IPv6 is off in every namespace unless the lab has a `::` somewhere.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { load } from './load.mjs';

const args = process.argv.slice(2);
const take = (name) => args.includes(name) && args.splice(args.indexOf(name), 1).length > 0;
const takeValue = (name, fallback) => (args.includes(name) ? args.splice(args.indexOf(name), 2)[1] : fallback);
const here = take('--here');
const once = take('--once');
const jobs = Number(takeValue('--jobs', here ? 1 : 2));
const out = takeValue('--out');

const quote = (s) => `'${s.replaceAll("'", `'\\''`)}'`;
const linesOf = (lab) =>
  readFileSync(lab, 'utf8')
    .split('\n')
    .map((text, i) => ({ line: i + 1, command: text }))
    .filter((l) => l.command.trim() && !l.command.trim().startsWith('#'));

/**
 * The lab as one shell script in which every line keeps its number and writes to files of its own; at the end it prints
 * them all, each on a line of its own.
 */
function script(lab, ipv6) {
  const at = new Map(linesOf(lab).map((l) => [l.line, l.command]));
  const last = Math.max(...at.keys());
  const text = [];
  for (let n = 1; n <= last; n++)
    text.push(
      at.has(n)
        ? `eval ${quote(at.get(n))} >/tmp/rec/${n}.out 2>/tmp/rec/${n}.err </dev/null; echo $? >/tmp/rec/${n}.rc${here && !ipv6 && at.get(n).includes('netns add') ? `; ${quiet}` : ''}`
        : '',
    );
  return `${text.join('\n')}\n`;
}

// Only the machine's own kernel needs this: there ipv6 is built in, and a new namespace starts with IPv6 on.
const quiet =
  'for n in /run/netns/*; do nsenter --net="$n" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1; done 2>/dev/null';
// Debian keeps the modules where nothing looks. Those that are there show in /proc/sys/net.
const MODULES = `
mkdir -p /tmp/uml/lib; ln -s /usr/lib/uml/modules /tmp/uml/lib/modules
for m in veth bridge macvlan macvtap ipvlan ipvtap 8021q "dummy numdummies=0" vrf tun "bonding max_bonds=0"; do modprobe -d /tmp/uml $m; done
hostname hairpin
sysctl -qw net.core.devconf_inherit_init_net=1`;
const around = (lab, ipv6) => `
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /tmp
mkdir /tmp/rec
{
${here ? '' : MODULES}
sysctl -qw net.ipv6.conf.all.disable_ipv6=${ipv6 ? 0 : 1} net.ipv6.conf.default.disable_ipv6=${ipv6 ? 0 : 1}
export HOME=/root; cd /root; umask 022
bash -c ${quote(script(lab, ipv6))}
} >/tmp/boot.log 2>&1
for f in /tmp/rec/* /tmp/boot.log; do echo "$(basename $f) $(base64 -w0 $f)"; done
`;

const { userModeLinux } = await load('live/backends/uml.ts');
const { root } = await load('live/backends/namespaces.ts');

async function record(lab) {
  const ipv6 = readFileSync(lab, 'utf8').includes('::');
  // Each lab has a kernel that has just booted, and the namespace it booted with.
  const backend = here ? root : userModeLinux({ user: process.getuid() !== 0, lanes: 1, initial: true });
  const session = await backend.open(AbortSignal.timeout(300_000)); // a lab that hangs, with all its processes
  const argv = ['bash', '-c', around(lab, ipv6)];
  const { stdout } = await session.run({ at: { machine: '', namespace: '' }, argv }).result;
  await session.close();
  await backend.close();
  const files = new Map(
    stdout.split('\n').map((line) => {
      const [name, text = ''] = line.split(' ');
      return [name, Buffer.from(text, 'base64').toString()];
    }),
  );
  const commands = linesOf(lab).map(({ line, command }) => ({
    line,
    command,
    exit: Number(files.get(`${line}.rc`)),
    stdout: files.get(`${line}.out`),
    stderr: files.get(`${line}.err`),
  }));
  const log = files.get('boot.log');
  if (log) process.stderr.write(`${basename(lab)}: harness says ${log}`);
  const missing = commands.filter((c) => c.stdout === undefined);
  if (missing.length) process.stderr.write(`${basename(lab)}: no result from line ${missing[0].line} on\n`);
  return { lab: basename(lab), kernel: session.kernel, commands };
}

// What may differ between two runs without anybody minding.
const steady = (s = '') =>
  s
    .replace(/time[= <][\d.]+ ?ms/g, 'time')
    .replace(/rtt .*/g, 'rtt')
    .replace(/\d+\.\d+ms/g, 'ms')
    .replace(/timer +[\d.]+/g, 'timer')
    .replace(/_timer": *[\d.]+/g, '_timer')
    .replace(/, pipe \d+/g, '')
    .replace(/\bid \d+,/g, 'id N,')
    .replace(/^\d\d:\d\d:\d\d\.\d+ /gm, '');

// Some tables (ip neigh) come out in the order of a hash with a random seed: then the command is marked "unordered": true.
const ordered = (s) => {
  try {
    return JSON.stringify(
      JSON.parse(s)
        .map((x) => JSON.stringify(x))
        .sort(),
    );
  } catch {
    return s.split('\n').sort().join('\n');
  }
};

const iproute2 = execFileSync('ip', ['-V'], { encoding: 'utf8' }).match(/iproute2-([\d.]+)/)[1];
const queue = [...args];
await Promise.all(
  Array.from({ length: jobs }, async () => {
    for (let lab = queue.shift(); lab; lab = queue.shift()) {
      const first = await record(lab);
      const second = once ? first : await record(lab);
      first.commands.forEach((c, i) => {
        const d = second.commands[i];
        if (
          c.exit === d.exit &&
          c.stdout !== d.stdout &&
          ordered(steady(c.stdout)) === ordered(steady(d.stdout)) &&
          steady(c.stdout) !== steady(d.stdout)
        )
          c.unordered = true;
        else if (steady(c.stdout) !== steady(d.stdout) || steady(c.stderr) !== steady(d.stderr) || c.exit !== d.exit) {
          c.flaky = true;
          process.stderr.write(`${basename(lab)}:${c.line}: differs: ${c.command}\n`);
        }
      });
      const { kernel, commands } = first;
      const text =
        `{"lab":${JSON.stringify(basename(lab))},"kernel":${JSON.stringify(kernel)},"iproute2":${JSON.stringify(iproute2)},"commands":[\n` +
        commands.map((c) => JSON.stringify(c)).join(',\n') +
        '\n]}\n';
      const target = join(
        out ?? dirname(lab),
        basename(lab).replace(/\.sh$/, here ? `.${kernel.split('.').slice(0, 2).join('.')}.json` : '.json'),
      );
      writeFileSync(target, text);
      console.log(`${target}: ${commands.length} commands`);
    }
  }),
);
