import { ipv4Number } from '../../model/ip.ts';
import type { Machine, Namespace } from '../../model/network.ts';
import { MILLISECOND, SECOND } from '../event.ts';
import { compileFib } from '../stack/fib.ts';
import { syncStaticNeighbours } from '../stack/neighbour.ts';
import type { NetDev, World } from '../world.ts';
import { finishInet6 } from './inet6.ts';
import { deviceKey, namespaceKey } from './keys.ts';

export const syncNamespace = (world: World, machine: Machine, namespace: Namespace): void => {
  const key = namespaceKey(machine.name, namespace.name);
  const known = world.namespaces.get(key);
  if (known) {
    known.namespace = namespace;
    return;
  }
  world.namespaces.set(key, {
    key,
    machine: machine.name,
    namespace,
    devices: [],
    loopback: undefined,
    local4: new Map(),
    fib: [],
    lookups: new Map(),
    routes: new Map(),
    exceptions: new Map(),
    pathMtus: new Map(),
    peers: new Map(),
    proxies: new Map(),
    assemblies: new Map(),
    sockets: [],
    defaultTtl: 64,
    ignoreBroadcastEcho: true,
    ignoreEcho: false,
    icmpRateLimit: SECOND,
    inet6: {
      fib: [],
      advertised: [],
      exceptions: new Map(),
      pathMtu: new Map(),
      peers: new Map(),
      proxies: new Map(),
      assemblies: new Map(),
      sockets: [],
      forwarding: false,
      ignoreEcho: false,
      ignoreMulticastEcho: false,
    },
  });
};

const flag = (value: string | undefined, fallback: boolean): boolean =>
  value === undefined ? fallback : value !== '0';

export const finishNamespace = (world: World, machine: Machine, namespace: Namespace): void => {
  const ns = world.namespaces.get(namespaceKey(machine.name, namespace.name))!;
  const find = (id: number): NetDev | undefined => world.devices.get(deviceKey(machine.name, id));
  ns.devices.sort((a, b) => a.ifindex - b.ifindex);
  ns.loopback = ns.devices.find((dev) => dev.loopback);
  ns.local4 = new Map(ns.devices.flatMap((dev) => dev.addresses4.map((address) => [address.local, dev] as const)));
  ns.fib = compileFib(namespace.routes, { deviceOf: find, isLocal: (ip) => ns.local4.has(ip) });
  ns.lookups.clear();
  ns.routes.clear();
  const routes = new Set(namespace.routes);
  for (const [destination, exception] of ns.exceptions)
    if (!routes.has(exception.route)) ns.exceptions.delete(destination);
  ns.proxies.clear();
  for (const { device, ip } of namespace.proxies) {
    const dev = find(device);
    const address = ip.includes(':') ? undefined : ipv4Number(ip);
    if (dev && address !== undefined) ns.proxies.set(address, [...(ns.proxies.get(address) ?? []), dev]);
  }
  finishInet6(ns, namespace, find);
  syncStaticNeighbours(world, ns, find);
  ns.defaultTtl = Number(namespace.sysctls['net.ipv4.ip_default_ttl'] ?? 64);
  ns.ignoreBroadcastEcho = flag(namespace.sysctls['net.ipv4.icmp_echo_ignore_broadcasts'], true);
  ns.icmpRateLimit = Number(namespace.sysctls['net.ipv4.icmp_ratelimit'] ?? 1000) * MILLISECOND;
  ns.ignoreEcho = flag(namespace.sysctls['net.ipv4.icmp_echo_ignore_all'], false);
};
