import { SECOND } from '../../../engine/event.ts';
import type { NeighbourRow } from '../../../engine/simulation.ts';
import { findNamespace } from '../../../model/find.ts';
import type { Ip } from '../../../model/ip.ts';
import { END, type Field, text, value } from '../../text/fields.ts';
import { machineAt } from './lookup.ts';
import type { Options } from './options.ts';
import type { Request } from './request.ts';
import { deviceFields, familyColour } from './route-print.ts';

const seconds = (age: number): number => Math.floor(age / SECOND);

const statistics = ({ usedAgo, confirmedAgo, updatedAgo, probes }: NeighbourRow): readonly Field[] => [
  value('used', seconds(usedAgo), ` used ${seconds(usedAgo)}`),
  value('confirmed', seconds(confirmedAgo), `/${seconds(confirmedAgo)}`),
  value('updated', seconds(updatedAgo), `/${seconds(updatedAgo)}`),
  value('probes', probes, `probes ${probes} `),
];

export type View = { readonly options: Options; readonly hideDevice: boolean };

/** One line of `ip neigh` (ipneigh.c:print_neigh). */
export const rowFields = (row: NeighbourRow, { options, hideDevice }: View): readonly Field[] => {
  const { ip, device, mac, state } = row;
  const shown = state.toUpperCase();
  return [
    value('dst', ip, `${ip} `, familyColour(ip)),
    ...(hideDevice ? [] : deviceFields('dev', device)),
    ...(mac === undefined ? [] : [text('lladdr '), value('lladdr', mac, `${mac} `, 'mac')]),
    ...(options.stats > 0 ? statistics(row) : []),
    value('state', [shown], `${shown} `),
    END,
  ];
};

export const briefFields = ({ ip, device, mac }: NeighbourRow, { hideDevice }: View): readonly Field[] => [
  value('dst', ip, `${ip.padEnd(39)} `, familyColour(ip)),
  ...(hideDevice ? [] : [value('dev', device, `${device.padEnd(16)} `, 'name')]),
  ...(mac === undefined ? [] : [value('lladdr', mac, mac, 'mac')]),
  END,
];

export const proxyFields = (ip: Ip, device: string, hideDevice: boolean): readonly Field[] => [
  value('dst', ip, `${ip} `, familyColour(ip)),
  ...(hideDevice ? [] : deviceFields('dev', device)),
  value('proxy', null, 'proxy '),
  END,
];

type Proxy = { readonly ip: Ip; readonly device: string };

export const proxiesOf = ({ simulation, place }: Request): readonly Proxy[] => {
  const machine = machineAt(simulation.network(), place);
  const namespace = findNamespace(simulation.network(), place);
  if (!namespace.ok) return [];
  return namespace.value.proxies.map(({ ip, device }) => ({ ip, device: machine?.devices[device]?.name ?? '' }));
};
