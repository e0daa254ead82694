import type { Io } from '../bash/types.ts';
import { failed } from '../command.ts';

const takesValue = /^-[ugpChrtTUD]$/;

/** Everybody is root already: what is left of sudo is its options, and the variables before the command. */
export const sudo = async <C>(args: readonly string[], io: Io<C>) => {
  let at = 0;
  let shell = false;
  for (; at < args.length; at += 1) {
    const option = args[at] ?? '';
    if (option === '--') {
      at += 1;
      break;
    }
    if (takesValue.test(option)) at += 1;
    else if (/^-(i|s|-login|-shell)$/.test(option)) shell = true;
    else if (!option.startsWith('-')) break;
  }
  const rest = args.slice(at);
  const assignments = rest.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const words = assignments < 0 ? [] : rest.slice(assignments);
  const variables = assignments < 0 ? rest : rest.slice(0, assignments);
  if (words.length === 0) {
    if (shell) return io.run(['bash'], io.context);
    return /^-[vkKl]$/.test(args[0] ?? '') ? { stdout: '', stderr: '', exit: 0 } : failed(usage, 1);
  }
  const [command = ''] = words;
  if (!command.includes('/') && !io.isCommand(command)) return failed(`sudo: ${command}: command not found\n`, 1);
  return io.run(variables.length > 0 ? ['env', ...variables, ...words] : words, io.context);
};

const usage = `usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] \
[-T timeout] [-u user] [VAR=value] [-i | -s] [command [arg ...]]
`;
