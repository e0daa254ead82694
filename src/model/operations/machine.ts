import { mtuRangeVerdict } from '../attributes.ts';
import type { Nic } from '../device.ts';
import { type Edit, machineOf } from '../edit.ts';
import { emptyMachine } from '../empty.ts';
import { devicesOf, farEndOf, findMachine } from '../find.ts';
import type { Verdict } from '../kinds/kind.ts';
import { drawnMac, isValidStationMac } from '../mac.ts';
import type { CableEnd, Network } from '../network.ts';
import type { NicName, OperationOf } from '../operation.ts';
import { notInModel, refuse } from '../refusal.ts';
import { commonOf, register } from '../register.ts';

/** Hardware, which no command makes: what is refused here no kernel has refused. */
export const machineAdd = (edit: Edit, { machine, role, ipv6 }: OperationOf<'machine.add'>): Verdict => {
  if (Object.hasOwn(edit.network.machines, machine)) return notInModel(`There is a machine "${machine}" already`);
  const added = emptyMachine(machine, role, ipv6);
  edit.network = { ...edit.network, machines: { ...edit.network.machines, [machine]: added } };
  return undefined;
};

export const nicAdd = (edit: Edit, { at, name, mac, mtu }: OperationOf<'nic.add'>): Verdict => {
  if (mac !== undefined && !isValidStationMac(mac)) return refuse('EADDRNOTAVAIL');
  const range = mtu === undefined ? undefined : mtuRangeVerdict({ kind: 'nic' }, mtu);
  if (range) return range;
  if (nicNamed(edit.network, { machine: at.machine, name }))
    return notInModel(`"${at.machine}" has a network card "${name}" already`);
  const own = mac ?? drawnMac(at.machine, machineOf(edit).nextDevice);
  const attributes = { mac: own, ...(mtu === undefined ? {} : { mtu }) };
  const common = commonOf(name, at.namespace, attributes);
  const made = register(edit, { ...common, kind: 'nic', permanentMac: own, carrier: 'off' });
  return made.ok ? undefined : made.error;
};

const nicNamed = (network: Network, { machine, name }: NicName): Nic | undefined => {
  const found = findMachine(network, machine);
  if (!found.ok) return undefined;
  return devicesOf(found.value).find((device): device is Nic => device.kind === 'nic' && device.name === name);
};

const sameEnd = (a: CableEnd, b: CableEnd): boolean => a.machine === b.machine && a.device === b.device;

export const cableAdd = (edit: Edit, { ends }: OperationOf<'cable.add'>): Verdict => {
  const found: CableEnd[] = [];
  for (const end of ends) {
    const nic = nicNamed(edit.network, end);
    if (!nic) return notInModel(`"${end.machine}" has no network card "${end.name}"`);
    if (farEndOf(edit.network, end.machine, nic.id).plugged)
      return notInModel(`There is a cable in "${end.machine}/${end.name}" already`);
    found.push({ machine: end.machine, device: nic.id });
  }
  const [a, b] = found;
  if (!a || !b || sameEnd(a, b)) return notInModel('A cable has two ends');
  edit.network = { ...edit.network, cables: [...edit.network.cables, { ends: [a, b] }] };
  return undefined;
};

export const cableDel = (edit: Edit, { end }: OperationOf<'cable.del'>): Verdict => {
  const nic = nicNamed(edit.network, end);
  const here = nic && { machine: end.machine, device: nic.id };
  const cables = edit.network.cables.filter(({ ends }) => !here || !ends.some((one) => sameEnd(one, here)));
  if (cables.length === edit.network.cables.length)
    return notInModel(`There is no cable in "${end.machine}/${end.name}"`);
  edit.network = { ...edit.network, cables };
  return undefined;
};
