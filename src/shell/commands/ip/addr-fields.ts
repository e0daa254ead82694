import type { Address, Device } from '../../../model/device.ts';
import { familyName } from '../../text/addresses.ts';
import { BREAK, type Colour, data, END, type Field, mark, named, text, value } from '../../text/fields.ts';
import type { Options } from './options.ts';
import { scopeName } from './scopes.ts';

const FOREVER = 0xffff_ffff;

export const isDeprecated = ({ preferredSeconds }: Address): boolean => preferredSeconds === 0;

/** In the order of ipaddress.c: ifa_flag_data. */
const flagFields = (address: Address): readonly Field[] => [
  ...(address.secondary ? [mark(address.family === 6 ? 'temporary' : 'secondary')] : []),
  ...(address.nodad ? [mark('nodad')] : []),
  ...(isDeprecated(address) ? [mark('deprecated')] : []),
  ...(address.validSeconds === undefined ? [] : [mark('dynamic')]),
  ...(address.noprefixroute ? [mark('noprefixroute')] : []),
];

const lifetime = (key: string, label: string, seconds: number | undefined): readonly Field[] => [
  text(label),
  seconds === undefined ? data(key, FOREVER) : data(key, seconds),
  text(seconds === undefined ? 'forever' : `${seconds}sec`),
];

/** `10.0.0.1 peer 10.0.0.2/32 `: what is left of an address in `-br`. */
const addressFields = (address: Address): readonly Field[] => {
  const colour: Colour = address.family === 4 ? 'inet' : 'inet6';
  const { peer } = address;
  return [
    value('local', address.local, address.local, colour),
    ...(peer === undefined || peer === address.local ? [] : [text(' peer '), value('address', peer, peer, colour)]),
    value('prefixlen', address.length, `/${address.length} `),
    ...(address.metric === undefined ? [] : [named('metric', address.metric)]),
  ];
};

const whole = (device: Device, address: Address, { numeric }: Options): readonly Field[] => {
  const colour: Colour = address.family === 4 ? 'inet' : 'inet6';
  const family = familyName(address.family);
  const label = address.label ?? device.name;
  return [
    value('family', family, `    ${family} `),
    ...addressFields(address),
    ...(address.broadcast === undefined
      ? []
      : [text('brd '), value('broadcast', address.broadcast, `${address.broadcast} `, colour)]),
    named('scope', scopeName(address.scope, numeric)),
    ...flagFields(address),
    ...(address.family === 4 ? [value('label', label, label)] : []),
    BREAK,
    ...lifetime('valid_life_time', '       valid_lft ', address.validSeconds),
    ...lifetime('preferred_life_time', ' preferred_lft ', address.preferredSeconds),
    END,
  ];
};

/** One address of a device (ip/ipaddress.c:print_addrinfo). `alone`: no line about the device stands above it. */
export const addrFields = (device: Device, address: Address, options: Options, alone: boolean): readonly Field[] => {
  if (options.brief) return addressFields(address);
  const owner = [data('index', device.ifindex), data('dev', device.name), text(`${device.ifindex}: ${device.name}`)];
  return [...(alone ? owner : []), ...whole(device, address, options)];
};
