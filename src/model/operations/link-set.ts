import { setMac, setMtu } from '../attributes.ts';
import type { Device, DeviceId, NamespaceName } from '../device.ts';
import { changeDevice, deviceOf, type Edit, machineOf, putDevice } from '../edit.ts';
import { findDevice, namespaceNamed } from '../find.ts';
import { kindOf } from '../kinds/index.ts';
import type { Verdict } from '../kinds/kind.ts';
import { move, release } from '../lifecycle.ts';
import { hasCarrier } from '../link-state.ts';
import { allotNsid } from '../nsid.ts';
import type { LinkChanges, OperationOf } from '../operation.ts';
import { noDevice, noNamespace, refuse } from '../refusal.ts';
import { validName } from '../register.ts';
import { enslave } from './link-add.ts';
import { setFlags } from './link-flags.ts';
import { checkPort, setPort } from './port.ts';

/** `ip link set`. What was done before a part is refused stays done, as in the kernel. */
export const linkSet = (edit: Edit, { at, device: name, changes }: OperationOf<'link.set'>): Verdict => {
  const { netns, master } = changes;
  if (netns !== undefined && !namespaceNamed(machineOf(edit), netns)) return noNamespace(netns, 'move');
  if (master !== undefined && !findDevice(edit.network, at, master).ok) return noDevice(master, 'master');
  const found = findDevice(edit.network, at, name);
  if (!found.ok) return found.error;
  return firstRefusal(edit, found.value.id, changes);
};

type Step = (edit: Edit, id: DeviceId, changes: LinkChanges) => Verdict;

const firstRefusal: Step = (edit, id, changes) => {
  for (const step of STEPS) {
    const refusal = step(edit, id, changes);
    if (refusal) return refusal;
  }
  return undefined;
};

const policy: Step = (_edit, _id, { name }) =>
  name !== undefined && name.length > 15 ? refuse('ERANGE', 'Attribute failed policy validation') : undefined;

/** Options of another kind are refused; a bare `type KIND` sends none (rtnetlink.c:rtnl_changelink). */
const kindOptions: Step = (edit, id, { kind }) => {
  if (!kind || Object.keys(kind).length === 1 || kind.kind === 'veth') return undefined;
  const device = deviceOf(edit, id);
  if (device.kind !== kind.kind) return refuse('EOPNOTSUPP');
  return kindOf(device).change?.(edit, device, kind);
};

const portSettings: Step = (edit, id, { port }) => {
  if (!port) return undefined;
  return deviceOf(edit, id).master === undefined ? refuse('EOPNOTSUPP') : setPort(edit, id, port);
};

const toNamespace: Step = (edit, id, { netns, name }) => {
  if (netns === undefined) return undefined;
  const from = deviceOf(edit, id).namespace;
  const refusal = move(edit, id, netns as NamespaceName, name);
  if (!refusal) allotNsid(edit, from, netns as NamespaceName);
  return refusal;
};

const address: Step = (edit, id, { mac }) => (mac === undefined ? undefined : setMac(edit, id, mac));
const mtuSize: Step = (edit, id, { mtu }) => (mtu === undefined ? undefined : setMtu(edit, id, mtu));

/** Since Linux 6.2 also while the device is up (net/core/dev.c:dev_change_name). */
const rename: Step = (edit, id, { name }) => {
  const device = deviceOf(edit, id);
  if (name === undefined || name === device.name) return undefined;
  if (device.up && edit.network.kernel === '6.1') return refuse('EBUSY');
  const valid = validName(machineOf(edit), device.namespace, name);
  if (!valid.ok) return valid.error;
  const addresses = device.addresses.map((one) => (one.label === undefined ? one : relabelled(one, valid.value)));
  putDevice(edit, { ...device, name: valid.value, addresses });
  return undefined;
};

/** `eth0:1` becomes `lan:1` with its device (net/ipv4/devinet.c:inetdev_changename). */
const relabelled = (one: Device['addresses'][number], name: string): Device['addresses'][number] => {
  const colon = one.label?.indexOf(':') ?? -1;
  return { ...one, label: colon < 0 ? name : `${name}${one.label?.slice(colon)}`.slice(0, 15) };
};

const master: Step = (edit, id, changes) => {
  if (changes.master === undefined && !changes.nomaster) return undefined;
  const device = deviceOf(edit, id);
  const now = device.master === undefined ? undefined : deviceOf(edit, device.master);
  if (now && now.name === changes.master) return undefined;
  release(edit, id);
  return changes.master === undefined ? undefined : enslave(edit, id, changes.master);
};

/**
 * What is announced as a change makes a bridge look at its port again, and take one back that was disabled
 * (rtnetlink.c:do_setlink with DO_SETLINK_NOTIFY, net/bridge/br_if.c:br_port_carrier_check).
 */
const announce: Step = (edit, id, { kind, port, alias, mac }) => {
  if (kind ?? port ?? alias ?? mac) checkPort(edit, id);
  return undefined;
};

/** Of the drivers modelled here only dummy can (net/core/dev.c:dev_change_carrier, drivers/net/dummy.c). */
const carrier: Step = (edit, id, changes) => {
  if (changes.carrier === undefined) return undefined;
  const device = deviceOf(edit, id);
  if (device.kind !== 'dummy') return refuse('EOPNOTSUPP');
  if (changes.carrier !== hasCarrier(device)) putDevice(edit, { ...device, carrier: changes.carrier ? 'on' : 'off' });
  return undefined;
};

const rest: Step = (edit, id, { txQueueLength, alias, group }) => {
  changeDevice(edit, deviceOf(edit, id), (draft) => {
    draft.txQueueLength = txQueueLength ?? draft.txQueueLength;
    draft.group = group ?? draft.group;
    if (alias === '') delete draft.alias;
    else if (alias !== undefined) draft.alias = alias;
  });
  return undefined;
};

/** The order of rtnetlink.c:rtnl_changelink and do_setlink. */
const STEPS: readonly Step[] = [
  policy,
  kindOptions,
  portSettings,
  toNamespace,
  address,
  mtuSize,
  rename,
  master,
  setFlags,
  carrier,
  rest,
  announce,
];
