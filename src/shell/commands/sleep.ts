import { parseInterval } from '../bash/text.ts';
import type { Io } from '../bash/types.ts';
import { failed, printed } from '../command.ts';

/** Lets virtual time pass. */
export const sleep = async <C>(args: readonly string[], io: Io<C>) => {
  const help = "Try 'sleep --help' for more information.\n";
  if (args.length === 0) return failed(`sleep: missing operand\n${help}`, 1);
  let total = 0;
  for (const arg of args) {
    const interval = parseInterval(arg);
    if (interval === undefined) return failed(`sleep: invalid time interval '${arg}'\n${help}`, 1);
    total += interval;
  }
  const waited = await io.wait(() => false, io.now() + total);
  return waited === 'late' ? printed('') : failed('', 130);
};
