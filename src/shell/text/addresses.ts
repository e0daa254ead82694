import type { Cidr, Family, Ip } from '../../model/ip.ts';
import { addressBits, familyOf, parseIp } from '../../model/ip.ts';
import { readInteger } from './numbers.ts';

/** lib/utils.c:get_addr_ipv4: `10.8` is 10.8.0.0, and every part may be octal or hexadecimal. */
export const readIpv4 = (text: string): readonly number[] | undefined => {
  const parts = text.split('.').map((part) => readInteger(part, 0, 255));
  if (parts.length > 4) return undefined;
  const bytes = parts.filter((part) => part !== undefined);
  return bytes.length === parts.length ? [...bytes, 0, 0, 0].slice(0, 4) : undefined;
};

/** An address of that family, or of either. */
export const readIp = (text: string, family?: Family): Ip | undefined => {
  const colon = text.includes(':');
  if (family !== undefined && (family === 6) !== colon) return undefined;
  if (!colon) return readIpv4(text)?.join('.') as Ip | undefined;
  const parsed = parseIp(text);
  return parsed.ok ? parsed.value : undefined;
};

const maskLength = (text: string): number | undefined => {
  const bytes = readIpv4(text);
  const bits = bytes?.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits !== undefined && /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined;
};

export type Prefix = Cidr & { readonly lengthGiven: boolean };

/** lib/utils.c:get_prefix_1: an address, and behind a slash a length or a netmask. */
export const readPrefix = (text: string, family?: Family): Prefix | undefined => {
  const slash = text.indexOf('/');
  const address = readIp(slash < 0 ? text : text.slice(0, slash), family);
  if (address === undefined) return undefined;
  const bits = addressBits(familyOf(address));
  if (slash < 0) return { address, length: bits, lengthGiven: false };
  const behind = text.slice(slash + 1);
  const length = readInteger(behind, 0, 2 ** 32 - 1) ?? maskLength(behind);
  return length !== undefined && length <= bits ? { address, length, lengthGiven: true } : undefined;
};

const FAMILY_NAMES = { 4: 'inet', 6: 'inet6' } as const;
export const familyName = (family: Family): string => FAMILY_NAMES[family];
/** How the complaints about a prefix or an address name what they wanted. */
export const wantedFamily = (family: Family | undefined): string =>
  family === undefined ? 'any valid' : familyName(family);
