import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bin, root, tool } from './rules/tool.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The command line as it is now, bundled: `node ${inject('cli')} run x.sh`. */
    readonly cli: string;
  }
}

/** Bundles the command line beside dist/cli, so that its tests never see an old one nor disturb the one in use. */
export default async function bundle(project: TestProject): Promise<() => void> {
  const folder = join('dist', `test-${process.pid}`);
  const { code, out } = await tool(root, bin('rolldown'), '--config', 'rolldown.config.js', '--dir', folder);
  if (code !== 0) process.stderr.write(out);
  project.provide('cli', join(root, folder, 'main.js'));
  return () => rmSync(join(root, folder), { recursive: true, force: true });
}
