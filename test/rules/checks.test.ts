import { describe, it } from 'vitest';
import { root, tool } from './tool.ts';

const checks = {
  'every type fits, and the pure part knows neither Node nor the DOM': 'check:types',
  'every file is formatted and lints': 'check:lint',
  'every import goes downwards': 'check:rooms',
  'no file, export or dependency is unused': 'check:dead',
};

describe('the checks', () => {
  it.each(Object.entries(checks))('%s', async (_, script) => {
    const { code, out } = await tool(root, 'npm', 'run', '--silent', script);
    if (code !== 0) throw new Error(`npm run ${script}\n${out}`);
  });
});
