import { apply, applyAll } from '../../src/model/apply.ts';
import type { Device, NamespaceName } from '../../src/model/device.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import { findDevice, findNamespace } from '../../src/model/find.ts';
import { type Cidr, type Ip, parseCidr, parseIp } from '../../src/model/ip.ts';
import { type Mac, parseMac } from '../../src/model/mac.ts';
import type { MachineName, Network, Place, Route } from '../../src/model/network.ts';
import { ROOT } from '../../src/model/network.ts';
import type { KindOptions, LinkAttributes, LinkChanges, Operation, RouteSpec } from '../../src/model/operation.ts';
import { refusalLine } from '../../src/model/refusal.ts';

export const HOST = 'host' as MachineName;
export const at = (namespace: string = ROOT): Place => ({ machine: HOST, namespace: namespace as NamespaceName });

const must = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
export const mac = (text: string): Mac => must(parseMac(text));
export const ip = (text: string): Ip => must(parseIp(text));
export const cidr = (text: string): Cidr => must(parseCidr(text));

export const netns = (name: string): Operation => ({ op: 'netns.add', at: at(), name });
export const add = (
  name: string,
  options: KindOptions,
  more: { link?: string; attributes?: LinkAttributes; in?: string } = {},
): Operation => ({
  op: 'link.add',
  at: at(more.in),
  name,
  options,
  ...(more.link === undefined ? {} : { link: more.link }),
  ...(more.attributes === undefined ? {} : { attributes: more.attributes }),
});
export const set = (device: string, changes: LinkChanges, namespace?: string): Operation => ({
  op: 'link.set',
  at: at(namespace),
  device,
  changes,
});
export const del = (device: string, namespace?: string): Operation => ({ op: 'link.del', at: at(namespace), device });
export const up = (device: string, namespace?: string): Operation => set(device, { up: true }, namespace);
export const down = (device: string, namespace?: string): Operation => set(device, { up: false }, namespace);
export const addr = (text: string, device: string, namespace?: string): Operation => ({
  op: 'addr.add',
  at: at(namespace),
  device,
  address: cidr(text),
});
export const addrDel = (text: string, device: string, namespace?: string): Operation => ({
  op: 'addr.del',
  at: at(namespace),
  device,
  address: cidr(text),
});
export const route = (
  route: RouteSpec,
  how: 'add' | 'append' | 'prepend' | 'change' | 'replace' = 'add',
): Operation => ({
  op: 'route.add',
  at: at(),
  how,
  route,
});
export const sysctl = (key: string, value: string, namespace?: string): Operation => ({
  op: 'sysctl.set',
  at: at(namespace),
  key,
  value,
});

/** A veth pair whose two ends are up, `eth0` with a known address. */
export const pair: readonly Operation[] = [
  add(
    'eth0',
    { kind: 'veth', peer: { name: 'p0', mac: mac('02:00:00:00:00:02') } },
    { attributes: { mac: mac('02:00:00:00:00:01') } },
  ),
  up('eth0'),
  up('p0'),
];

/** The network after operations that all succeed. */
export const built = (operations: readonly Operation[], from: Network = emptyNetwork({ kernel: '6.18' })): Network => {
  const { network, refusal, done } = applyAll(from, operations);
  if (refusal) throw new Error(`operation ${done}: ${refusalLine(refusal)}`);
  return network;
};
/** What `ip` says to one more operation; nothing where it succeeds. */
export const answer = (network: Network, operation: Operation): string => {
  const { refusal } = apply(network, operation);
  return refusal ? refusalLine(refusal) : '';
};
export const device = (network: Network, name: string, namespace?: string): Device =>
  must(findDevice(network, at(namespace), name));

const routeText = (network: Network, one: Route): string => {
  const name = one.device === undefined ? '' : ` dev ${network.machines[HOST]?.devices[one.device]?.name}`;
  const type = one.type === 'unicast' ? '' : `${one.type} `;
  const via = one.via === undefined ? '' : ` via ${one.via}`;
  const source = one.source === undefined ? '' : ` src ${one.source}`;
  return `${type}${one.destination}/${one.length}${via}${name}${source}`;
};
export const routes = (network: Network, table: Route['table'] = 'main', namespace: string = ROOT): readonly string[] =>
  must(findNamespace(network, at(namespace)))
    .routes.filter((one) => one.table === table)
    .map((one) => routeText(network, one));
