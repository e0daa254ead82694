import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { root, tool } from '../rules/tool.ts';

const WORLD = 'models/seed/libvirt.yaml';
const predict = (...words: readonly string[]) => tool(root, process.execPath, inject('cli'), 'predict', ...words);
const on = (script: string): readonly string[] => ['--on', WORLD, `models/seed/${script}.sh`];

describe('hairpin predict', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hairpin-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('shows who reaches whom in a model, and exits 0', async () => {
    const { code, out } = await predict(WORLD);
    expect(code).toBe(0);
    expect(out).toMatch(/^ +fedora {2}hypervisor\nfedora +· +✓\nhypervisor +✓ +·$/m);
  });

  it('runs a script and says why private children reach neither host nor sibling', async () => {
    const { code, out } = await predict(...on('private'));
    expect(code).toBe(0);
    expect(out).toMatch(/^fedora\/container-1 +✗ +· +✗ +✓$/m);
    expect(out).toContain('[macvlan.reflected]');
  });

  it('gives every pair as a line of CSV', async () => {
    const { out } = await predict('--csv', ...on('private'));
    const [head, ...lines] = out.trimEnd().split('\n');
    expect(head).toBe('from,to,verdict,reasons');
    expect(lines).toHaveLength(4 * 3);
    expect(lines).toContain('fedora/container-1,fedora,unreachable,macvlan.reflected');
  });

  it('gives a table for a page', async () => {
    const { out } = await predict('--markdown', WORLD);
    expect(out).toContain('| from \\ to | fedora | hypervisor |\n| --- | :-: | :-: |\n| **fedora** | · | ✓ |');
  });

  it('gives JSON with a class for each cell, and what it cost', async () => {
    const { out } = await predict('--json', ...on('vepa'));
    const { endpoints, classes, cells, work } = JSON.parse(out);
    const index = (name: string): number => endpoints.findIndex((one: { name: string }) => one.name === name);
    expect(classes[cells[index('fedora/container-1')][index('fedora/container-2')]]).toMatchObject({
      from: 'fedora/container-1',
      verdict: 'reached',
    });
    expect(cells[0][0]).toBeNull();
    expect(work.pairs).toBe(12);
    expect(work.simulated).toBeLessThan(12);
  });

  it('shows only what changes between two networks', async () => {
    const same = await predict(WORLD, '--diff', WORLD);
    expect(same).toEqual({ code: 0, out: 'Nothing changes.\n' });
    const { out } = await predict(...on('private'), '--diff', 'models/seed/vepa.sh');
    expect(out).toContain('fedora/container-1 → fedora\n  - ✗');
    expect(out).toContain('\n  + ✓ reached\n');
    expect(out).not.toContain('→ hypervisor\n');
  });

  it('asks by ARP and by broadcast where told to', async () => {
    expect((await predict('--probe', 'arp', ...on('bridge'))).out).toMatch(/^fedora\/container-1 +\? +· +✓ +✓$/m);
    expect((await predict('--probe', 'broadcast', WORLD)).out).toContain('rows reach by broadcast columns');
  });

  it('answers what it cannot use with a line on standard error and exit 2', async () => {
    expect(await predict('nowhere.yaml')).toEqual({ code: 2, out: expect.stringMatching(/^.*nowhere.yaml: .+\n$/) });
    const bad = file('bad.yaml', 'machines: {a: {devices: {eth0: {kind: nik}}}}\n');
    expect(await predict(bad)).toEqual({ code: 2, out: expect.stringMatching(/bad\.yaml:1:\d+: /) });
    expect(await predict('--on', WORLD, WORLD)).toMatchObject({ code: 2 });
    expect(await predict('--json', '--csv', WORLD)).toMatchObject({ code: 2 });
  });

  it('says so where nobody has an address', async () => {
    expect((await predict(file('nothing.sh', 'ip link set lo up\n'))).out).toContain('nobody to ask');
  });
});
