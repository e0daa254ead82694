import { fail, ok, type Result } from '../../../base/result.ts';
import type { Mac } from '../../../model/mac.ts';
import { readIpv4 } from '../../text/addresses.ts';
import { failure, type Outcome } from './outcome.ts';

const LONGEST = 32;
const invalid = (word: string): Outcome => failure(`"${word}" is invalid lladdr.\n`);

/** lib/ll_addr.c:ll_addr_a2n: bytes in hexadecimal between colons, as many as there are; or an IPv4 address. */
export const hardwareAddress = (word: string): Result<readonly number[], Outcome> => {
  if (word.includes('.')) {
    const bytes = readIpv4(word);
    return bytes ? ok(bytes) : fail(invalid(word));
  }
  const bytes: number[] = [];
  for (const part of word.split(':').slice(0, LONGEST)) {
    const hex = /^\s*\+?(?:0x)?([0-9a-f]+)/i.exec(part)?.[1];
    const byte = hex === undefined ? 256 : Number.parseInt(hex, 16);
    if (byte > 255) return fail(invalid(part));
    bytes.push(byte);
  }
  return ok(bytes);
};

export const macOf = (bytes: readonly number[]): Mac | undefined =>
  bytes.length === 6 ? (bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':') as Mac) : undefined;
