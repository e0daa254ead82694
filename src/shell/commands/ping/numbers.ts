import { fail, ok, type Result } from '../../../base/result.ts';

/** What strtod(3) makes of the beginning of a text, and what it leaves. */
const strtod = (text: string): { readonly value: number; readonly rest: string } => {
  const found = /^\s*([+-]?)(0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)/i.exec(text);
  if (!found) return { value: 0, rest: text };
  const [all, sign, digits = ''] = found;
  const size = /^inf/i.test(digits) ? Number.POSITIVE_INFINITY : Number(digits.toLowerCase());
  return { value: sign === '-' ? -size : size, rest: text.slice(all.length) };
};

export type Decimal = { readonly value: number; readonly warning: string };

/** Seconds as ping takes them (ping.c:ping_strtod): what is no number is only warned of. `what` is its word for the option. */
export const readSeconds = (text: string, what: string): Result<Decimal, string> => {
  if (text === '') return fail(`${what}: : No such file or directory`);
  const { value, rest } = strtod(text);
  const garbage = `ping: option argument contains garbage: ${rest}\nping: this will become fatal error in the future\n`;
  if (!Number.isFinite(value)) return fail(`${what}: ${text}: Numerical result out of range`);
  return ok({ value, warning: rest === '' ? '' : garbage });
};

/** The bits of -Q (ping.c:parsetos), which nothing in a simulated network looks at. */
export const tosFault = (text: string): string | undefined => {
  const found = /^0x([\da-f]*)$/i.exec(text) ?? /^\s*([+-]?\d*)$/.exec(text);
  if (!found) return `bad TOS value: ${text}`;
  const value = Number.parseInt(found[1] || '0', /^0x/i.test(text) ? 16 : 10);
  return value > 255 ? `the decimal value of TOS bits must be in range 0-255: ${value}` : undefined;
};
