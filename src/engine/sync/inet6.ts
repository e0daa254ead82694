import type { Address, Device } from '../../model/device.ts';
import { ipv6Number } from '../../model/ip.ts';
import type { Namespace } from '../../model/network.ts';
import { conf6Of } from '../conf6.ts';
import type { MacAddr } from '../frame.ts';
import { ALL_NODES, ALL_ROUTERS, groupMac6, scopeOf6, solicitedNode } from '../stack/ipv6/address.ts';
import { forgetAddress, startDad } from '../stack/ipv6/dad.ts';
import { compileFib6 } from '../stack/ipv6/fib.ts';
import { reportListeners } from '../stack/ipv6/listeners.ts';
import type { Address6, Inet6, NetDev, Netns, World } from '../world.ts';

const NO_GROUPS: ReadonlySet<never> = new Set<never>();

const addressOf = (address: Address): Address6 => {
  const local = ipv6Number(address.local);
  return {
    local,
    length: address.length,
    scope: scopeOf6(local),
    nodad: address.nodad ?? false,
    advertised: false,
    deprecated: address.preferredSeconds === 0,
    state: address.nodad ? 'ready' : 'new',
    nonce: 0,
    alarm: undefined,
  };
};

/** As a fresh simulation has it. The clock has forgotten its alarms. */
export const restartInet6 = (world: World, dev: NetDev): void => {
  const { inet6 } = dev;
  if (!inet6) return;
  rest(world, inet6);
  inet6.reported = NO_GROUPS;
  for (const address of inet6.addresses) {
    forgetAddress(world, address);
    address.state = address.nodad ? 'ready' : 'new';
  }
};

/** Goes quiet: the device went down, away, or has IPv6 no longer (net/ipv6/addrconf.c:addrconf_ifdown). */
const rest = (world: World, inet6: Inet6): void => {
  for (const alarm of [inet6.reports, inet6.solicitation]) if (alarm) world.clock.cancel(alarm);
  inet6.reports = undefined;
  inet6.solicitation = undefined;
  inet6.ready = false;
  inet6.advertised = false;
};

export const dropInet6 = (world: World, dev: NetDev): void => {
  if (!dev.inet6) return;
  rest(world, dev.inet6);
  for (const address of dev.inet6.addresses) forgetAddress(world, address);
  dev.inet6 = undefined;
};

/** Copies what the model says of IPv6; addresses that stay keep what was found out about them. */
export const syncInet6 = (world: World, dev: NetDev, namespace: Namespace, device: Device): void => {
  if ((device.conf6['disable_ipv6'] ?? 0) !== 0) return dropInet6(world, dev);
  const conf = conf6Of(namespace, device);
  dev.inet6 ??= {
    conf,
    ready: false,
    addresses: [],
    groups: NO_GROUPS,
    reported: NO_GROUPS,
    reports: undefined,
    solicitation: undefined,
    advertised: false,
  };
  const { inet6 } = dev;
  inet6.conf = conf;
  const known = new Map(inet6.addresses.map((address) => [address.local, address]));
  const given = device.addresses
    .filter(({ family }) => family === 6)
    .map((address) => known.get(ipv6Number(address.local)) ?? addressOf(address));
  const kept = dev.up ? inet6.addresses.filter((address) => address.advertised && !given.includes(address)) : [];
  inet6.addresses = [...kept, ...given];
  for (const address of known.values()) if (!inet6.addresses.includes(address)) forgetAddress(world, address);
  inet6.groups = groupsOf(dev, inet6, namespace);
  if (dev.up) return;
  rest(world, inet6);
  dev.ns.inet6.advertised = dev.ns.inet6.advertised.filter(({ device: id }) => id !== dev.id);
};

/**
 * What a device listens to: all nodes, those whose address ends like one of its own or one that it answers for, and all
 * routers if it is one (net/ipv6/addrconf.c:addrconf_join_solict, ndisc.c:pndisc_constructor).
 */
export const groupsOf = (
  dev: NetDev,
  { addresses, conf, groups }: Inet6,
  { proxies }: Namespace,
): ReadonlySet<bigint> => {
  const own = dev.noarp || dev.loopback ? [] : addresses.map(({ local }) => local);
  const proxied = proxies
    .filter(({ device, ip }) => device === dev.id && ip.includes(':'))
    .map(({ ip }) => ipv6Number(ip));
  const asked = [...own, ...proxied].map(solicitedNode);
  const wanted = new Set([ALL_NODES, ...asked, ...(conf.forwarding ? [ALL_ROUTERS] : [])]);
  const same = wanted.size === groups.size && [...wanted].every((group) => groups.has(group));
  return same ? groups : wanted;
};

/** Tells each device the groups of those that stand on it (net/core/dev_addr_lists.c:dev_mc_sync). */
export const joinGroups = (devices: readonly NetDev[]): void => {
  for (const dev of devices) dev.groups = NO_GROUPS;
  for (const dev of devices) {
    if (!dev.inet6 || !dev.up) continue;
    const groups = [...dev.inet6.groups].map(groupMac6);
    for (let on: NetDev | undefined = dev; on; on = on.parent) on.groups = new Set<MacAddr>([...on.groups, ...groups]);
  }
};

/** A device that has come to run checks its addresses and says what it listens to (addrconf.c:addrconf_notify). */
export const settleInet6 = (world: World, dev: NetDev): void => {
  const { inet6 } = dev;
  if (!inet6) return;
  if (dev.up && dev.carrier) inet6.ready = true;
  if (!inet6.ready) return;
  if (world.settled) {
    for (const address of inet6.addresses) address.state = 'ready';
    return;
  }
  for (const address of inet6.addresses) startDad(world, dev, address);
  if (inet6.reported === inet6.groups) return;
  inet6.reported = inet6.groups;
  reportListeners(world, dev);
};

const isSet = (namespace: Namespace, key: string): boolean => (namespace.sysctls[key] ?? '0') !== '0';

export const finishInet6 = (
  { inet6 }: Netns,
  namespace: Namespace,
  deviceOf: (id: number) => NetDev | undefined,
): void => {
  const all = [...namespace.routes, ...inet6.advertised];
  inet6.fib = compileFib6(all, deviceOf);
  const routes = new Set(all);
  for (const [destination, { route }] of inet6.exceptions) if (!routes.has(route)) inet6.exceptions.delete(destination);
  inet6.proxies.clear();
  for (const { device, ip } of namespace.proxies) {
    const dev = deviceOf(device);
    if (!dev || !ip.includes(':')) continue;
    const address = ipv6Number(ip);
    inet6.proxies.set(address, [...(inet6.proxies.get(address) ?? []), dev]);
  }
  inet6.forwarding = (namespace.conf.all6['forwarding'] ?? 0) !== 0;
  inet6.ignoreEcho = isSet(namespace, 'net.ipv6.icmp.echo_ignore_all');
  inet6.ignoreMulticastEcho = isSet(namespace, 'net.ipv6.icmp.echo_ignore_multicast');
};
