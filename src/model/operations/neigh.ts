import type { Device } from '../device.ts';
import { type Edit, namespaceOf, putNamespace } from '../edit.ts';
import { type Found, findDevice } from '../find.ts';
import type { Ip } from '../ip.ts';
import type { Verdict } from '../kinds/kind.ts';
import type { Namespace } from '../network.ts';
import type { OperationOf } from '../operation.ts';
import { refuse } from '../refusal.ts';

type Entry = { readonly device: number; readonly ip: Ip };
const isEntry =
  (device: Device, ip: Ip) =>
  (entry: Entry): boolean =>
    entry.device === device.id && entry.ip === ip;

const onDevice = (
  edit: Edit,
  { at, device: name }: Pick<OperationOf<'neigh.del'>, 'at' | 'device'>,
  act: (device: Device, namespace: Namespace) => Found<Namespace> | Verdict,
): Verdict => {
  const found = findDevice(edit.network, at, name);
  if (!found.ok) return found.error;
  const answer = act(found.value, namespaceOf(edit, at.namespace));
  if (answer === undefined || 'by' in answer) return answer;
  if (!answer.ok) return answer.error;
  putNamespace(edit, answer.value);
  return undefined;
};

const done = (value: Namespace): Found<Namespace> => ({ ok: true, value });

/**
 * `ip neigh add|replace|change` (net/core/neighbour.c:neigh_add). Only entries that no timer removes are held here; the
 * others are for a simulation to hold, and take a held entry's place.
 */
export const neighAdd = (edit: Edit, operation: OperationOf<'neigh.add'>): Verdict =>
  onDevice(edit, operation, (device, namespace) => {
    const { ip, how, state } = operation;
    const old = namespace.neighbours.find(isEntry(device, ip));
    if (how === 'add' && old) return refuse('EEXIST');
    if (how === 'change' && !old) return refuse('ENOENT');
    const mac = operation.mac ?? old?.mac;
    if (!mac && (state === 'permanent' || state === 'noarp' || state === 'reachable' || state === 'stale'))
      return refuse('EINVAL', 'No link layer address given');
    const others = namespace.neighbours.filter((entry) => entry !== old);
    const isHeld = (state === 'permanent' || state === 'noarp') && mac !== undefined;
    return done({
      ...namespace,
      neighbours: isHeld ? [...others, { device: device.id, ip, mac, state }] : others,
    });
  });

/** An entry that a simulation holds is for it to delete. */
export const neighDel = (edit: Edit, operation: OperationOf<'neigh.del'>): Verdict =>
  onDevice(edit, operation, (device, namespace) => {
    const isIt = isEntry(device, operation.ip);
    if (!namespace.neighbours.some(isIt)) return refuse('ENOENT');
    return done({ ...namespace, neighbours: namespace.neighbours.filter((entry) => !isIt(entry)) });
  });

export const proxyAdd = (edit: Edit, operation: OperationOf<'proxy.add'>): Verdict =>
  onDevice(edit, operation, (device, namespace) => {
    if (namespace.proxies.some(isEntry(device, operation.ip))) return undefined;
    return done({ ...namespace, proxies: [...namespace.proxies, { device: device.id, ip: operation.ip }] });
  });

export const proxyDel = (edit: Edit, operation: OperationOf<'proxy.del'>): Verdict =>
  onDevice(edit, operation, (device, namespace) => {
    const isIt = isEntry(device, operation.ip);
    if (!namespace.proxies.some(isIt)) return refuse('ENOENT');
    return done({ ...namespace, proxies: namespace.proxies.filter((entry) => !isIt(entry)) });
  });
