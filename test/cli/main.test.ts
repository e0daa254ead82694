import { describe, expect, inject, it } from 'vitest';
import { root, tool } from '../rules/tool.ts';

const hairpin = (...words: readonly string[]) => tool(root, process.execPath, inject('cli'), ...words);

describe('hairpin', () => {
  it('prints its version alone', async () => {
    expect(await hairpin('--version')).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('prints help when asked, and when asked nothing', async () => {
    expect(await hairpin('--help')).toEqual({ code: 0, out: expect.stringMatching(/^Usage: hairpin/) });
    expect(await hairpin()).toEqual(await hairpin('--help'));
  });

  it('answers a wrong command line with one line and exit 2', async () => {
    for (const words of [['nonsense'], ['--nonsense'], ['help', 'nonsense']])
      expect(await hairpin(...words)).toEqual({ code: 2, out: expect.stringMatching(/^hairpin: .+\n$/) });
  });
});
