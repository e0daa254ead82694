import { addresses4, sameSubnet, subnetAddress } from '../address-routes4.ts';
import { type Address, type Device, isIpvlan } from '../device.ts';
import { changeDevice, type Edit, machineOf, namespaceOf, setRoutes } from '../edit.ts';
import { childrenOf, findDevice } from '../find.ts';
import { deleteAddress4, insertAddress4 } from '../inet4.ts';
import { addresses6, deleteAddress6, insertAddress6, isEnabled6, scope6 } from '../inet6.ts';
import { addressBits, type Cidr, familyOf, type Ip, isLoopbackIp, isMulticastIp, networkOf } from '../ip.ts';
import type { Verdict } from '../kinds/kind.ts';
import type { Route } from '../network.ts';
import type { OperationOf } from '../operation.ts';
import { type Errno, type Refusal, refuse } from '../refusal.ts';
import { canonicalScope, scopeNumber } from '../scope.ts';

type AddrAdd = OperationOf<'addr.add'>;

/** Words that the kernel gave to these refusals in Linux 6.6 and later. */
const explain = (edit: Edit, errno: Errno, words: string): Refusal =>
  edit.network.kernel === '6.1' ? refuse(errno) : refuse(errno, words);

const isLength = ({ address, length }: Cidr): boolean =>
  Number.isInteger(length) && length >= 0 && length <= addressBits(familyOf(address));

const addressOf = (operation: AddrAdd): Address => {
  const { address, peer, scope, broadcast, label, metric, validSeconds, preferredSeconds } = operation;
  const family = familyOf(address.address);
  // iproute2 ip/ipaddress.c:default_scope; the scope of an IPv6 address follows from the address.
  const usual = isLoopbackIp(address.address) ? 'host' : 'global';
  return {
    family,
    local: address.address,
    length: peer?.length ?? address.length,
    ...(peer && peer.address !== address.address ? { peer: peer.address } : {}),
    ...(broadcast === undefined ? {} : { broadcast }),
    scope: family === 4 ? canonicalScope(scope ?? usual) : scope6(address.address),
    ...(label === undefined ? {} : { label }),
    ...(operation.noprefixroute ? { noprefixroute: true } : {}),
    ...(operation.nodad ? { nodad: true } : {}),
    ...(metric ? { metric } : {}),
    ...(validSeconds === undefined ? {} : { validSeconds }),
    ...(preferredSeconds === undefined ? {} : { preferredSeconds }),
  };
};

/** `ip addr add`, `replace`, `change`. */
export const addrAdd = (edit: Edit, operation: AddrAdd): Verdict => {
  const found = findDevice(edit.network, operation.at, operation.device);
  if (!found.ok) return found.error;
  const { address, peer, label, replace = false } = operation;
  if (!isLength(address) || (peer && (!isLength(peer) || familyOf(peer.address) !== familyOf(address.address))))
    return refuse('EINVAL');
  if ((label?.length ?? 0) > 15) return refuse('ERANGE', 'Attribute failed policy validation');
  const entry = addressOf(operation);
  return entry.family === 4 ? add4(edit, found.value, entry, replace) : add6(edit, found.value, entry, replace);
};

/** Of an address that is there only the lifetimes and the metric change, and with it its route's (fib_modify_prefix_metric). */
const update = (edit: Edit, device: Device, old: Address, entry: Address): Verdict => {
  const { validSeconds: _valid, preferredSeconds: _preferred, metric: _metric, ...same } = old;
  const { validSeconds, preferredSeconds, metric } = entry;
  const next: Address = {
    ...same,
    ...(validSeconds === undefined ? {} : { validSeconds }),
    ...(preferredSeconds === undefined ? {} : { preferredSeconds }),
    ...(metric === undefined ? {} : { metric }),
  };
  changeDevice(edit, device, (draft) => {
    draft.addresses = device.addresses.map((one) => (one === old ? next : one));
  });
  const usual = old.family === 4 ? 0 : 256;
  const destination = networkOf({ address: subnetAddress(old), length: old.length });
  const isItsOwn = (route: Route): boolean =>
    route.protocol === 'kernel' &&
    route.device === device.id &&
    route.table === 'main' &&
    route.destination === destination &&
    route.length === old.length &&
    route.metric === (old.metric ?? usual);
  const { routes } = namespaceOf(edit, device.namespace);
  setRoutes(
    edit,
    device.namespace,
    metric === old.metric
      ? routes
      : routes.map((route) => (isItsOwn(route) ? { ...route, metric: metric ?? usual } : route)),
  );
  return undefined;
};

/** net/ipv4/devinet.c:inet_rtm_newaddr, __inet_insert_ifa */
const add4 = (edit: Edit, device: Device, entry: Address, replace: boolean): Verdict => {
  const subnet = addresses4(device).filter((one) => sameSubnet(one, entry));
  const same = subnet.find((one) => one.local === entry.local);
  if (same && replace) return update(edit, device, same, entry);
  // 0.0.0.0 is taken and dropped.
  if (entry.local === '0.0.0.0') return undefined;
  if (same) return explain(edit, 'EEXIST', 'ipv4: Address already assigned');
  if (subnet.some((one) => scopeNumber(one.scope) !== scopeNumber(entry.scope)))
    return explain(edit, 'EINVAL', 'ipv4: Invalid scope value');
  const taken = ipvlanVerdict(edit, device, entry);
  if (taken) return taken;
  insertAddress4(edit, device, entry);
  return undefined;
};

/** Children of one parent share a MAC: an address must be one's alone (ipvlan_main.c:ipvlan_addr4_validator_event). */
const ipvlanVerdict = (edit: Edit, device: Device, entry: Address): Verdict => {
  if (!isIpvlan(device)) return undefined;
  const isSame = (one: Address): boolean => one.family === entry.family && subnetAddress(one) === subnetAddress(entry);
  return childrenOf(machineOf(edit), device.parent).some((child) => isIpvlan(child) && child.addresses.some(isSame))
    ? refuse('EADDRINUSE', 'Address already assigned to an ipvlan device')
    : undefined;
};

/** net/ipv6/addrconf.c:inet6_rtm_newaddr, inet6_addr_add, ipv6_add_addr */
const add6 = (edit: Edit, device: Device, entry: Address, replace: boolean): Verdict => {
  const same = addresses6(device).find((one) => one.local === entry.local);
  if (same && replace) return update(edit, device, same, entry);
  if (same) return explain(edit, 'EEXIST', 'ipv6: address already assigned');
  if (!isEnabled6(device)) return explain(edit, 'EACCES', 'ipv6: IPv6 is disabled on this device');
  if (entry.local === '::') return explain(edit, 'EADDRNOTAVAIL', 'ipv6: Invalid address');
  if (isMulticastIp(entry.local))
    return explain(edit, 'EADDRNOTAVAIL', 'ipv6: Cannot assign multicast address without "IFA_F_MCAUTOJOIN" flag');
  if (entry.local === '::1' && device.kind !== 'loopback')
    return explain(edit, 'EADDRNOTAVAIL', 'ipv6: Cannot assign loopback address on this device');
  const taken = ipvlanVerdict(edit, device, entry);
  if (taken) return taken;
  insertAddress6(edit, device, entry);
  return undefined;
};

/** `ip addr del` (devinet.c:inet_rtm_deladdr, addrconf.c:inet6_addr_del). */
export const addrDel = (edit: Edit, { at, device: name, address, peer, label }: OperationOf<'addr.del'>): Verdict => {
  const found = findDevice(edit.network, at, name);
  if (!found.ok) return found.error;
  const device = found.value;
  if (familyOf(address.address) === 6) return del6(edit, device, address);
  const isWild = address.length === 32 && peer === undefined;
  const matches = (one: Address): boolean =>
    one.local === address.address &&
    (label === undefined || (one.label ?? device.name) === label) &&
    (isWild || (one.length === address.length && isInSubnet(one, peer ?? address.address)));
  const old = addresses4(device).find(matches);
  if (!old) return explain(edit, 'EADDRNOTAVAIL', 'ipv4: Address not found');
  deleteAddress4(edit, device, old);
  return undefined;
};

const isInSubnet = (one: Address, ip: Ip): boolean =>
  sameSubnet(one, { family: 4, local: ip, length: one.length, scope: 'global' });

const del6 = (edit: Edit, device: Device, { address, length }: Cidr): Verdict => {
  const old = addresses6(device).find((one) => one.local === address && one.length === length);
  if (!old) return explain(edit, 'EADDRNOTAVAIL', 'ipv6: address not found');
  deleteAddress6(edit, device, old);
  return undefined;
};
