import { parseInterval } from '../bash/text.ts';
import type { Io } from '../bash/types.ts';
import { failed } from '../command.ts';

/** `timeout 3 tcpdump -i eth0`: the command runs beside us until it is over, or the time is. */
export const timeout = async <C>(args: readonly string[], io: Io<C>) => {
  let preserve = false;
  let at = 0;
  for (; args[at]?.startsWith('-'); at += 1) {
    const option = args[at] ?? '';
    if (option === '--preserve-status') preserve = true;
    else if (option === '-s' || option === '-k') at += 1;
  }
  const [duration, ...words] = args.slice(at);
  const help = "Try 'timeout --help' for more information.\n";
  if (duration === undefined || words.length === 0) return failed(`timeout: missing operand\n${help}`, 125);
  const interval = parseInterval(duration);
  if (interval === undefined) return failed(`timeout: invalid time interval '${duration}'\n${help}`, 125);
  if (!io.isCommand(words[0] ?? '')) {
    return failed(`timeout: failed to run command '${words[0]}': No such file or directory\n`, 127);
  }
  const running = io.start(words, io.context, io.stdin());
  const waited = await io.wait(running.isOver, interval === 0 ? undefined : io.now() + interval);
  if (waited !== 'done') running.stop('TERM');
  const output = await running.result;
  return waited === 'done' || preserve ? output : { ...output, exit: 124 };
};
