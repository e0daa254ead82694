import { fail, ok } from '../../../base/result.ts';
import type { BridgePort, Device } from '../../../model/device.ts';
import { linkOf, masterOf } from '../../../model/find.ts';
import { flags, portState } from '../../../model/link-state.ts';
import type { Machine, Network } from '../../../model/network.ts';
import {
  anything,
  devicesAt,
  duplicate,
  exact,
  flag,
  machineAt,
  option,
  type Reader,
  readAll,
  said,
  wordsOf,
} from '../../iproute/index.ts';
import { BREAK, data, END, type Field, named, onOff, print, text, value } from '../../text/fields.ts';
import { type BridgeObject, maybeDevice, noDevice, type Request } from './request.ts';

type Filter = { readonly device?: string };
const READERS: readonly Reader<Filter>[] = [
  option(exact('dev'), (device, state) =>
    state.device === undefined ? ok({ device }) : fail(duplicate('dev', device)),
  ),
  flag(anything, {}),
];

type Seen = { readonly network: Network; readonly machine: Machine; readonly neighbours: readonly Device[] };

/** What stands behind the `@`: a bridge's list tells the number of the link, and not in which namespace it is. */
const linkNamed = ({ machine, neighbours }: Seen, device: Device): { name: string; up: boolean } | undefined => {
  const link = linkOf(machine, device);
  if (link.where === 'none' || link.device.ifindex === device.ifindex) return undefined;
  const { ifindex } = link.device;
  const there = neighbours.find((one) => one.ifindex === ifindex);
  return there ? { name: there.name, up: there.up } : { name: `if${ifindex}`, up: false };
};

const headFields = (seen: Seen, device: Device): readonly Field[] => {
  const link = linkNamed(seen, device);
  const all = [
    ...flags(seen.network, seen.machine.name, device).filter((each) => each !== 'M-DOWN'),
    ...(link && !link.up ? ['M-DOWN'] : []),
  ];
  const master = masterOf(seen.machine, device);
  return [
    value('ifindex', device.ifindex, `${device.ifindex}: `),
    ...(link ? [data('link', link.name)] : []),
    value('ifname', device.name, `${device.name}${link ? `@${link.name}` : ''}: `, 'name'),
    value('flags', all, `<${all.join(',')}> `),
    named('mtu', device.mtu),
    ...(master.enslaved ? [named('master', master.bridge.name)] : []),
    named('state', portState(seen.network, seen.machine.name, device)),
  ];
};

/** link.c:print_protinfo */
const detailFields = (port: BridgePort): readonly Field[] => [
  BREAK,
  text('    '),
  onOff('hairpin', port.hairpin),
  onOff('guard', port.guard),
  onOff('root_block', port.rootBlock),
  onOff('fastleave', port.fastLeave),
  onOff('learning', port.learning),
  onOff('flood', port.flood),
  onOff('mcast_flood', port.mcastFlood),
  onOff('bcast_flood', port.bcastFlood),
  named('mcast_router', port.mcastRouter),
  onOff('mcast_to_unicast', port.mcastToUnicast),
  onOff('neigh_suppress', port.neighSuppress),
  onOff('vlan_tunnel', port.vlanTunnel),
  onOff('isolated', port.isolated),
  onOff('locked', port.locked),
];

const portFields = (seen: Seen, device: Device, port: BridgePort, details: boolean): readonly Field[] => [
  ...headFields(seen, device),
  named('priority', port.priority),
  named('cost', port.cost),
  ...(details ? detailFields(port) : []),
  END,
];

const seenBy = ({ simulation, place }: Request): Seen | undefined => {
  const network = simulation.network();
  const machine = machineAt(network, place);
  return machine && { network, machine, neighbours: devicesAt(network, place) };
};

export const showLinks: BridgeObject = (request) => {
  const filter = readAll<Filter>(READERS, {}, wordsOf(request.args));
  if (!filter.ok) return filter.error;
  const only = maybeDevice(request, filter.value.device, noDevice);
  if (!only.ok) return only.error;
  const seen = seenBy(request);
  const ports = (seen?.neighbours ?? []).filter(({ id }) => only.value === undefined || only.value.id === id);
  const records = ports.flatMap((device) =>
    seen && device.port ? [portFields(seen, device, device.port, request.options.details)] : [],
  );
  return said(print(records, request.options));
};
