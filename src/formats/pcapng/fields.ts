/** A number in so many bytes, most significant first; or bytes as they are. */
export type Field = readonly [bytes: number, value: number | bigint] | Uint8Array;

export const bytesOf = (fields: readonly Field[]): Uint8Array => {
  const sizes = fields.map((field) => (field instanceof Uint8Array ? field.length : field[0]));
  const whole = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const field of fields) {
    if (field instanceof Uint8Array) whole.set(field, at);
    else {
      let rest = BigInt(field[1]);
      for (let i = field[0] - 1; i >= 0; i--) {
        whole[at + i] = Number(rest & 0xffn);
        rest >>= 8n;
      }
    }
    at += field instanceof Uint8Array ? field.length : field[0];
  }
  return whole;
};

/** The Internet checksum (RFC 1071). */
export const checksum = (bytes: Uint8Array): number => {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += bytes[i]! * 256 + (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return ~sum & 0xffff;
};
