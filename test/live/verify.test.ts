import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { root, tool } from '../rules/tool.ts';
import { testable, titleOf } from './backends.ts';

const folder = mkdtempSync(join(tmpdir(), 'hairpin-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const hairpin = (...words: readonly string[]) => tool(root, process.execPath, inject('cli'), ...words);
const verified = async (...words: readonly string[]) => {
  const { code, out } = await hairpin('verify', '--json', ...words);
  return {
    code,
    out,
    verdicts: out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
};

/** Two children of one parent, a bridge behind it, a refusal, a setting, a wait and a job in the background. */
const MACVLAN = `
ip netns add sw
ip netns add h1
ip netns add c1
ip netns add c2
ip -n sw link add br0 up type bridge
ip link add eth0 netns h1 type veth peer name p1 netns sw
ip -n sw link set p1 up master br0
ip -n h1 link set eth0 up
for n in 1 2; do
  ip -n h1 link add mv$n link eth0 netns c$n type macvlan mode bridge
  ip -n c$n link set mv$n up
  ip -n c$n addr add 10.0.0.1$n/24 dev mv$n
done
ip -n h1 addr add 10.0.0.10/24 dev eth0
ip -n h1 link add mv1 link nowhere type macvlan
echo 1 > /proc/sys/net/ipv4/ip_forward
ip netns exec c2 sysctl -w net.ipv4.conf.mv2.arp_ignore=1
ip netns exec c1 ping -n -c1 -W5 10.0.0.12
ip netns exec c1 ping -n -c1 -W5 10.0.0.10 &
sleep 0.5
ip netns exec c2 ping -n -c1 -W5 10.0.0.11
wait
ip netns del c2
ip netns exec c1 ping -n -c1 -W1 10.0.0.12
`;
const IPVLAN = `
ip netns add h1
ip netns add c1
ip netns add c2
ip -n h1 link add eth0 type veth peer name p0
ip -n h1 link set p0 up
ip -n h1 link set eth0 up
for n in 1 2; do
  ip -n h1 link add iv$n link eth0 netns c$n type ipvlan mode l2
  ip -n c$n link set iv$n up
  ip -n c$n addr add 10.0.0.1$n/24 dev iv$n
done
ip netns exec c1 ping -n -c1 -W1 10.0.0.12
`;

describe.each(testable)('on $name', (backend) => {
  const test = it.skipIf(backend.excuse !== undefined);
  const on = ['--on', backend.name];

  test(`${titleOf(backend)}: prediction and kernel agree on a lab of macvlans, frame by frame`, async () => {
    const { code, verdicts, out } = await verified(...on, '--frames', file('macvlan.sh', MACVLAN));
    const different = verdicts[0].commands?.filter(({ differs }: { differs: unknown[] }) => differs.length > 0);
    expect({ code, different, out: code === 0 ? '' : out }).toEqual({ code: 0, different: [], out: '' });
    expect(verdicts).toMatchObject([{ verdict: 'same', backend: backend.name }]);
  });

  test(`${titleOf(backend)}: what it says it can do, it can do`, async () => {
    const { code, out } = await hairpin('verify', '--capabilities', '--json', ...on);
    const { works, kernel, kinds } = JSON.parse(out);
    expect({ code, works, kernel }).toEqual({ code: 0, works: true, kernel: expect.stringMatching(/^\d+\.\d+/) });
    const lab = await verified(...on, file('ipvlan.sh', IPVLAN));
    expect(lab.code).toBe(kinds.includes('ipvlan') ? 0 : 3);
  });

  test(`${titleOf(backend)}: a long batch arrives whole`, async () => {
    const lines = Array.from({ length: 400 }, (_, n) => `addr add 10.0.${n >> 8}.${n & 255}/32 dev lo`);
    const text = `ip -batch - <<END\n${lines.join('\n')}\nEND\nip -o addr show dev lo\n`;
    const { code, out } = await verified(...on, file('long.sh', text));
    expect({ code, out: code === 0 ? '' : out.slice(0, 1000) }).toEqual({ code: 0, out: '' });
  });

  test(`${titleOf(backend)}: a lab ends when its time is up`, async () => {
    const { code, verdicts } = await verified(...on, '--timeout', '2', file('slow.sh', 'sleep 50\nip link\n'));
    expect({ code, verdicts }).toMatchObject({ code: 3, verdicts: [{ verdict: 'broken' }] });
  });
});

const [native] = testable.filter(({ name, excuse }) => name !== 'user-mode-linux' && excuse === undefined);

describe('hairpin verify', () => {
  it('refuses what it cannot read', async () => {
    for (const words of [[], ['no-such-file.sh'], ['--on', 'nothing', 'x.sh'], ['--jobs', '0', 'x.sh']])
      expect(await hairpin('verify', ...words)).toEqual({ code: 2, out: expect.stringMatching(/^hairpin: .+\n$/) });
  });

  it.skipIf(native === undefined)('never runs what only the script says', async () => {
    const mark = join(folder, 'mark');
    const text = `touch ${mark}\nip netns add a\nip netns exec a touch ${mark}\nip netns exec a sh -c 'echo > ${mark}'\n`;
    const { code } = await verified('--on', native!.name, file('evil.sh', text));
    expect(code).toBe(0);
    expect((await tool(folder, 'ls', mark)).code).not.toBe(0);
  });

  it.skipIf(native === undefined)('starts in a world of several machines, cables and all', async () => {
    const { code, out } = await verified(
      ...['--on', native!.name, '--world', 'models/seed/libvirt.yaml', 'models/seed/bridge.sh'],
    );
    expect({ code, out: code === 0 ? '' : out }).toEqual({ code: 0, out: '' });
  });

  it.skipIf(native === undefined)('speaks JUnit, and to a person', async () => {
    const lab = file('small.sh', 'ip netns add "a"\nip netns add a\n');
    const junit = await hairpin('verify', '--junit', '--on', native!.name, lab);
    expect(junit).toEqual({
      code: 0,
      out: expect.stringMatching(/^<\?xml[\s\S]*<testsuite [\s\S]*tests="2" failures="0"/),
    });
    const text = await hairpin('verify', '--on', native!.name, lab);
    expect(text).toEqual({ code: 0, out: expect.stringMatching(/^same .*2 of 2 commands agree \(0 probes\); Linux/) });
  });
});
