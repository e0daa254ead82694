import { fail, ok } from '../../base/result.ts';
import type { Bridge, Device, PortVlan } from '../device.ts';
import { changeDevice, type Edit, machineOf, putDevice } from '../edit.ts';
import { type Found, findDevice, masterOf } from '../find.ts';
import type { Verdict } from '../kinds/kind.ts';
import type { OperationOf } from '../operation.ts';
import { noDevice, refuse } from '../refusal.ts';

type VlanChange = OperationOf<'vlan.add'> | OperationOf<'vlan.del'>;
/** A port, or with `self` the bridge itself. */
type Target = { readonly device: Device; readonly bridge: Bridge };

/** rtnetlink.c:rtnl_bridge_setlink */
const targetOf = (edit: Edit, { at, device: name, self }: VlanChange): Found<Target> => {
  const found = findDevice(edit.network, at, name);
  if (!found.ok) return fail(found.error.by === 'no-device' ? noDevice(name, 'bridge port') : found.error);
  const device = found.value;
  if (self) return device.kind === 'bridge' ? ok({ device, bridge: device }) : fail(refuse('EOPNOTSUPP'));
  const master = masterOf(machineOf(edit), device);
  return master.enslaved ? ok({ device, bridge: master.bridge }) : fail(refuse('EOPNOTSUPP'));
};

/** net/bridge/br_netlink.c:br_process_vlan_info */
const rangeVerdict = ({ vid, to }: VlanChange, pvid: boolean): Verdict => {
  if (![vid, to ?? vid].every((id) => Number.isInteger(id) && id >= 1 && id < 4095))
    return refuse('EINVAL', 'bridge: Vlan id is invalid');
  if (to === undefined) return undefined;
  return pvid || to <= vid ? refuse('EINVAL') : undefined;
};

const vlansOf = ({ device }: Target): readonly PortVlan[] =>
  device.kind === 'bridge' && !device.port ? device.vlans : (device.port?.vlans ?? []);

const setVlans = (edit: Edit, { device, bridge }: Target, vlans: readonly PortVlan[]): Verdict => {
  const sorted = [...vlans].sort((a, b) => a.vid - b.vid);
  if (device.id !== bridge.id && device.port) {
    putDevice(edit, { ...device, port: { ...device.port, vlans: sorted } });
    return undefined;
  }
  changeDevice(edit, bridge, (draft) => {
    draft.vlans = sorted;
  });
  return undefined;
};

const isWithin = ({ vid, to }: VlanChange, one: number): boolean => one >= vid && one <= (to ?? vid);

/** `bridge vlan add`: a VLAN that is there takes the new flags, and there is one pvid at most (br_vlan.c:__vlan_add_flags). */
export const vlanAdd = (edit: Edit, operation: OperationOf<'vlan.add'>): Verdict => {
  const target = targetOf(edit, operation);
  if (!target.ok) return target.error;
  const { vid, to = vid, pvid = false, untagged = false } = operation;
  const refusal = rangeVerdict(operation, pvid);
  if (refusal) return refusal;
  const others = vlansOf(target.value).filter((one) => !isWithin(operation, one.vid));
  const kept = pvid ? others.map((one) => ({ ...one, pvid: false })) : others;
  const added = Array.from({ length: to - vid + 1 }, (_, i): PortVlan => ({ vid: vid + i, pvid, untagged }));
  return setVlans(edit, target.value, [...kept, ...added]);
};

/** `bridge vlan del`: what is not there is not missed. Entries of the database for it go too (br_vlan.c:nbp_vlan_delete). */
export const vlanDel = (edit: Edit, operation: OperationOf<'vlan.del'>): Verdict => {
  const target = targetOf(edit, operation);
  if (!target.ok) return target.error;
  const refusal = rangeVerdict(operation, false);
  if (refusal) return refusal;
  const { device, bridge } = target.value;
  changeDevice(edit, bridge, (draft) => {
    draft.fdb = draft.fdb.filter((entry) => entry.device !== device.id || !isWithin(operation, entry.vlan));
  });
  const kept = vlansOf(target.value).filter((one) => !isWithin(operation, one.vid));
  return setVlans(edit, target.value, kept);
};
