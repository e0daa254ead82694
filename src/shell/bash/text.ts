/** The interpreter carries some text as bytes, one to a character. What is not UTF-8 stays as it is. */
export const utf8Decoded = (bytes: string): string => {
  if (!/[\u0080-\u00ff]/.test(bytes) || /[\u0100-\uffff]/.test(bytes)) return bytes;
  const escaped = bytes.replace(/[%\u0080-\u00ff]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  try {
    return decodeURIComponent(escaped);
  } catch {
    return bytes;
  }
};

/** A word as a shell would have to be given it. */
export const shellQuoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Bash's own generator: the minimal standard one of Park and Miller, 15 bits of it. */
export const createRandom = (seed: number): (() => number) => {
  let state = (seed % 2147483647) + 1;
  return () => {
    state = Number((BigInt(state) * 16807n) % 2147483647n);
    return ((state >> 16) ^ (state & 65535)) & 32767;
  };
};

const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };

/** Nanoseconds of `0.5`, `2m`, `infinity`; undefined where coreutils knows no such interval. */
export const parseInterval = (text: string): number | undefined => {
  if (/^inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  const [, number, unit = ''] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text) ?? [];
  return number === undefined ? undefined : Math.round(Number(number) * (units[unit] ?? 1) * 1e9);
};
