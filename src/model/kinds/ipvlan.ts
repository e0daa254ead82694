import { fail } from '../../base/result.ts';
import { type Device, type DeviceId, type Ipvlan, type IpvlanPort, isIpvlan } from '../device.ts';
import { changeDevice, deviceOf, type Edit, isThere, machineOf, putDevice } from '../edit.ts';
import { childrenOf, type Found } from '../find.ts';
import { hasCarrier, rxHandler } from '../link-state.ts';
import type { IpvlanOptions } from '../operation.ts';
import { refuse } from '../refusal.ts';
import { commonOf, register } from '../register.ts';
import type { Kind, NewLink, Verdict } from './kind.ts';

const LAST_DEV_ID = 0xfffd;

/** The next number from where the port left off, then from 1 on again (ipvlan_main.c:ipvlan_link_new). */
const freeDevId = (siblings: readonly Device[], from: number): number => {
  const isUsed = (id: number): boolean => siblings.some((one) => isIpvlan(one) && one.devId === id);
  for (let id = from; id <= LAST_DEV_ID; id++) if (!isUsed(id)) return id;
  let id = 1;
  while (isUsed(id)) id++;
  return id;
};

/** A port that is not there yet is made; its handler must be the only one (ipvlan_port_create). */
const parentVerdict = (edit: Edit, parent: Device): Verdict => {
  if (parent.kind === 'loopback') return refuse('EINVAL');
  const handler = rxHandler(machineOf(edit), parent);
  return handler === 'none' || handler === 'ipvlan' ? undefined : refuse('EBUSY');
};

/** The mode becomes l3 unless one is given, for all children; the flag stays unless one is sent. */
const create = (
  edit: Edit,
  { options, attributes, name, namespace, link }: NewLink<IpvlanOptions>,
): Found<DeviceId> => {
  if (!link) return fail(refuse('EINVAL'));
  const parent = isIpvlan(link) ? deviceOf(edit, link.parent) : link;
  const refusal = parentVerdict(edit, parent);
  if (refusal) return fail(refusal);
  const port: IpvlanPort = parent.ipvlanPort ?? { mode: 'l3', flag: 'bridge', nextDevId: 1 };
  const siblings = childrenOf(machineOf(edit), parent.id);
  const devId = freeDevId(siblings, port.nextDevId);
  const made = register(
    edit,
    {
      ...commonOf(name, namespace, { mtu: parent.mtu, ...attributes }),
      kind: options.kind,
      mac: parent.mac,
      txQueueLength: attributes.txQueueLength ?? (options.kind === 'ipvtap' ? 500 : 1000),
      parent: parent.id,
      devId,
      carrier: hasCarrier(parent) ? 'untold' : 'off',
      ...(attributes.mac === undefined ? { permanentMac: parent.mac } : {}),
    },
    attributes.ifindex,
  );
  if (!made.ok) return made;
  const next = { mode: options.mode ?? 'l3', flag: options.flag ?? port.flag, nextDevId: devId + 1 };
  setPort(edit, parent, next, next.mode === port.mode ? [] : siblings);
  return made;
};

/** In l3 and l3s nobody asks for addresses (ipvlan_set_port_mode). */
const setPort = (edit: Edit, parent: Device, port: IpvlanPort, children: readonly Device[]): void => {
  changeDevice(edit, parent, (draft) => {
    draft.ipvlanPort = port;
  });
  const noarp = port.mode !== 'l2';
  for (const child of children) if (isIpvlan(child) && child.noarp !== noarp) putDevice(edit, { ...child, noarp });
};

const change = (edit: Edit, device: Ipvlan, options: IpvlanOptions): Verdict => {
  const parent = deviceOf(edit, device.parent);
  if (!parent.ipvlanPort) return undefined;
  const { mode = parent.ipvlanPort.mode, flag = parent.ipvlanPort.flag } = options;
  const children =
    options.mode === undefined || mode === parent.ipvlanPort.mode ? [] : childrenOf(machineOf(edit), parent.id);
  setPort(edit, parent, { ...parent.ipvlanPort, mode, flag }, children);
  return undefined;
};

/** Several devices with one address: their IP addresses tell them apart (drivers/net/ipvlan). */
export const ipvlan: Kind<Ipvlan, IpvlanOptions> = {
  mtu: { min: 68, max: 65535 },
  create,
  change,
  opened: (edit, device) => {
    const mode = deviceOf(edit, device.parent).ipvlanPort?.mode;
    putDevice(edit, { ...deviceOf(edit, device.id), noarp: mode !== 'l2' });
  },
  macTarget: () => ({ refusal: refuse('EOPNOTSUPP') }),
  followMac: (_device, mac) => mac,
  followMtu: (_device, mtu) => mtu,
  gone: (edit, device) => {
    if (!isThere(edit, device.parent)) return;
    const parent = deviceOf(edit, device.parent);
    if (childrenOf(machineOf(edit), parent.id).some(isIpvlan)) return;
    const { ipvlanPort: _gone, ...bare } = parent;
    putDevice(edit, bare);
  },
};
