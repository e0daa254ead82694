/** A whole number as strtol(3) reads it with base 0: decimal, 0x… or octal 0…, and nothing behind it. */
export const readInteger = (text: string, min = -(2 ** 31), max = 2 ** 31 - 1): number | undefined => {
  const parts = /^\s*([+-]?)(?:0x([0-9a-f]+)|0([0-7]*)|([1-9]\d*))$/i.exec(text);
  if (!parts) return undefined;
  const [, sign, hex, octal, decimal] = parts;
  const size = hex
    ? Number.parseInt(hex, 16)
    : decimal
      ? Number.parseInt(decimal, 10)
      : Number.parseInt(octal || '0', 8);
  const number = sign === '-' ? 0 - size : size;
  return number >= min && number <= max ? number : undefined;
};

/** The same for a number of so many bits, without a sign. */
export const readUnsigned = (text: string, bits: 8 | 16 | 32): number | undefined =>
  readInteger(text, 0, 2 ** bits - 1);
