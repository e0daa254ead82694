import { fail, ok } from '../../base/result.ts';
import type { Bridge, Device, StaticFdbEntry } from '../device.ts';
import { changeDevice, deviceOf, type Edit, machineOf } from '../edit.ts';
import { type Found, findDevice, masterOf, portsOf } from '../find.ts';
import type { Verdict } from '../kinds/kind.ts';
import { portState } from '../link-state.ts';
import { ZERO_MAC } from '../mac.ts';
import type { OperationOf } from '../operation.ts';
import { refuse } from '../refusal.ts';

type FdbAdd = OperationOf<'fdb.add'>;
type FdbDel = OperationOf<'fdb.del'>;
type Target = { readonly bridge: Bridge; readonly device: Device };

/** The bridge whose database is meant: the one above a port, or the device itself (rtnetlink.c:rtnl_fdb_add). */
const targetOf = (edit: Edit, { at, device: name, target }: FdbAdd | FdbDel): Found<Target> => {
  const found = findDevice(edit.network, at, name);
  if (!found.ok) return found;
  const device = found.value;
  if (target === 'self') return device.kind === 'bridge' ? ok({ bridge: device, device }) : fail(refuse('EOPNOTSUPP'));
  const master = masterOf(machineOf(edit), device);
  return master.enslaved ? ok({ bridge: master.bridge, device }) : fail(refuse('EOPNOTSUPP'));
};

/** Addresses of the bridge and its ports are in the database by themselves (net/bridge/br_fdb.c:br_fdb_add_local). */
const isLocal = (edit: Edit, bridge: Bridge, mac: string): boolean =>
  bridge.mac === mac || portsOf(machineOf(edit), bridge.id).some((port) => port.mac === mac);

/** br_fdb.c:fdb_add_entry */
const entryVerdict = (edit: Edit, { bridge, device }: Target, operation: FdbAdd): Verdict => {
  const { state } = operation;
  if (operation.mac === ZERO_MAC) return refuse('EINVAL');
  if (device.id === bridge.id && state !== 'permanent') return refuse('EINVAL');
  if (operation.sticky && state === 'permanent') return refuse('EINVAL');
  if (state === 'dynamic' && device.id !== bridge.id) {
    const port = portState(edit.network, edit.machine, device);
    if (port !== 'forwarding' && port !== 'learning') return refuse('EPERM');
  }
  return operation.how === 'add' && isLocal(edit, bridge, operation.mac) ? refuse('EEXIST') : undefined;
};

/** Without a VLAN the entry is made for untagged frames and for each VLAN of the port (br_fdb.c:br_fdb_add). */
const vlansFor = ({ bridge, device }: Target, vlan: number | undefined): readonly number[] => {
  if (vlan !== undefined) return [vlan];
  const vlans = device.id === bridge.id ? bridge.vlans : (device.port?.vlans ?? []);
  return [0, ...vlans.map(({ vid }) => vid)];
};

const hasVlan = ({ bridge, device }: Target, vid: number): boolean =>
  vlansFor({ bridge, device }, undefined).includes(vid);

/** `bridge fdb add|append|replace`. */
export const fdbAdd = (edit: Edit, operation: FdbAdd): Verdict => {
  const target = targetOf(edit, operation);
  if (!target.ok) return target.error;
  const { bridge, device } = target.value;
  const { mac, how, state, vlan } = operation;
  const refusal = entryVerdict(edit, target.value, operation);
  if (refusal) return refusal;
  if (vlan !== undefined && vlan !== 0 && !hasVlan(target.value, vlan)) return refuse('EINVAL');
  const sticky = operation.sticky ? { sticky: true } : {};
  const added = vlansFor(target.value, vlan).map(
    (vid): StaticFdbEntry => ({ mac, device: device.id, vlan: vid, state, ...sticky }),
  );
  const isSame = (a: StaticFdbEntry, b: StaticFdbEntry): boolean => a.mac === b.mac && a.vlan === b.vlan;
  const old = bridge.fdb.filter((entry) => added.some((one) => isSame(one, entry)));
  if (how === 'add' && old.length > 0) return refuse('EEXIST');
  changeDevice(edit, bridge, (draft) => {
    draft.fdb = [...bridge.fdb.filter((entry) => !old.includes(entry)), ...added];
  });
  return undefined;
};

/** `bridge fdb del`; entries that were learned are for a simulation to forget. */
export const fdbDel = (edit: Edit, operation: FdbDel): Verdict => {
  const target = targetOf(edit, operation);
  if (!target.ok) return target.error;
  const { device } = target.value;
  const bridge = deviceOf(edit, target.value.bridge.id) as Bridge;
  const isIt = (entry: StaticFdbEntry): boolean =>
    entry.mac === operation.mac &&
    entry.device === device.id &&
    (operation.vlan === undefined || entry.vlan === operation.vlan);
  if (!bridge.fdb.some(isIt)) return refuse('ENOENT');
  changeDevice(edit, bridge, (draft) => {
    draft.fdb = bridge.fdb.filter((entry) => !isIt(entry));
  });
  return undefined;
};
