import { fail, ok, type Result } from '../../base/result.ts';

export const VERSION = (program: string): string =>
  `${program} from iputils 20221126\nlibcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes\n`;

const LONG_MAX = 2n ** 63n - 1n;

/** A whole number as the programs of iputils read it (iputils_common.c:strtol_or_err), or what they say of it. */
export const readWhole = (text: string, least: number, most: number | bigint): Result<number, string> => {
  const complaint = `invalid argument: '${text}'`;
  if (!/^\s*[+-]?\d+$/.test(text)) return fail(complaint);
  const value = BigInt(text.trim().replace('+', ''));
  if (value > LONG_MAX || value < -LONG_MAX - 1n) return fail(`${complaint}: Numerical result out of range`);
  if (value < least || value > most) return fail(`${complaint}: out of range: ${least} <= value <= ${most}`);
  return ok(Number(value));
};
