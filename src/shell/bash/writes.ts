import type { IFileSystem } from 'just-bash';
import { type OwnCommand, said } from './parts.ts';
import { utf8Decoded } from './text.ts';

/** `echo 1 > /proc/…`: `hairpin:write echo truncate /proc/…`. */
export const kernelWrite =
  (fs: IFileSystem): OwnCommand =>
  async ([name, mode, target = ''], context) => {
    const path = fs.resolvePath(context.cwd, target);
    const isKernel = /^\/(proc|sys)\//.test(path);
    if (isKernel && !(await fs.exists(path))) return said('', 1, `bash: ${target}: No such file or directory\n`);
    const text = String(context.stdin);
    const encoding = 'latin1';
    return fs[mode === 'append' ? 'appendFile' : 'writeFile'](path, text, encoding).then(
      () => said(),
      (error) => said('', 1, refusal(name, target, error)),
    );
  };

const refusal = (name: string | undefined, target: string, error: unknown): string => {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('EINVAL')) return `bash: ${name}: write error: Invalid argument\n`;
  if (message.startsWith('EACCES')) return `bash: ${target}: Permission denied\n`;
  return `bash: ${target}: No such file or directory\n`;
};

export const tee =
  (fs: IFileSystem): OwnCommand =>
  async (args, context) => {
    const text = String(context.stdin);
    const append = args.includes('-a') || args.includes('--append');
    let errors = '';
    for (const name of args.filter((arg) => !arg.startsWith('-'))) {
      const path = fs.resolvePath(context.cwd, name);
      await fs[append ? 'appendFile' : 'writeFile'](path, text, 'latin1').catch((error) => {
        const invalid = error instanceof Error && error.message.startsWith('EINVAL');
        errors += refusal('tee', name, error)
          .replace('bash: ', invalid ? '' : 'tee: ')
          .replace(/^tee: write error/, `tee: ${name}`);
      });
    }
    return { ...said(utf8Decoded(text), errors === '' ? 0 : 1, errors) };
  };
