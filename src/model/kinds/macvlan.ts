import { fail, ok, type Result } from '../../base/result.ts';
import { type Device, type DeviceId, isMacvlan, type Macvlan } from '../device.ts';
import { changeDevice, deviceOf, type Edit, machineOf, putDevice } from '../edit.ts';
import { childrenOf, type Found } from '../find.ts';
import { rxHandler } from '../link-state.ts';
import { isValidStationMac, type Mac } from '../mac.ts';
import type { LinkAttributes, MacvlanOptions, SourceListChange } from '../operation.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { commonOf, register } from '../register.ts';
import { validateAddress } from './address.ts';
import type { Kind, MacTarget, NewLink, Verdict } from './kind.ts';

const MODES: ReadonlySet<string> = new Set(['private', 'vepa', 'bridge', 'passthru', 'source']);

const validate = (options: MacvlanOptions, attributes: LinkAttributes): Verdict => {
  const address = validateAddress(attributes);
  if (address) return address;
  return options.mode !== undefined && !MODES.has(options.mode) ? refuse('EINVAL') : undefined;
};

const siblingsOn = (edit: Edit, parent: DeviceId): readonly Macvlan[] =>
  childrenOf(machineOf(edit), parent).filter((child): child is Macvlan => isMacvlan(child));

/** The list of source addresses after a change (drivers/net/macvlan.c:macvlan_changelink_sources). */
const changedSources = (sources: readonly Mac[], change: SourceListChange): Result<readonly Mac[], Refusal> => {
  const added = change.change === 'add' ? [change.mac] : change.change === 'set' ? change.macs : [];
  if (!added.every(isValidStationMac)) return fail(refuse('EADDRNOTAVAIL'));
  switch (change.change) {
    case 'add':
      return ok(sources.includes(change.mac) ? sources : [...sources, change.mac]);
    case 'del':
      return ok(sources.filter((mac) => mac !== change.mac));
    case 'set':
      return ok([...new Set(change.macs)]);
    case 'flush':
      return ok([]);
  }
};

/** Whether a parent can have one more child in that mode (macvlan_common_newlink, macvlan_port_create). */
const parentVerdict = (edit: Edit, parent: Device, mode: Macvlan['mode']): Verdict => {
  if (parent.kind === 'loopback') return refuse('EINVAL');
  const siblings = siblingsOn(edit, parent.id);
  if (siblings.length === 0) {
    // An ipvlan child takes no rx_handler at all, whatever it has (netdev_rx_handler_register).
    if (parent.kind === 'ipvlan' || parent.kind === 'ipvtap') return refuse('EINVAL');
    if (rxHandler(machineOf(edit), parent) !== 'none') return refuse('EBUSY');
  }
  const isTaken =
    siblings.some((sibling) => sibling.mode === 'passthru') || (mode === 'passthru' && siblings.length > 0);
  return isTaken ? refuse('EINVAL') : undefined;
};

/** A child of a child is made on the real device below. */
const create = (
  edit: Edit,
  { options, attributes, name, namespace, link }: NewLink<MacvlanOptions>,
): Found<DeviceId> => {
  if (!link) return fail(refuse('EINVAL'));
  const parent = isMacvlan(link) ? deviceOf(edit, link.parent) : link;
  if (attributes.mtu !== undefined && attributes.mtu > parent.mtu) return fail(refuse('EINVAL'));
  const { mode = 'vepa' } = options;
  const refusal = parentVerdict(edit, parent, mode);
  if (refusal) return fail(refusal);
  if (options.sources && mode !== 'source') return fail(refuse('EINVAL'));
  const sources = options.sources ? changedSources([], options.sources) : ok<readonly Mac[]>([]);
  if (!sources.ok) return sources;
  const common = commonOf(name, namespace, { mtu: parent.mtu, ...attributes });
  return register(
    edit,
    {
      ...common,
      ...(mode === 'passthru' ? { mac: parent.mac, parentMac: parent.mac } : {}),
      ...(mode === 'passthru' && parent.mac === parent.permanentMac ? { permanentMac: parent.mac } : {}),
      // Linkwatch is told at once (macvlan_common_newlink).
      carrier: 'on',
      kind: options.kind,
      txQueueLength: attributes.txQueueLength ?? (options.kind === 'macvtap' ? 500 : 1000),
      parent: parent.id,
      mode,
      nopromisc: options.flags?.nopromisc ?? false,
      nodst: options.flags?.nodst ?? false,
      sources: sources.value,
      bcQueueLength: options.bcQueueLength ?? 1000,
      bcLimit: options.bcLimit ?? siblingsOn(edit, parent.id)[0]?.bcLimit ?? 1,
    },
    attributes.ifindex,
  );
};

/** Mode and flags hold even where the source list of the same command is refused (macvlan_changelink). */
const change = (edit: Edit, device: Macvlan, options: MacvlanOptions): Verdict => {
  const mode = options.mode ?? device.mode;
  if ((mode === 'passthru') !== (device.mode === 'passthru')) return refuse('EINVAL');
  changeDevice(edit, device, (draft) => {
    if (options.flags) Object.assign(draft, options.flags);
    draft.mode = mode;
    if (device.mode === 'source' && mode !== 'source') draft.sources = [];
    draft.bcQueueLength = options.bcQueueLength ?? draft.bcQueueLength;
  });
  if (options.bcLimit !== undefined)
    for (const sibling of siblingsOn(edit, device.parent)) putDevice(edit, { ...sibling, bcLimit: options.bcLimit });
  if (!options.sources) return undefined;
  if (mode !== 'source') return refuse('EINVAL');
  const sources = changedSources((deviceOf(edit, device.id) as Macvlan).sources, options.sources);
  if (!sources.ok) return sources.error;
  changeDevice(edit, device, (draft) => {
    draft.sources = [...sources.value];
  });
  return undefined;
};

/** The parent's address, or that of another child that is up (macvlan_addr_busy). */
const isBusy = (edit: Edit, device: Macvlan, mac: Mac): boolean =>
  deviceOf(edit, device.parent).mac === mac ||
  siblingsOn(edit, device.parent).some((sibling) => sibling.id !== device.id && sibling.up && sibling.mac === mac);

const macTarget = (edit: Edit, device: Macvlan, mac: Mac): MacTarget => {
  if (mac === device.mac) return 'unchanged';
  if (device.mode === 'passthru') return { takes: device.parent };
  return isBusy(edit, device, mac) ? { refusal: refuse('EADDRINUSE') } : { takes: device.id };
};

/** Several addresses on one parent, each child with its own (drivers/net/macvlan.c, macvtap.c). */
export const macvlan: Kind<Macvlan, MacvlanOptions> = {
  mtu: { min: 68, max: 65535 },
  validate,
  create,
  change,
  opening: (edit, device) =>
    device.mode !== 'passthru' && isBusy(edit, device, device.mac) ? refuse('EADDRINUSE') : undefined,
  macTarget,
  mtuVerdict: (edit, device, mtu) => (mtu > deviceOf(edit, device.parent).mtu ? refuse('EINVAL') : undefined),
  followMac: (device, mac) => (device.mode === 'passthru' ? mac : device.mac),
  followMtu: (device, mtu) => Math.min(device.mtu, mtu),
};
