import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program in a folder; every way of ending is an answer. */
export const tool = (cwd: string, name: string, ...args: readonly string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    const child = execFile(name, args, { cwd, maxBuffer: 1 << 26 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, out: `${stdout}${stderr}` }),
    );
  });

/** A program that npm installed here. */
export const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

/** A project of these files under this project's own rules. It is gone after `look`. */
export const planted = async <T>(files: Readonly<Record<string, string>>, look: (cwd: string) => Promise<T>) => {
  const cwd = mkdtempSync(join(tmpdir(), 'hairpin-rules-'));
  try {
    for (const config of ['package.json', 'biome.json', '.gitignore', '.dependency-cruiser.cjs', 'tsconfig.base.json'])
      cpSync(join(root, config), join(cwd, config));
    symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
    return await look(cwd);
  } finally {
    rmSync(cwd, { recursive: true });
  }
};
