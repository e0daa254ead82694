import { fail } from '../../base/result.ts';
import type { DeviceId, Vlan } from '../device.ts';
import { changeDevice, deviceOf, type Edit, machineOf } from '../edit.ts';
import { childrenOf, type Found } from '../find.ts';
import type { LinkAttributes, VlanOptions } from '../operation.ts';
import { refuse } from '../refusal.ts';
import { commonOf, register } from '../register.ts';
import { validateAddress } from './address.ts';
import type { Kind, NewLink, Verdict } from './kind.ts';

/** net/8021q/vlan_netlink.c:vlan_validate */
const validate = (options: VlanOptions, attributes: LinkAttributes): Verdict => {
  const address = validateAddress(attributes);
  if (address) return address;
  if (options.vid === undefined && options.protocol === undefined)
    return refuse('EINVAL', '8021q: VLAN properties not specified');
  return options.vid !== undefined && (options.vid < 0 || options.vid >= 4095)
    ? refuse('ERANGE', '8021q: Invalid VLAN id')
    : undefined;
};

/** net/8021q/vlan_netlink.c:vlan_newlink, vlan.c:vlan_check_real_dev */
const create = (edit: Edit, { options, attributes, name, namespace, link }: NewLink<VlanOptions>): Found<DeviceId> => {
  const { vid, protocol = '802.1Q' } = options;
  if (vid === undefined) return fail(refuse('EINVAL', '8021q: VLAN id not specified'));
  if (!link) return fail(refuse('EINVAL', '8021q: link not specified'));
  if (link.kind === 'loopback' || link.kind === 'ipvlan' || link.kind === 'ipvtap')
    return fail(refuse('EOPNOTSUPP', '8021q: VLANs not supported on device'));
  const isSame = (child: { readonly kind: string }): boolean =>
    child.kind === 'vlan' && (child as Vlan).vid === vid && (child as Vlan).protocol === protocol;
  if (childrenOf(machineOf(edit), link.id).some(isSame))
    return fail(refuse('EEXIST', '8021q: VLAN device already exists'));
  if (attributes.mtu !== undefined && attributes.mtu > link.mtu) return fail(refuse('EINVAL'));
  const common = commonOf(name, namespace, { mtu: link.mtu, ...attributes });
  return register(
    edit,
    {
      ...common,
      kind: 'vlan',
      // Linkwatch is told at once (net/8021q/vlan.c:register_vlan_dev).
      carrier: 'on',
      mac: attributes.mac ?? link.mac,
      macSet: attributes.mac !== undefined,
      noarp: link.noarp,
      multicast: link.multicast,
      parent: link.id,
      vid,
      protocol,
    },
    attributes.ifindex,
  );
};

/** Frames of its parent that carry its tag, without the tag. It goes up and down with the parent (vlan.c:vlan_device_event). */
export const vlan: Kind<Vlan, VlanOptions> = {
  mtu: { min: 0, max: 65535 },
  validate,
  create,
  opening: (edit, device) => (deviceOf(edit, device.parent).up ? undefined : refuse('ENETDOWN')),
  mtuVerdict: (edit, device, mtu) => (mtu > deviceOf(edit, device.parent).mtu ? refuse('ERANGE') : undefined),
  given: (edit, device, what) =>
    changeDevice(edit, device, (draft) => {
      if (what === 'mac') draft.macSet = true;
    }),
  parentUp: () => 'open',
  parentDown: () => 'close',
  followMac: (device, mac) => (device.macSet ? device.mac : mac),
  followMtu: (device, mtu) => Math.min(device.mtu, mtu),
};
