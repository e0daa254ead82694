import { fail, ok, type Result } from '../../../base/result.ts';
import type { Simulation } from '../../../engine/simulation.ts';
import { findDevice } from '../../../model/find.ts';
import { ANY4, ANY6, type Family, familyOf, type Ip, isLinkLocal6, isMulticastIp } from '../../../model/ip.ts';
import type { Place } from '../../../model/network.ts';
import { STRERROR } from '../../../model/refusal.ts';
import type { Output } from '../../command.ts';
import type { Hosts } from '../../names.ts';
import type { Asked, PingOptions } from './options.ts';
import { findTarget, type Target } from './target.ts';
import { USAGE } from './usage.ts';

/** A ping that is ready to send. */
export type Session = {
  readonly options: PingOptions;
  readonly at: Place;
  readonly hosts: Hosts;
  readonly name: string;
  readonly to: Ip;
  readonly family: Family;
  /** Look names up for addresses. */
  readonly named: boolean;
  /** Many may answer: another address, or one more reply, is nothing special. */
  readonly multicast: boolean;
  /** The device that packets leave by, and the address that the socket is bound to. */
  readonly device?: string;
  readonly source?: Ip;
  /** What has been said so far. */
  readonly stdout: string;
  readonly stderr: string;
};

const LOOPBACK = '127.0.0.1' as Ip;
const INT_MAX = 2 ** 31 - 1;

type Said = { stdout: string; stderr: string };

/** The steps before the first packet (ping.c:main, ping4_run): what they find, and what goes wrong. */
export const open = (asked: Asked, hosts: Hosts, at: Place, simulation: Simulation): Result<Session, Output> => {
  const { options } = asked;
  const said: Said = { stdout: '', stderr: options.warnings };
  const give = (stderr: string) => fail({ ...said, stderr: said.stderr + stderr, exit: 2 });
  const patternFault = fillPattern(options, said);
  if (patternFault !== undefined) return give(patternFault);
  if (options.verbose) said.stderr += socketsLine(options);
  const target = findTarget(asked, hosts);
  if (!target.ok) return give(target.error);
  const { family, scope, name, literal } = target.value;
  if (options.verbose) said.stdout += `ai->ai_family: AF_INET${family === 6 ? '6' : ''}, ai->ai_canonname: '${name}'\n`;
  if (scope !== undefined && !findDevice(simulation.network(), at, scope).ok)
    return give(`ping: ${name}: Name or service not known\n`);
  const source = findSource(options, target.value, at, simulation, said);
  if (!source.ok) return give(source.error);
  const to = target.value.ip === ANY4 ? source.value : target.value.ip;
  const fault = socketFault(options, target.value, options.source === undefined || isOwn(simulation, at, source.value));
  if (fault !== undefined) return give(fault);
  if (preloadIsMuch(options, family)) said.stderr += 'ping: WARNING: probably, rcvbuf is not enough to hold preload\n';
  said.stdout += headline(options, name, `${to}${scope === undefined ? '' : `%${scope}`}`, source.value);
  if (options.interval >= Math.trunc(INT_MAX / options.preload))
    return give(`ping: illegal preload and/or interval: ${options.interval}\n`);
  const device = options.device || scope;
  return ok({
    ...{ options, at, hosts, name, to, family },
    named: !options.numeric && !literal,
    multicast: options.broadcast || isMulticastIp(to),
    ...(device ? { device } : {}),
    ...(options.source === undefined || options.source === ANY4 ? {} : { source: options.source }),
    ...said,
  });
};

/** What the kernel refuses to set on the socket. */
const socketFault = ({ ttl }: PingOptions, { family, stations }: Target, isOurs: boolean): string | undefined => {
  if (!isOurs) return `ping: bind${family === 6 ? ' icmp socket' : ''}: Cannot assign requested address\n`;
  if (stations.length > 0) return 'ping: record route: Operation not permitted\n';
  return ttl === 0 && family === 4 ? 'ping: cannot set unicast time-to-live: Invalid argument\n' : undefined;
};

/** -p (ping_common.c:fill). */
const fillPattern = ({ pattern, quiet }: PingOptions, said: Said): string | undefined => {
  if (pattern === undefined) return undefined;
  const odd = pattern.search(/[^\da-f]/i);
  if (odd >= 0) return `ping: patterns must be specified as hex digits: ${pattern.slice(odd)}\n`;
  const bytes = (pattern.match(/..?/g) ?? []).slice(0, 16).map((byte) => byte.toLowerCase().padStart(2, '0'));
  if (!quiet) said.stdout += `PATTERN: 0x${bytes.join('')}\n`;
  return undefined;
};

const socketsLine = ({ family, ident }: PingOptions): string => {
  const warning = ident === 0 ? 'ping: WARNING: ident 0 => forcing raw socket\n' : '';
  const sockets = {
    '4': 'sock4.fd: 3 (socktype: SOCK_RAW), sock6.fd: -1 (socktype: 0), hints.ai_family: AF_INET',
    '6': 'sock4.fd: -1 (socktype: 0), sock6.fd: 3 (socktype: SOCK_RAW), hints.ai_family: AF_INET6',
    both: 'sock4.fd: 3 (socktype: SOCK_RAW), sock6.fd: 4 (socktype: SOCK_RAW), hints.ai_family: AF_UNSPEC',
  }[family ?? 'both'];
  return `${warning}ping: ${sockets}\n\n`;
};

/** The address that packets will come from: the one given, or the one that connect(2) finds. */
const findSource = (
  options: PingOptions,
  target: Target,
  at: Place,
  simulation: Simulation,
  said: Said,
): Result<Ip, string> => {
  if (target.stations.length > 8) return fail(USAGE);
  const { device, source } = options;
  if (device && !findDevice(simulation.network(), at, device).ok)
    return fail(
      isMulticastIp(target.ip) || target.family === 6
        ? `ping: unknown iface: ${device}\n`
        : `ping: SO_BINDTODEVICE ${device}: No such device\n`,
    );
  if (source !== undefined && source !== ANY4) return ok(source);
  const first = target.stations[0] ?? target.ip;
  const found = connect(options, first === ANY4 ? LOOPBACK : first, at, simulation, said);
  if (found.ok && device !== undefined && !isOn(simulation, at, device, found.value))
    said.stderr += `ping: Warning: source address might be selected on device other than: ${device}\n`;
  return found;
};

const connect = (
  { device, broadcast }: PingOptions,
  to: Ip,
  at: Place,
  simulation: Simulation,
  said: Said,
): Result<Ip, string> => {
  // To an address of one link ping connects with no family, which is to say not at all (ping6_common.c:ping6_run).
  if (isOfOneLink(to)) return ok(ANY6);
  const bound = { at, family: familyOf(to), ...(device ? { device } : {}) };
  const probe = simulation.icmpSocket({ ...bound, receive: () => undefined });
  let found = probe.connect(to, { broadcast: false });
  const refused = 'errno' in found && found.errno === 'EACCES';
  if (refused && broadcast) {
    said.stderr += 'WARNING: pinging broadcast address\n';
    found = probe.connect(to, { broadcast: true });
  }
  probe.close();
  if (!('errno' in found)) return ok(found.source);
  if (refused && !broadcast)
    return fail('ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n');
  return fail(`ping: connect: ${STRERROR[found.errno]}\n`);
};

/** Link-local, a single host's or a group's (IN6_IS_ADDR_LINKLOCAL, IN6_IS_ADDR_MC_LINKLOCAL). */
const isOfOneLink = (ip: Ip): boolean => isLinkLocal6(ip) || /^ff.2:/.test(ip);

/** Whether a device has the address (getifaddrs(3)). */
const isOn = (simulation: Simulation, at: Place, name: string, ip: Ip): boolean => {
  const device = findDevice(simulation.network(), at, name);
  return device.ok && device.value.addresses.some(({ local }) => local === ip);
};

/** Whether a raw socket may be bound to the address (net/ipv4/raw.c:raw_bind). */
const isOwn = (simulation: Simulation, at: Place, ip: Ip): boolean => {
  if (ip === ANY4 || ip === ANY6 || isMulticastIp(ip)) return true;
  const { type } = simulation.routeGet(at, { to: ip });
  return type === 'local' || type === 'broadcast';
};

/** Twice net.core.rmem_max, which is what the kernel makes of a large receive buffer at most. */
const LARGEST_BUFFER = 2 * 212_992;

/** ping_common.c:sock_setbufs, with what ping thinks that a packet takes. */
const preloadIsMuch = ({ bytes, preload }: PingOptions, family: Family): boolean => {
  const data = bytes + 8;
  return (data + Math.trunc((data + 511) / 512) * (family === 6 ? 280 : 260)) * preload > LARGEST_BUFFER;
};

const headline = ({ bytes, device, source }: PingOptions, name: string, to: string, from: Ip): string => {
  const bound = device === undefined && source === undefined ? '' : `from ${from} ${device ?? ''}: `;
  return to.includes(':')
    ? `PING ${name}(${to}) ${bound}${bytes} data bytes\n`
    : `PING ${name} (${to}) ${bound}${bytes}(${bytes + 28}) bytes of data.\n`;
};
