import type { Device } from '../../../model/device.ts';
import { findMachine, linkOf } from '../../../model/find.ts';
import { BREAK, END, type Field, list, print } from '../../text/fields.ts';
import { addrFields } from './addr-fields.ts';
import type { Seen } from './kinds/kind.ts';
import { briefFields, linkFields } from './link-fields.ts';
import { inet6Brief, inet6Fields } from './link-inet6.ts';
import { statsFields } from './link-stats.ts';
import { devicesAt, machineAt } from './lookup.ts';
import type { OptionFamily } from './options.ts';
import { DONE, type Outcome, said } from './outcome.ts';
import type { IpObject, Request } from './request.ts';
import { admits, type Filter, isListed, isShown, readFilter } from './show-filter.ts';
import { ADDRESS_USAGE, LINK_USAGE } from './usage.ts';

type Listing = { readonly request: Request; readonly filter: Filter; readonly asLink: boolean };

const seenBy = ({ simulation, place }: Request, device: Device): Seen | undefined => {
  const network = simulation.network();
  const machine = machineAt(network, place);
  return machine && { network, machine, place, device };
};

const stats = ({ simulation, place, options }: Request, device: Device): readonly Field[] =>
  options.stats > 0 ? statsFields(simulation.counters(place, device.id), options) : [];

const linkPart = ({ request, filter, asLink }: Listing, device: Device): readonly Field[] => {
  const seen = seenBy(request, device);
  if (!seen) return [];
  const { options } = request;
  if (filter.family === 6 && !filter.device) return options.brief ? inet6Brief(seen) : [...inet6Fields(seen), END];
  if (options.brief) return briefFields(seen, filter.family === 'link');
  const hardware = filter.family === 'any' || filter.family === 'link';
  const counted = asLink ? stats(request, device) : [];
  return [...linkFields(seen, { options, asLink, hardware }), ...(counted.length > 0 ? [BREAK, ...counted] : []), END];
};

const addressPart = ({ request, filter }: Listing, device: Device): readonly Field[] => {
  const { options } = request;
  const shown = filter.up && !device.up ? [] : device.addresses.filter((each) => admits(filter, device, each));
  return [
    list(
      'addr_info',
      shown.map((each) => addrFields(device, each, options, options.oneline)),
    ),
    ...(options.brief ? [END] : []),
  ];
};

/** One device. Where `ip` passes one over, an empty object still stands for it in JSON. */
const recordOf = (listing: Listing, device: Device): readonly Field[] => {
  const { request, filter, asLink } = listing;
  const { options } = request;
  const withLink = options.brief || !options.oneline || filter.family === 'link';
  if (withLink && !isShown(filter, device)) return [];
  // A label picks addresses, and no line about their devices is shown then.
  const lines = withLink && filter.label === undefined;
  const counted = lines && !asLink && !options.brief ? stats(request, device) : [];
  return [
    ...(lines ? linkPart(listing, device) : []),
    ...(filter.family === 'link' ? [] : addressPart(listing, device)),
    ...counted,
    ...(counted.length > 0 ? [BREAK] : []),
  ];
};

/** Devices that have an address to show; with nothing said about the family, also those that have none at all. */
const hasSomething = (filter: Filter, device: Device): boolean => {
  if (filter.family === 'link') return true;
  if (device.addresses.length === 0) return filter.family === 'any';
  return device.addresses.some((each) => admits(filter, device, each));
};

/** To be told of a link gives its namespace a number (net/core/rtnetlink.c:rtnl_fill_link_netnsid). */
const meet = ({ simulation, place }: Request, device: Device): void => {
  const found = findMachine(simulation.network(), place.machine);
  const link = found.ok ? linkOf(found.value, device) : undefined;
  if (link?.where === 'elsewhere' && link.nsid === undefined)
    simulation.apply({ op: 'netns.id', at: place, name: link.device.namespace });
};

const show = (request: Request, family: OptionFamily, asLink: boolean): Outcome => {
  const read = readFilter(request, family, asLink ? LINK_USAGE : ADDRESS_USAGE);
  if (!read.ok) return read.error;
  const filter = read.value;
  const { options, place, simulation } = request;
  if (family === 'mpls' || family === 'bridge') return options.json ? said('[]\n') : DONE;
  const devices = filter.device ? [filter.device] : devicesAt(simulation.network(), place);
  const shown = devices.filter((device) => isListed(filter, device) && hasSomething(filter, device));
  for (const device of shown) meet(request, device);
  const listing: Listing = { request, filter, asLink };
  return said(
    print(
      shown.map((device) => recordOf(listing, device)),
      options,
    ),
  );
};

export const showLinks: IpObject = (request) => show(request, 'link', true);
export const showAddresses: IpObject = (request) => show(request, request.options.family, false);
