import type { Address, Device } from './device.ts';
import { broadcastOf, contains, type Ip, ipv4FromNumber, ipv4Number, networkOf } from './ip.ts';
import type { Route } from './network.ts';

/** The address by which an entry's subnet is known: the far end of a point-to-point one (ifa_address). */
export const subnetAddress = (address: Address): Ip => address.peer ?? address.local;

export const addresses4 = (device: Device): readonly Address[] =>
  device.addresses.filter((address) => address.family === 4);

export const sameSubnet = (a: Address, b: Address): boolean =>
  a.length === b.length && contains({ address: subnetAddress(a), length: a.length }, subnetAddress(b));

const primaryFor = (device: Device, address: Address): Address =>
  address.secondary
    ? (addresses4(device).find((one) => !one.secondary && sameSubnet(one, address)) ?? address)
    : address;

const kernelRoute = (device: Device, prime: Address): Omit<Route, 'table' | 'type' | 'destination' | 'length'> => ({
  family: 4,
  device: device.id,
  source: prime.local,
  metric: 0,
  scope: 'link',
  protocol: 'kernel',
});

const localRoute = (device: Device, prime: Address, ip: Ip): Route => ({
  ...kernelRoute(device, prime),
  table: 'local',
  type: 'local',
  destination: ip,
  length: 32,
  scope: 'host',
});
const broadcastRoute = (device: Device, prime: Address, ip: Ip): Route => ({
  ...kernelRoute(device, prime),
  table: 'local',
  type: 'broadcast',
  destination: ip,
  length: 32,
});
export const connectedRoute = (device: Device, prime: Address, address: Address): Route => {
  const destination = networkOf({ address: subnetAddress(address), length: address.length });
  const common = { ...kernelRoute(device, prime), destination, length: address.length, metric: address.metric ?? 0 };
  return device.kind === 'loopback'
    ? { ...common, table: 'local', type: 'local', scope: 'host' }
    : { ...common, table: 'main', type: 'unicast' };
};

/** A /32 without a far end, and 0.0.0.0/8, have no subnet to be connected to. */
export const hasSubnet = (address: Address): boolean => {
  const prefix = networkOf({ address: subnetAddress(address), length: address.length });
  const isZeronet = ipv4Number(prefix) >>> 24 === 0;
  return !isZeronet && (prefix !== address.local || address.length < 32);
};

export const broadcastsOf = (address: Address): readonly Ip[] => {
  const subnet = { address: subnetAddress(address), length: address.length };
  const own =
    address.broadcast !== undefined && address.broadcast !== ipv4FromNumber(0xffffffff) ? [address.broadcast] : [];
  return hasSubnet(address) && address.length < 31 ? [...own, broadcastOf(subnet)] : own;
};

/** The routes that an address brings: its own even while the device is down (net/ipv4/fib_frontend.c:fib_add_ifaddr). */
export const routesOf = (device: Device, address: Address): readonly Route[] => {
  const prime = primaryFor(device, address);
  const local = localRoute(device, prime, address.local);
  if (!device.up) return [local];
  const broadcasts = broadcastsOf(address).map((ip) => broadcastRoute(device, prime, ip));
  const connects = hasSubnet(address) && !address.secondary && !address.noprefixroute;
  return connects ? [local, connectedRoute(device, prime, address), ...broadcasts] : [local, ...broadcasts];
};
