import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { root } from '../rules/tool.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hairpin-run-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

const hairpin = (words: readonly string[], input = ''): Ran => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inject('cli'), ...words], {
    cwd: root,
    input,
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { code: status, out: stdout, err: stderr };
};

const PAIR = `ip netns add a
ip link add v0 netns a address 02:00:00:00:00:0a type veth peer name v1 address 02:00:00:00:00:0b
ip -n a addr add 10.0.0.1/24 dev v0
ip -n a link set v0 up
ip link set v1 up
ip addr add 10.0.0.2/24 dev v1
`;
const PING = 'ip netns exec a ping -n -c1 -W1 10.0.0.2\n';

describe('hairpin run', () => {
  it('prints what the commands of a script print, and leaves with its exit code', () => {
    const { code, out, err } = hairpin(['run', file('pair.sh', `${PAIR}${PING}exit 7\n`)]);
    expect({ code, err }).toEqual({ code: 7, err: '' });
    expect(out).toContain('1 packets transmitted, 1 received, 0% packet loss');
  });

  it('reads a script from standard input', () => {
    expect(hairpin(['run', '-'], 'ip link show lo | grep -c LOOPBACK')).toEqual({ code: 0, out: '1\n', err: '' });
  });

  it('gives one JSON object a script, in order, with every command at its line', () => {
    const [first, second] = [file('one.sh', `${PAIR}ip link show nope\n`), file('two.sh', 'ip netns add x\n')];
    const { code, out } = hairpin(['run', '--json', first, second]);
    const labs = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(labs.map(({ lab }) => lab)).toEqual(['one.sh', 'two.sh']);
    expect(labs[0].commands.at(-1)).toEqual({
      line: 7,
      command: 'ip link show nope',
      exit: 1,
      stdout: '',
      stderr: 'Device "nope" does not exist.\n',
    });
    expect(labs[1].commands).toEqual([{ line: 1, command: 'ip netns add x', exit: 0, stdout: '', stderr: '' }]);
  });

  it('adds what every tap saw of a ping', () => {
    const { out } = hairpin(['run', '--json', '--frames', file('frames.sh', PAIR + PING)]);
    const { frames } = JSON.parse(out).commands.at(-1);
    expect(frames).toContainEqual({
      at: 'a/v0',
      direction: 'out',
      from: 'a/v0',
      to: 'broadcast',
      frame: 'arp request 10.0.0.1 > 10.0.0.2',
    });
    expect(frames.map(({ frame }: { frame: string }) => frame)).toContain('ipv4 10.0.0.2 > 10.0.0.1 echo-reply');
  });

  it('says why a ping to nobody fails', () => {
    const { code, err } = hairpin(['run', '--why', file('nobody.sh', PAIR + PING.replace('10.0.0.2', '10.0.0.9'))]);
    expect(code).toBe(1);
    expect(err).toContain('a/v0: nobody in this network has the address that was asked for');
  });

  it('shows a transcript on a world, with the verdict and its reason', () => {
    const { code, out } = hairpin(['run', '--transcript', '--on', 'models/seed/libvirt.yaml', 'models/seed/bridge.sh']);
    expect(code).toBe(1);
    expect(out).toContain('root@fedora:~# sudo ip netns exec container-2 ping 192.168.122.240 -c3\n');
    expect(out).toContain('macvlan.host-apart, drivers/net/macvlan.c:macvlan_queue_xmit');
    expect(out).toContain('bridge.no-hairpin, net/bridge/br_forward.c:should_deliver');
  });

  it('gives the same bytes for the same script and seed', () => {
    const lab = file('again.sh', `${PAIR}${PING}echo $RANDOM\n`);
    expect(hairpin(['run', '--json', '--frames', lab])).toEqual(hairpin(['run', '--json', '--frames', lab]));
  });

  it.each([
    ['a script that is not there', ['run', 'nope.sh'], /^hairpin: nope\.sh: there is no such file\. .+\n$/],
    ['a directory', ['run', 'models'], /^hairpin: models: it is a directory\. .+\n$/],
    ['a world that is not there', ['run', '--on', 'nope.yaml', 'models/seed/bridge.sh'], /^hairpin: nope\.yaml: .+\n$/],
    ['a kernel that nobody knows', ['run', '--kernel', '2.4', 'x.sh'], /^hairpin: .+2\.4.+\n$/],
    ['no script', ['run'], /^hairpin: missing required argument.+\n$/],
  ])('answers %s with one line and exit 2', (_what, words, line) => {
    const { code, out, err } = hairpin(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(line);
  });

  it('names file, line and column of each mistake in a world', () => {
    const world = file('bad.yaml', 'machines:\n  a:\n    devices:\n      e0: { kind: nik }\n');
    const { code, out, err } = hairpin(['run', '--on', world, 'models/seed/bridge.sh']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/bad\.yaml:4:\d+: .+\n$/);
  });

  it('meets random bytes without a throw', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { code, err } = hairpin(['run', file('bytes.sh', bytes)]);
        expect(code).not.toBeNull();
        expect(code).not.toBe(70);
        expect(err).not.toMatch(/^ {4}at /m);
      }),
      { numRuns: 25 },
    );
  });
});
