import { fail, ok, type Result } from '../base/result.ts';
import { type Ip, ipv4FromNumber, parseIp } from '../model/ip.ts';
import type { Invocation } from './command.ts';

/** What /etc/hosts tells. There is no other source of names in a simulated network. */
export type Hosts = readonly { readonly ip: Ip; readonly names: readonly string[] }[];

const LOCALHOST = '127.0.0.1 localhost\n';

export const readHosts = async ({ files }: Pick<Invocation, 'files'>): Promise<Hosts> => {
  const read = await files.read('/etc/hosts');
  return (read.ok ? read.value : LOCALHOST).split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const ip = parseIp(address);
    return ip.ok && names.length > 0 ? [{ ip: ip.value, names }] : [];
  });
};

/** The name behind an address, where it has one. */
export const nameOf = (hosts: Hosts, ip: Ip): string | undefined => hosts.find((host) => host.ip === ip)?.names[0];

const part = (text: string): number | undefined => {
  if (/^0x[0-9a-f]+$/i.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8);
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
};

/** inet_aton(3): `10.0.0.2`, but also `10.2`, `0x7f.1`, `167772162`. */
export const inetAton = (text: string): Ip | undefined => {
  const parts = text.split('.').map(part);
  const last = parts.pop();
  if (last === undefined || parts.length > 3 || last >= 256 ** (4 - parts.length)) return undefined;
  let value = last;
  for (const [at, byte] of parts.entries()) {
    if (byte === undefined || byte > 255) return undefined;
    value += byte * 256 ** (3 - at);
  }
  return ipv4FromNumber(value);
};

/** An address and the name that the resolver gives for it (getaddrinfo(3) with AI_CANONNAME), or what gai_strerror(3) says. */
export type Resolved = Result<{ readonly ip: Ip; readonly name: string; readonly scope?: string }, string>;

/** What the resolver would ask a name server for (glibc's res_hnok). */
const HOSTNAME = /^(?=.{1,253}$)[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?(\.[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?)*\.?$/i;

export const resolve = (hosts: Hosts, text: string): Resolved => {
  const v4 = inetAton(text);
  if (v4 !== undefined) return ok({ ip: v4, name: text });
  const [address = '', scope] = text.split('%', 2);
  const v6 = address.includes(':') ? parseIp(address) : undefined;
  if (v6?.ok) return ok({ ip: v6.value, name: text, ...(scope === undefined ? {} : { scope }) });
  const known = hosts.filter(({ names }) => names.some((name) => name.toLowerCase() === text.toLowerCase()));
  const host = known.find(({ ip }) => !ip.includes(':')) ?? known[0];
  if (host) return ok({ ip: host.ip, name: host.names[0] ?? text });
  return fail(HOSTNAME.test(text) ? 'Temporary failure in name resolution' : 'Name or service not known');
};
