import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bin, planted, root, tool } from './tool.ts';

/** What would make a second run differ from the first, or a browser differ from Node. */
const impure = {
  'Math.random': 'export const it = Math.random();',
  'Math.random by another name': 'export const { random } = Math;',
  'Date.now': 'export const it = Date.now();',
  'new Date': 'export const it = new Date();',
  'performance.now': 'export const it = performance.now();',
  process: 'export const it = process.pid;',
  document: 'export const it = document.title;',
  console: "console.log('it');",
  any: 'export const it: any = 1;',
};

const fileOf = (name: string): string => `${name.replaceAll(/\W/g, '-')}.ts`;

const tree = {
  'src/tsconfig.json': readFileSync(join(root, 'src/tsconfig.json'), 'utf8'),
  'src/engine/pure.ts': 'export const pure = Math.max(1, 2);\n',
  ...Object.fromEntries(Object.entries(impure).map(([name, text]) => [`src/engine/${fileOf(name)}`, `${text}\n`])),
  ...Object.fromEntries(Object.entries(impure).map(([name, text]) => [`src/cli/${fileOf(name)}`, `${text}\n`])),
};

describe('the pure part', () => {
  let lint = '';
  let types = '';

  beforeAll(() =>
    planted(tree, async (cwd) => {
      const linted = tool(
        cwd,
        bin('biome'),
        'check',
        '--error-on-warnings',
        '--reporter=github',
        '--max-diagnostics=none',
      );
      const compiled = tool(cwd, bin('tsc'), '--noEmit', '-p', 'src');
      lint = (await linted).out;
      types = (await compiled).out;
    }),
  );

  it.each(Object.keys(impure))('the linter objects to %s', (name) => {
    expect(lint).toContain(`/src/engine/${fileOf(name)},`);
  });

  it.each(['process', 'document', 'console', 'performance.now'])('the compiler does not know %s', (name) => {
    expect(types).toContain(`src/engine/${fileOf(name)}`);
  });

  it('what is pure passes both', () => {
    expect(lint + types).not.toContain('src/engine/pure.ts');
  });

  it('the command line may know the time and the process', () => {
    expect(lint).not.toMatch(/\/src\/cli\/(?!any\.ts)/);
  });
});
