import { fail, ok } from '../../../base/result.ts';
import type { Device, PortVlan } from '../../../model/device.ts';
import {
  anything,
  devicesAt,
  duplicate,
  exact,
  flag,
  notModelled,
  option,
  type Reader,
  readAll,
  said,
  wordsOf,
} from '../../iproute/index.ts';
import { data, type Field, list, print, text, value } from '../../text/fields.ts';
import type { Options } from './options.ts';
import { atoi, type BridgeObject, maybeDevice, noDevice } from './request.ts';

type Filter = { readonly device?: string; readonly vid?: number };
const READERS: readonly Reader<Filter>[] = [
  option(exact('dev'), (device, state) =>
    state.device === undefined ? ok({ device }) : fail(duplicate('dev', device)),
  ),
  option(exact('vid'), (word, { vid }) => (vid ? fail(duplicate('vid', word)) : ok({ vid: atoi(word) }))),
  flag(anything, {}),
];

/** VLANs that are alike and follow each other are one line where ranges are wanted. */
type Range = PortVlan & { readonly to: number };

const rangesOf = (vlans: readonly PortVlan[], compress: boolean): readonly Range[] => {
  const ranges: Range[] = [];
  for (const vlan of vlans) {
    const last = ranges.at(-1);
    const continues = last?.to === vlan.vid - 1 && !last.pvid && !vlan.pvid && last.untagged === vlan.untagged;
    if (compress && last && continues) ranges[ranges.length - 1] = { ...last, to: vlan.vid };
    else ranges.push({ ...vlan, to: vlan.vid });
  }
  return ranges;
};

const vlansOf = (device: Device): readonly PortVlan[] => {
  const vlans = device.kind === 'bridge' ? device.vlans : (device.port?.vlans ?? []);
  return [...vlans].sort((a, b) => a.vid - b.vid);
};

const rangeFields = ({ vid, to, pvid, untagged }: Range, details: boolean): readonly Field[] => {
  const flags = [...(pvid ? ['PVID'] : []), ...(untagged ? ['Egress Untagged'] : [])];
  return [
    value('vlan', vid, `${vid}`),
    ...(to === vid ? [] : [value('vlanEnd', to, `-${to}`)]),
    ...(flags.length === 0 ? [] : [value('flags', flags, flags.map((each) => ` ${each}`).join(''))]),
    text('\n'),
    ...(details
      ? [
          text(' '.repeat(20)),
          value('state', 'forwarding', 'state forwarding '),
          value('mcast_router', 1, 'mcast_router 1 '),
          text('\n'),
        ]
      : []),
  ];
};

const HEAD = `${'port'.padEnd(16)}  ${'vlan-id'.padEnd(9)}\n`;
const column = (name: string): string => `${name.padEnd(16)}  `;

const deviceFields = (device: Device, { vid }: Filter, { compress, details }: Options): readonly Field[] => {
  const isWanted = (range: Range): boolean => !vid || (range.vid <= vid && vid <= range.to);
  const ranges = rangesOf(vlansOf(device), compress || details).filter(isWanted);
  if (ranges.length === 0) return [];
  const rows = ranges.map((range, index) => [
    ...(index === 0 ? [] : [text(column(''))]),
    ...rangeFields(range, details),
  ]);
  return [data('ifname', device.name), text(column(device.name), 'name'), list('vlans', rows)];
};

export const showVlans: BridgeObject = (request) => {
  const filter = readAll<Filter>(READERS, {}, wordsOf(request.args));
  if (!filter.ok) return filter.error;
  const only = maybeDevice(request, filter.value.device, noDevice);
  if (!only.ok) return only.error;
  const { options, simulation, place } = request;
  if (options.stats) return notModelled('counting per VLAN');
  const devices = devicesAt(simulation.network(), place).filter(
    ({ id }) => only.value === undefined || only.value.id === id,
  );
  const records = devices.map((device) => deviceFields(device, filter.value, options));
  const shown = records.filter((fields) => fields.length > 0);
  return said((options.json ? '' : HEAD) + print(shown, options));
};
