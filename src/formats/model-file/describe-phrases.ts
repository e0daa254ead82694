import type { Address, Bridge, Device } from '../../model/device.ts';
import { devicesIn } from '../../model/find.ts';
import { contains } from '../../model/ip.ts';
import type { Machine, Namespace, Route } from '../../model/network.ts';
import { addressWords } from '../phrases/address.ts';
import { fdbWords } from '../phrases/bridge.ts';
import { neighbourWords } from '../phrases/neighbour.ts';
import { routeWords } from '../phrases/route.ts';
import { addressPhrase } from '../script/address-phrase.ts';
import { routeSpec } from '../script/route-spec.ts';

/** An entry for untagged frames is made for all VLANs of its port along with it. What may age is no configuration. */
export const fdbTexts = (machine: Machine, { fdb }: Bridge): string[] =>
  fdb
    .filter(({ state }) => state !== 'dynamic')
    .filter(({ mac, vlan }) => vlan === 0 || !fdb.some((other) => other.mac === mac && other.vlan === 0))
    .map(({ vlan, device, ...entry }) =>
      fdbWords({ ...entry, device: machine.devices[device]!.name, ...(vlan === 0 ? {} : { vlan }) }).join(' '),
    );

/** What devices have by themselves once they are up is not said. */
export const addressTexts = (device: Device): string[] => {
  const isOwn = (one: Address): boolean =>
    one.protocol !== undefined || (device.kind === 'loopback' && one.local === '127.0.0.1' && device.up);
  const given = device.addresses.filter((one) => !isOwn(one));
  const inOrder = [...given.filter((one) => one.family === 4), ...given.filter((one) => one.family === 6).toReversed()];
  return inOrder.map((one) => addressWords(addressPhrase(one)).join(' '));
};

const keyOf = ({ family, table, destination, length, metric, tos = 0 }: Route): string =>
  [family, table, destination, length, metric, tos].join(' ');

/**
 * The kernel's own routes come with the addresses. Those that stand before one, or took its place, are said last: others
 * may have needed it.
 */
export const routeTexts = (machine: Machine, { name, routes }: Namespace): string[] => {
  const added: string[] = [];
  const instead: string[] = [];
  for (const [i, route] of routes.entries()) {
    if (route.protocol === 'kernel') continue;
    const words = routeWords(routeSpec(route, (id) => machine.devices[id]!.name)).join(' ');
    if (routes.slice(0, i).some((other) => keyOf(other) === keyOf(route))) added.push(`append ${words}`);
    else if (routes.slice(i).some((other) => other.protocol === 'kernel' && keyOf(other) === keyOf(route)))
      instead.push(`prepend ${words}`);
    else if (isInsteadOfKernels(devicesIn(machine, name), routes, route)) instead.push(`replace ${words}`);
    else added.push(words);
  }
  return [...added, ...instead];
};

/** The kernel makes a route for the subnet of an address, which is not there: somebody put this one in its place. */
const isInsteadOfKernels = (devices: readonly Device[], routes: readonly Route[], route: Route): boolean =>
  route.table === 'main' &&
  devices.some((device) => device.up && device.addresses.some((one) => isSubnet(one, route))) &&
  !routes.some((other) => other.protocol === 'kernel' && keyOf(other) === keyOf(route));

const isSubnet = ({ family, local, peer = local, length, metric }: Address, route: Route): boolean =>
  length === route.length &&
  (metric ?? (family === 6 ? 256 : 0)) === route.metric &&
  contains({ address: route.destination, length }, peer);

export const neighbourTexts = (machine: Machine, { neighbours, proxies }: Namespace): string[] => {
  const name = (id: number): string => machine.devices[id]!.name;
  return [
    ...neighbours.map((one) => neighbourWords({ ...one, proxy: false, device: name(one.device) }).join(' ')),
    ...proxies.map((one) => neighbourWords({ ...one, proxy: true, device: name(one.device) }).join(' ')),
  ];
};
