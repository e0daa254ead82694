import { fail, ok, type Result } from '../../../base/result.ts';
import type { IpAddr } from '../../../engine/frame.ts';
import { familyOf, type Ip, ipv4Number, ipv6Number, netmask4, parseIp } from '../../../model/ip.ts';
import { type Hosts, resolve } from '../../names.ts';

const TOKEN = /\s*(&&|\|\||!=|==|<=|>=|[()[\]!<>=&|]|[^\s()[\]!<>=&|]+)/y;

/** The words of a filter; nothing where something is no word at all. */
export const tokensOf = (text: string): readonly string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) tokens.push(found[1] ?? '');
  return tokens;
};

/** A number as the filter language writes it. */
export const readNumber = (text: string): number | undefined =>
  /^(0x[\da-f]+|\d+)$/i.test(text) ? Number(text) : undefined;

export type Range = (ip: IpAddr) => boolean;

const within4 =
  (value: number, mask: number): Range =>
  (ip) =>
    typeof ip === 'number' && (ip & mask) >>> 0 === value;

const within6 = (value: bigint, length: number): Range => {
  const shift = 128n - BigInt(length);
  return (ip) => typeof ip === 'bigint' && ip >> shift === value >> shift;
};

/** `10`, `10.0`, `10.0.0.1`: as many bytes as are written (libpcap gencode.c:gen_ncode). */
const dotted = (text: string): { readonly value: number; readonly length: number } | undefined => {
  const parts = text.split('.').map(Number);
  if (!/^\d+(\.\d+){0,3}$/.test(text) || parts.some((part) => part > 255)) return undefined;
  const value = [...parts, 0, 0, 0].slice(0, 4).reduce((all, part) => all * 256 + part, 0);
  return { value, length: 8 * parts.length };
};

/** What stands behind `host`. */
export const hostRange = (text: string, hosts: Hosts): Result<Range, string> => {
  const short = dotted(text);
  if (short) return ok(within4(short.value, netmask4(short.length)));
  if (/^\d+(\.\d+){3}$/.test(text)) return fail(`invalid IPv4 address '${text}'`);
  const found = /^[\d.]+$/.test(text) ? undefined : resolve(hosts, text);
  if (!found?.ok) return fail(`unknown host '${text}'`);
  return ok(exactly(found.value.ip));
};

const exactly = (ip: Ip): Range =>
  familyOf(ip) === 4 ? within4(ipv4Number(ip), 0xffff_ffff) : within6(ipv6Number(ip), 128);

/** What stands behind `net`, with the mask that may follow. */
export const netRange = (text: string, mask: string | undefined): Result<Range, string> => {
  const [address = '', bits] = text.split('/');
  const written = mask === undefined ? text : `${text} mask ${mask}`;
  const length = bits === undefined ? undefined : readNumber(bits);
  if (bits !== undefined && length === undefined) return fail("can't parse filter expression: syntax error");
  const v6 = address.includes(':') ? parseIp(address) : undefined;
  if (v6?.ok) {
    if ((length ?? 128) > 128) return fail('mask length must be <= 128');
    return ok(within6(ipv6Number(v6.value), length ?? 128));
  }
  const short = dotted(address);
  if (!short)
    return fail(/^[\d.]+$/.test(address) ? `invalid IPv4 address '${address}'` : `unknown network '${address}'`);
  if ((length ?? 0) > 32) return fail('mask length must be <= 32');
  const given = mask === undefined ? undefined : dotted(mask);
  const bitmask = given ? given.value : netmask4(length ?? short.length);
  if ((short.value & bitmask) >>> 0 !== short.value) return fail(`non-network bits set in "${written}"`);
  return ok(within4(short.value, bitmask));
};
