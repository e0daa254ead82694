import type { Device } from '../../../model/device.ts';
import { devicesIn, linkOf } from '../../../model/find.ts';
import { flags } from '../../../model/link-state.ts';
import { data, type Field, named, text, value } from '../../text/fields.ts';
import type { Seen } from './kinds/kind.ts';
import { stateField } from './link-fields.ts';

type Other = { readonly name: string; readonly isDown: boolean };

/** The number of the other end is looked up here, though it may belong to another namespace. */
const otherEnd = ({ machine, device }: Seen): Other | undefined => {
  const link = linkOf(machine, device);
  if (link.where === 'none' || link.device.ifindex === device.ifindex) return undefined;
  const { ifindex } = link.device;
  const here: Device | undefined = devicesIn(machine, device.namespace).find((each) => each.ifindex === ifindex);
  return here ? { name: here.name, isDown: !here.up } : { name: `if${ifindex}`, isDown: false };
};

const nameFields = (seen: Seen, layout: (name: string) => string): readonly Field[] => {
  const { name } = seen.device;
  const other = otherEnd(seen);
  return other
    ? [data('link', other.name), value('ifname', name, layout(`${name}@${other.name}`), 'name')]
    : [value('ifname', name, layout(name), 'name')];
};

const flagsField = (seen: Seen): Field => {
  const { network, machine, device } = seen;
  const own = flags(network, machine.name, device).filter((flag) => flag !== 'M-DOWN');
  const all = otherEnd(seen)?.isDown ? [...own, 'M-DOWN'] : own;
  return value('flags', all, `<${all.join(',')}> `);
};

/**
 * `ip -6 addr` of all devices asks the IPv6 stack, which tells less of them: no queue, no group, and not in which
 * namespace the other end is (net/ipv6/addrconf.c:inet6_fill_ifinfo).
 */
export const inet6Fields = (seen: Seen): readonly Field[] => {
  const { device } = seen;
  return [
    value('ifindex', device.ifindex, `${device.ifindex}: `),
    ...nameFields(seen, (name) => `${name}: `),
    flagsField(seen),
    named('mtu', device.mtu),
    text('state '),
    stateField(seen, (state) => `${state} `),
    ...(device.txQueueLength > 0 ? [value('txqlen', device.txQueueLength, `qlen ${device.txQueueLength}`)] : []),
  ];
};

export const inet6Brief = (seen: Seen): readonly Field[] => [
  ...nameFields(seen, (name) => `${name.padEnd(16)} `),
  stateField(seen, (state) => `${state.padEnd(14)} `),
];
