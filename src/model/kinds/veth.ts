import { fail } from '../../base/result.ts';
import type { DeviceId, NamespaceName, Veth } from '../device.ts';
import { changeDevice, deviceOf, type Edit } from '../edit.ts';
import type { Found } from '../find.ts';
import type { LinkAttributes, VethOptions } from '../operation.ts';
import { refuse } from '../refusal.ts';
import { commonOf, register } from '../register.ts';
import { validateAddress } from './address.ts';
import type { Kind, NewLink, Verdict } from './kind.ts';

const validate = (attributes: LinkAttributes): Verdict => {
  const { mtu } = attributes;
  if (mtu !== undefined && (mtu < 68 || mtu > 65535)) return refuse('EINVAL');
  return validateAddress(attributes);
};

/** Of the two the peer comes first, in the caller's namespace unless told otherwise (drivers/net/veth.c:veth_newlink). */
const create = (edit: Edit, request: NewLink<VethOptions>): Found<DeviceId> => {
  const { peer } = request.options;
  const refusal = validate(peer);
  if (refusal) return fail(refusal);
  const there = (peer.netns ?? request.caller) as NamespaceName;
  const end = { kind: 'veth', peer: 0, carrier: 'off' } as const;
  const far = register(edit, { ...commonOf(peer.name ?? 'veth%d', there, peer), ...end }, peer.ifindex);
  if (!far.ok) return far;
  const common = commonOf(request.name, request.namespace, request.attributes);
  const near = register(edit, { ...common, ...end, peer: far.value }, request.attributes.ifindex);
  if (!near.ok) return near;
  changeDevice(edit, deviceOf(edit, far.value) as Veth, (draft) => {
    draft.peer = near.value;
  });
  return near;
};

/** A cable with two ends: what goes in at one comes out at the other, and neither can be without the other. */
export const veth: Kind<Veth, VethOptions> = {
  mtu: { min: 68, max: 65535 },
  validate: (_options, attributes) => validate(attributes),
  create,
  companions: (device) => [device.peer],
};
