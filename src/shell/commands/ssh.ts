import type { Io } from '../bash/types.ts';
import { failed } from '../command.ts';

const takesValue = /^-[BbcDEeFIiJLlmOopQRSWw]$/;

/** `ssh HOST COMMAND…` among simulated machines. `contextOf` says where a host's commands run, if there is such a host. */
export const createSsh =
  <C>(contextOf: (host: string, from: C) => C | undefined) =>
  async (args: readonly string[], io: Io<C>) => {
    let at = 0;
    for (; args[at]?.startsWith('-') && args[at] !== '--'; at += 1) if (takesValue.test(args[at] ?? '')) at += 1;
    if (args[at] === '--') at += 1;
    const [destination, ...words] = args.slice(at);
    if (destination === undefined) return failed('usage: ssh destination [command [argument ...]]\n', 255);
    const host = destination
      .replace(/^ssh:\/\//, '')
      .replace(/^.*@/, '')
      .replace(/:\d+$/, '');
    const context = contextOf(host, io.context);
    if (context === undefined) {
      return failed(`ssh: Could not resolve hostname ${host}: Name or service not known\n`, 255);
    }
    // As over the wire: the words are joined, and the shell at the other end takes them apart again.
    return words.length === 0 ? io.run(['bash'], context) : io.run(['bash', '-c', words.join(' ')], context, '');
  };
