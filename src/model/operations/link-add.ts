import { fail, ok } from '../../base/result.ts';
import { mtuRangeVerdict, settleBridge } from '../attributes.ts';
import { joinBridge } from '../bridge-ports.ts';
import type { Bridge, DeviceId, NamespaceName } from '../device.ts';
import { deviceOf, type Edit, machineOf, namespaceOf, placeOf, putNamespace } from '../edit.ts';
import { type Found, findDevice, namespaceNamed } from '../find.ts';
import { kindOf } from '../kinds/index.ts';
import type { NewLink, Verdict } from '../kinds/kind.ts';
import type { KindOptions, OperationOf } from '../operation.ts';
import { noDevice, noNamespace, refuse } from '../refusal.ts';
import { isNameTaken } from '../register.ts';
import { setFlags } from './link-flags.ts';

type LinkAdd = OperationOf<'link.add'>;

/**
 * `ip link add` (net/core/rtnetlink.c:rtnl_newlink). Nothing stays of a device that cannot be brought up or enslaved,
 * except that its number was given out (dev.c:dev_new_index).
 */
export const linkAdd = (edit: Edit, operation: LinkAdd): Verdict => {
  const start = edit.network;
  const refusal = make(edit, operation);
  if (!refusal) return undefined;
  const { namespaces } = machineOf(edit);
  edit.network = start;
  for (const { name, nextIfindex } of namespaces) {
    const namespace = namespaceOf(edit, name);
    if (namespace.nextIfindex < nextIfindex) putNamespace(edit, { ...namespace, nextIfindex });
  }
  return refusal;
};

const make = (edit: Edit, operation: LinkAdd): Verdict => {
  const request = resolve(edit, operation);
  if (!request.ok) return request.error;
  const refusal = messageVerdict(edit, request.value);
  if (refusal) return refusal;
  const made = kindOf(operation.options).create?.(edit, request.value);
  if (!made) return refuse('EOPNOTSUPP');
  return made.ok ? finish(edit, made.value, request.value) : made.error;
};

/** What iproute2 looks up by name before it sends anything. */
const resolve = (edit: Edit, { at, name, link, options, attributes = {} }: LinkAdd): Found<NewLink<KindOptions>> => {
  const peer = options.kind === 'veth' ? options.peer : {};
  for (const netns of [attributes.netns, peer.netns])
    if (netns !== undefined && !namespaceNamed(machineOf(edit), netns)) return fail(noNamespace(netns, 'move'));
  if (attributes.master !== undefined && !findDevice(edit.network, at, attributes.master).ok)
    return fail(noDevice(attributes.master, 'master'));
  const parent = link === undefined ? undefined : findDevice(edit.network, at, link);
  if (parent && !parent.ok) return parent;
  return ok({
    options,
    attributes,
    name: name ?? `${options.kind}%d`,
    namespace: (attributes.netns ?? at.namespace) as NamespaceName,
    caller: at.namespace,
    ...(parent ? { link: parent.value } : {}),
  });
};

/** What the kernel looks at before the kind's own newlink. */
const messageVerdict = (
  edit: Edit,
  { options, attributes, name, namespace, caller }: NewLink<KindOptions>,
): Verdict => {
  const peerName = options.kind === 'veth' ? options.peer.name : undefined;
  if (name.length > 15 || (peerName?.length ?? 0) > 15) return refuse('ERANGE', 'Attribute failed policy validation');
  const refusal = kindOf(options).validate?.(options, attributes);
  if (refusal) return refusal;
  // Before Linux 6.15 the name must be free where the command is given, wherever the device is to be.
  if (isNameTaken(machineOf(edit), edit.network.kernel === '6.1' ? caller : namespace, name)) return refuse('EEXIST');
  return attributes.mtu === undefined ? undefined : mtuRangeVerdict(options, attributes.mtu);
};

/** rtnetlink.c:rtnl_newlink_create after ops->newlink: flags, then the master. */
const finish = (edit: Edit, id: DeviceId, { options, attributes }: NewLink<KindOptions>): Verdict => {
  const device = deviceOf(edit, id);
  const pair =
    options.kind === 'veth' && device.kind === 'veth' ? setFlags(edit, device.peer, options.peer) : undefined;
  const refusal = pair ?? setFlags(edit, id, attributes);
  if (refusal || attributes.master === undefined) return refusal;
  return enslave(edit, id, attributes.master);
};

/** `master` is looked up in the device's namespace: the index that iproute2 sends means nothing elsewhere. */
export const enslave = (edit: Edit, id: DeviceId, name: string): Verdict => {
  const master = findDevice(edit.network, placeOf(edit, deviceOf(edit, id)), name);
  if (!master.ok) return refuse('EINVAL');
  if (master.value.kind !== 'bridge') return refuse('EOPNOTSUPP');
  const refusal = joinBridge(edit, master.value as Bridge, id);
  if (!refusal) settleBridge(edit, master.value.id);
  return refusal;
};
