import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { root, tool } from '../rules/tool.ts';

const WORLD = 'models/seed/libvirt.yaml';
const explain = (...words: readonly string[]) => tool(root, process.execPath, inject('cli'), 'explain', ...words);
const inScript = (script: string, ...words: readonly string[]) =>
  explain('--on', WORLD, `models/seed/${script}.sh`, ...words);

describe('hairpin explain', () => {
  it('gives verdict and cause first, then where it is decided and by which function, and exits 1', async () => {
    const { code, out } = await inScript('ipvlan-l2-bridge', 'fedora/container-1', 'fedora');
    expect(code).toBe(1);
    const [first] = out.split('\n');
    expect(first).toMatch(
      /^✗ fedora\/container-1 .* cannot ping fedora .*: .*does not send a frame back out of the port/,
    );
    expect(out).toMatch(/^ {2}where +hypervisor\/vnet0 +\[bridge\.no-hairpin\]$/m);
    expect(out).toMatch(/^ {2}decided +net\/bridge\/br_forward\.c:should_deliver$/m);
  });

  it('follows question, answer, request and reply where it is reached, and exits 0', async () => {
    const { code, out } = await inScript('vepa', 'fedora/container-1', 'fedora');
    expect(code).toBe(0);
    const order = ['asks who has', 'answers that it has', 'sends the request', 'sends the reply'].map((words) =>
      out.indexOf(words),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  it('says that a private child is reached by its host, and reaches it once the host has spoken', async () => {
    const { out } = await inScript('private', 'fedora/container-1', 'fedora');
    expect(out).toContain('The other way round it works');
    expect(out).toContain('It works after fedora has spoken first');
  });

  it('gives the same as data, with the whole trace', async () => {
    const { out } = await inScript('private', 'fedora/container-1', '192.168.122.240', '--json');
    const { from, verdict, reasons, afterReverse, trace, hops } = JSON.parse(out);
    expect(from).toEqual({ name: 'fedora/container-1', address: '192.168.122.101' });
    expect({ verdict, after: afterReverse.verdict }).toEqual({ verdict: 'unreachable', after: 'reached' });
    expect(reasons[0].code).toBe('macvlan.reflected');
    expect(trace.filter(({ kind }: { kind: string }) => kind === 'created').length).toBeGreaterThan(hops.length);
  });

  it('writes a capture that Wireshark reads, with interfaces and reasons', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hairpin-'));
    const capture = join(folder, 'o.pcapng');
    await inScript('private', 'fedora/container-1', 'fedora', '--pcapng', capture);
    expect(readFileSync(capture).readUInt32LE(0)).toBe(0x0a0d0d0a);
    if (existsSync('/usr/bin/tshark')) {
      const fields = ['frame.interface_name', '_ws.col.Info', 'frame.comment', '_ws.malformed'];
      const { out } = await tool(
        root,
        'tshark',
        '-r',
        capture,
        '-T',
        'fields',
        ...fields.flatMap((field) => ['-e', field]),
      );
      expect(out).toContain('hypervisor/vnet0\tWho has 192.168.122.240? Tell 192.168.122.101');
      expect(out).toContain('[macvlan.reflected]');
      expect(out).not.toMatch(/malformed/i);
    }
    await rm(folder, { recursive: true });
  });

  it('answers a name that nobody has with the names there are, and exit 2', async () => {
    expect(await explain(WORLD, 'fedora', 'hypervisr')).toEqual({
      code: 2,
      out: expect.stringMatching(/^hairpin: .*hypervisr.* Did you mean hypervisor\?\n$/),
    });
    expect(await explain('nowhere.yaml', 'a', 'b')).toMatchObject({ code: 2 });
    expect(await explain(WORLD, 'fedora', 'fedora')).toMatchObject({ code: 2 });
  });
});
