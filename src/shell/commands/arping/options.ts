import { fail, ok, type Result } from '../../../base/result.ts';
import { failed, type Output, printed } from '../../command.ts';
import { getopt } from '../../getopt.ts';
import { readWhole, VERSION } from '../../text/iputils.ts';
import { USAGE } from './usage.ts';

export type ArpingOptions = {
  /** 0: without end. */
  readonly count: number;
  /** Seconds; 0: none. */
  readonly timeout: number;
  readonly interval: number;
  readonly device?: string;
  readonly source?: string;
  readonly target: string;
  readonly advertise: boolean;
  readonly broadcastOnly: boolean;
  readonly detect: boolean;
  readonly quiet: boolean;
  readonly quitOnReply: boolean;
  readonly unsolicited: boolean;
};

const DEFAULTS: ArpingOptions = {
  ...{ count: 0, timeout: 0, interval: 1, target: '' },
  ...{ advertise: false, broadcastOnly: false, detect: false },
  ...{ quiet: false, quitOnReply: false, unsolicited: false },
};

const INT_MAX = 2 ** 31 - 1;

type Change = (value: string) => Result<Partial<ArpingOptions>, string>;

const whole =
  (least: number, change: (value: number) => Partial<ArpingOptions>): Change =>
  (text) => {
    const read = readWhole(text, least, INT_MAX);
    return read.ok ? ok(change(read.value)) : read;
  };

const CHANGES: Readonly<Record<string, Change>> = {
  A: () => ok({ advertise: true, unsolicited: true }),
  b: () => ok({ broadcastOnly: true }),
  c: whole(1, (count) => ({ count })),
  D: () => ok({ detect: true, quitOnReply: true }),
  f: () => ok({ quitOnReply: true }),
  i: whole(0, (interval) => ({ interval })),
  I: (device) => ok({ device }),
  q: () => ok({ quiet: true }),
  s: (source) => ok({ source }),
  U: () => ok({ unsolicited: true }),
  w: whole(0, (timeout) => ({ timeout })),
};

/** What arping is asked to do, or what it says instead (arping.c:main). */
export const readOptions = (args: readonly string[]): Result<ArpingOptions, Output> => {
  const { options, operands, fault } = getopt('h?bfDUAqc:w:i:s:I:V', args);
  let so = DEFAULTS;
  for (const { name, value } of options) {
    if (name === 'V') return fail(printed(VERSION('arping')));
    const change = CHANGES[name];
    if (!change) return fail(failed(USAGE, 2));
    const changed = change(value);
    if (!changed.ok) return fail(failed(`arping: ${changed.error}\n`, 1));
    so = { ...so, ...changed.value };
  }
  if (fault !== undefined) return fail(failed(`arping: ${fault}\n${USAGE}`, 2));
  const [target] = operands;
  if (target === undefined || operands.length > 1) return fail(failed(USAGE, 2));
  return ok({ ...so, target });
};
