import type { Brand } from '../base/brand.ts';
import { fail, ok, type Result } from '../base/result.ts';

/** An IP address in canonical text: dotted IPv4, or IPv6 as RFC 5952 writes it. */
export type Ip = Brand<string, 'ip'>;
export type Family = 4 | 6;

/** An address with a prefix length; the bits behind the prefix are kept. */
export type Cidr = { readonly address: Ip; readonly length: number };

export const ANY4 = '0.0.0.0' as Ip;
export const ANY6 = '::' as Ip;

export const familyOf = (ip: Ip): Family => (ip.includes(':') ? 6 : 4);
export const addressBits = (family: Family): number => (family === 4 ? 32 : 128);

export const ipv4Number = (ip: Ip): number => {
  let value = 0;
  for (const part of ip.split('.')) value = value * 256 + Number(part);
  return value;
};

export const ipv4FromNumber = (value: number): Ip =>
  `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}` as Ip;

const ipv6Groups = (text: string): readonly number[] | undefined => {
  let body = text;
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted) {
    const v4 = parseIpv4(dotted[2] ?? '');
    if (!v4.ok) return undefined;
    const value = ipv4Number(v4.value);
    body = `${dotted[1]}${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
  }
  const halves = body.split('::');
  if (halves.length > 2) return undefined;
  const read = (half: string): readonly string[] => (half === '' ? [] : half.split(':'));
  const head = read(halves[0] ?? '');
  const tail = read(halves[1] ?? '');
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(halves.length === 2 ? missing : 0).fill('0'), ...tail];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((g) => Number.parseInt(g, 16))
    : undefined;
};

export const ipv6Number = (ip: Ip): bigint =>
  (ipv6Groups(ip) ?? []).reduce((value, group) => (value << 16n) | BigInt(group), 0n);

/** RFC 5952: the longest run of two or more zero groups becomes `::`, the first of equals. */
export const ipv6FromNumber = (value: bigint): Ip => {
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) {
      start = i;
      length = end - i;
    }
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':') as Ip;
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}` as Ip;
};

export const parseIpv4 = (text: string): Result<Ip, string> => {
  const parts = text.split('.');
  if (parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return ok(parts.map(Number).join('.') as Ip);
  return fail(`"${text}" is not an IPv4 address such as 10.0.0.1`);
};

export const parseIp = (text: string): Result<Ip, string> => {
  if (!text.includes(':')) return parseIpv4(text);
  return ipv6Groups(text) ? ok(ipv6FromNumber(ipv6Number(text as Ip))) : fail(`"${text}" is not an IPv6 address`);
};

/** Reads `10.0.0.1/24` or a bare address, which stands for itself alone. */
export const parseCidr = (text: string): Result<Cidr, string> => {
  const slash = text.indexOf('/');
  const address = parseIp(slash < 0 ? text : text.slice(0, slash));
  if (!address.ok) return address;
  const bits = addressBits(familyOf(address.value));
  const length = slash < 0 ? bits : Number(text.slice(slash + 1));
  if (slash >= 0 && (!/^\d{1,3}$/.test(text.slice(slash + 1)) || length > bits))
    return fail(`"${text}" has no prefix length between 0 and ${bits}`);
  return ok({ address: address.value, length });
};

export const cidrText = ({ address, length }: Cidr): string => `${address}/${length}`;

export const netmask4 = (length: number): number => (length === 0 ? 0 : (-1 << (32 - length)) >>> 0);

/** The address with the bits behind the prefix cleared. */
export const networkOf = ({ address, length }: Cidr): Ip => {
  if (familyOf(address) === 4) return ipv4FromNumber((ipv4Number(address) & netmask4(length)) >>> 0);
  const host = (1n << BigInt(128 - length)) - 1n;
  return ipv6FromNumber(ipv6Number(address) & ~host);
};

export const contains = (prefix: Cidr, ip: Ip): boolean =>
  familyOf(prefix.address) === familyOf(ip) && networkOf({ address: ip, length: prefix.length }) === networkOf(prefix);

export const broadcastOf = ({ address, length }: Cidr): Ip =>
  ipv4FromNumber((ipv4Number(address) | ~netmask4(length)) >>> 0);

const inRange = (text: string) => {
  const cidr = parseCidr(text);
  if (!cidr.ok) throw new Error(cidr.error);
  return (ip: Ip): boolean => contains(cidr.value, ip);
};
const multicast4 = inRange('224.0.0.0/4');
const multicast6 = inRange('ff00::/8');
export const isMulticastIp = (ip: Ip): boolean => (familyOf(ip) === 4 ? multicast4(ip) : multicast6(ip));
export const isLoopbackIp = inRange('127.0.0.0/8');
export const isLinkLocal6 = inRange('fe80::/10');
