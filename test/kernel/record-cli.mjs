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
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

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

/** The lab as one shell script in which every line keeps its number and writes to files of its own. */
function script(lab, dir, ipv6) {
  const at = new Map(linesOf(lab).map((l) => [l.line, l.command]));
  const last = Math.max(...at.keys());
  const text = [];
  for (let n = 1; n <= last; n++)
    text.push(
      at.has(n)
        ? `eval ${quote(at.get(n))} >${dir}/${n}.out 2>${dir}/${n}.err </dev/null; echo $? >${dir}/${n}.rc${here && !ipv6 && at.get(n).includes('netns add') ? `; ${quiet}` : ''}`
        : '',
    );
  return `${text.join('\n')}\n`;
}

const common = (ipv6) => `
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C LC_ALL=C; unset TERM COLUMNS
${ipv6 ? '' : 'sysctl -qw net.core.devconf_inherit_init_net=1 net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1'}
`;
// Only the machine's own kernel needs this: there ipv6 is built in, and a new namespace starts with IPv6 on.
const quiet =
  'for n in /run/netns/*; do nsenter --net="$n" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1; done 2>/dev/null';
const boot = (dir, ipv6, bond) => `#!/bin/bash
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t tmpfs tmpfs /run
mkdir /run/rec; mount --bind ${dir} /run/rec
mount -t tmpfs tmpfs /dev; mkdir /dev/pts /dev/shm
mknod -m 666 /dev/null c 1 3; mknod -m 666 /dev/zero c 1 5; mknod -m 666 /dev/random c 1 8; mknod -m 666 /dev/urandom c 1 9; mknod -m 666 /dev/tty c 5 0
ln -s /proc/self/fd /dev/fd
mount -t tmpfs tmpfs /mnt; mkdir -p /mnt/lib; ln -s /usr/lib/uml/modules /mnt/lib/modules
{
for m in "ipv6${ipv6 ? '' : ' disable_ipv6=1'}" veth bridge macvlan macvtap ipvlan ipvtap 8021q "dummy numdummies=0" vrf tun${bond ? ' "bonding max_bonds=0"' : ''}; do modprobe -d /mnt $m; done
umount /mnt
mount -t tmpfs tmpfs /tmp
hostname hairpin
uname -r >/run/rec/kernel
${common(ipv6)}
cd /root
bash -c "$(cat /run/rec/lab)"
} >/run/rec/boot.log 2>&1
sync
poweroff -f
sleep 5
`;
const inNamespace = (dir, ipv6) => `
mount -t tmpfs tmpfs /run; mount -t sysfs sysfs /sys
uname -r >${dir}/kernel
${common(ipv6)}
cd /root
bash -c "$(cat ${dir}/lab)" >${dir}/boot.log 2>&1
`;

const run = (file, argv) =>
  new Promise((done) => {
    const p = spawn(file, argv, { stdio: 'ignore', detached: true });
    const t = setTimeout(() => process.kill(-p.pid, 'SIGKILL'), 300_000); // a lab that hangs, with all its processes
    p.on('close', () => {
      clearTimeout(t);
      done();
    });
  });

async function record(lab) {
  const dir = mkdtempSync(join(tmpdir(), 'lab-'));
  const ipv6 = readFileSync(lab, 'utf8').includes('::');
  chmodSync(dir, 0o777);
  writeFileSync(join(dir, 'lab'), script(lab, here ? dir : '/run/rec', ipv6));
  if (here)
    await run('unshare', [
      '--net',
      '--mount',
      '--uts',
      '--pid',
      '--fork',
      '--mount-proc',
      'bash',
      '-c',
      inNamespace(dir, ipv6),
    ]);
  else {
    writeFileSync(join(dir, 'init'), boot(dir, ipv6, readFileSync(lab, 'utf8').includes('type bond')), { mode: 0o755 });
    await run('linux.uml', [
      'root=/dev/root',
      'rootfstype=hostfs',
      'rootflags=/',
      'rw',
      'mem=512M',
      `init=${dir}/init`,
      'con=null',
      'con0=null',
      `umid=${basename(dir)}`,
      'quiet',
    ]);
  }
  const text = (n, kind) =>
    existsSync(join(dir, `${n}.${kind}`)) ? readFileSync(join(dir, `${n}.${kind}`), 'utf8') : undefined;
  const commands = linesOf(lab).map(({ line, command }) => ({
    line,
    command,
    exit: Number(text(line, 'rc')),
    stdout: text(line, 'out'),
    stderr: text(line, 'err'),
  }));
  const kernel = readFileSync(join(dir, 'kernel'), 'utf8').trim();
  const log = readFileSync(join(dir, 'boot.log'), 'utf8');
  if (log) process.stderr.write(`${basename(lab)}: harness says ${log}`);
  const missing = commands.filter((c) => c.stdout === undefined);
  if (missing.length) process.stderr.write(`${basename(lab)}: no result from line ${missing[0].line} on\n`);
  rmSync(dir, { recursive: true, force: true });
  return { lab: basename(lab), kernel, commands };
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
