import type { Dummy } from '../device.ts';
import type { DummyOptions } from '../operation.ts';
import { commonOf, register } from '../register.ts';
import { validateAddress } from './address.ts';
import type { Kind } from './kind.ts';

/** Swallows what it is given, and asks no one for addresses (drivers/net/dummy.c). */
export const dummy: Kind<Dummy, DummyOptions> = {
  mtu: { min: 0, max: 0 },
  validate: (_options, attributes) => validateAddress(attributes),
  create: (edit, { attributes, name, namespace }) =>
    register(
      edit,
      { ...commonOf(name, namespace, attributes), kind: 'dummy', noarp: true, multicast: false },
      attributes.ifindex,
    ),
};
