import { beforeAll, describe, expect, it } from 'vitest';
import { bin, planted, tool } from './tool.ts';

/** A checker that looks away passes everything, so it is shown one offence of each sort: file, import, rule. */
const offences: readonly (readonly [file: string, path: string, rule: string])[] = [
  ['src/base/up.ts', '../model/a.ts', 'rooms-base'],
  ['src/model/up.ts', '../engine/a.ts', 'rooms-model'],
  ['src/engine/up.ts', '../predict/a.ts', 'rooms-engine'],
  ['src/predict/up.ts', '../check/a.ts', 'rooms-predict'],
  ['src/check/up.ts', '../formats/a.ts', 'rooms-check'],
  ['src/formats/up.ts', '../shell/a.ts', 'rooms-formats'],
  ['src/shell/up.ts', '../draw/a.ts', 'rooms-shell'],
  ['src/draw/up.ts', '../cli/a.ts', 'rooms-draw'],
  ['src/draw/live.ts', '../live/a.ts', 'rooms-draw'],
  ['src/live/up.ts', '../cli/a.ts', 'rooms-live'],
  ['src/live/aside.ts', '../predict/a.ts', 'rooms-live'],
  ['src/cli/aside.ts', '../../web/a.ts', 'rooms-cli'],
  ['src/index.ts', './cli/a.ts', 'rooms-index'],
  ['web/down.ts', '../src/live/a.ts', 'rooms-web'],
  ['src/model/type.ts', '../engine/a.ts', 'rooms-model'],
  ['src/model/later.ts', '../engine/a.ts', 'rooms-model'],
  ['src/engine/devices/one.ts', './two.ts', 'apart-devices'],
  ['src/shell/commands/one.ts', './two.ts', 'apart-commands'],
  ['src/shell/commands/two/part.ts', '../one.ts', 'apart-commands'],
  ['src/engine/loop.ts', './pool.ts', 'no-cycle'],
  ['src/draw/node.ts', 'node:fs', 'no-node'],
  ['src/draw/bare.ts', 'fs', 'no-node'],
  ['web/node.ts', 'node:fs', 'no-node'],
  ['src/engine/package.ts', 'yaml', 'no-package-in-the-cellar'],
  ['src/formats/nowhere.ts', './nowhere-else.ts', 'no-unresolvable'],
];

/** What looks like an offence and is none. */
const innocent: readonly (readonly [file: string, path: string])[] = [
  ['src/engine/down.ts', '../model/a.ts'],
  ['src/engine/devices/index.ts', './one.ts'],
  ['src/shell/commands/two.ts', './two/whole.ts'],
  ['src/shell/commands/three.ts', '../a.ts'],
  ['src/formats/package.ts', 'yaml'],
  ['src/model/package.ts', 'immer'],
  ['src/live/down.ts', '../shell/a.ts'],
  ['src/live/node.ts', 'node:fs'],
  ['src/cli/all.ts', '../draw/a.ts'],
  ['src/cli/lazy.ts', '../live/a.ts'],
  ['web/src.ts', '../src/draw/a.ts'],
];

const rooms = ['base', 'model', 'engine', 'predict', 'check', 'formats', 'shell', 'draw', 'live', 'cli'];

const importing = (path: string): string => `import { a } from '${path}';\n`;

/** A type alone, and a load that waits, are imports too. */
const otherwise: Readonly<Record<string, string>> = {
  'src/model/type.ts': "import type { a } from '../engine/a.ts';\n",
  'src/model/later.ts': "export const a = await import('../engine/a.ts');\n",
};

const tree = {
  ...Object.fromEntries(
    [...rooms.map((room) => `src/${room}`), 'web'].map((room) => [`${room}/a.ts`, 'export const a = 1;\n']),
  ),
  'src/shell/commands/two/whole.ts': 'export const a = 1;\n',
  'src/engine/devices/two.ts': 'export const a = 1;\n',
  'src/engine/pool.ts': importing('./loop.ts'),
  'src/shell/hidden.ts': importing('just-bash/browser'),
  ...Object.fromEntries([...offences, ...innocent].map(([file, path]) => [file, importing(path)])),
  ...otherwise,
  'src/index.ts': importing('./cli/a.ts') + importing('./shell/hidden.ts'),
};

type Violation = { readonly from: string; readonly to: string; readonly rule: { readonly name: string } };

describe('the rule of the rooms', () => {
  let violations: readonly Violation[] = [];
  const against = (file: string): readonly string[] =>
    violations.filter((one) => one.from === file).map((one) => one.rule.name);

  beforeAll(async () => {
    const { out } = await planted(tree, (cwd) => tool(cwd, bin('depcruise'), '--output-type', 'json', 'src', 'web'));
    violations = (JSON.parse(out) as { summary: { violations: Violation[] } }).summary.violations;
  });

  it.each(offences)('%s may not import %s', (file, _, rule) => {
    expect(against(file)).toContain(rule);
  });

  it.each(innocent)('%s may import %s', (file) => {
    expect(against(file)).toEqual([]);
  });

  it('the library reaches no package that is not installed with it', () => {
    expect(violations.filter((one) => one.rule.name === 'no-hidden-dependency').map((one) => one.to)).toEqual([
      expect.stringContaining('node_modules/just-bash/'),
    ]);
  });
});
