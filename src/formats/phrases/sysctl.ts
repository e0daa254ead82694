import { CONF4_DEFAULTS, type DeviceConf, isConf6, NEIGH_DEFAULTS, type NeighConf } from '../../model/sysctl.ts';

/** A key as behind `sysctl -w`, and its value. */
export type Setting = readonly [key: string, value: number | string];
type Values = Readonly<Partial<Record<string, number>>>;

/** Keys whose value under `all` is written to all others too, and changes other keys with it. */
const SPREADING: ReadonlySet<string> = new Set(['forwarding', 'disable_ipv6']);

/** What differs between two sets of values, defaults counted; where it spreads that alone, for the rest may follow. */
const changed = (wanted: Values, now: Values, defaults: Values): readonly Setting[] => {
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(now)])];
  const all = keys.flatMap((key) => {
    const value = wanted[key] ?? defaults[key];
    return value === undefined || value === (now[key] ?? defaults[key]) ? [] : [[key, value] as const];
  });
  const spreading = all.filter(([key]) => SPREADING.has(key));
  return spreading.length > 0 ? spreading : all;
};

/** Dots part a key, so a dot in a name is a slash. */
const nameInKey = (name: string): string => name.replaceAll('.', '/');

const isFour = (key: string): boolean => !isConf6(key as keyof typeof CONF4_DEFAULTS);

/** IPv4 forwarding for all has a name of its own, which everybody knows. */
const confKey = (version: 4 | 6, who: string, key: string): string =>
  version === 4 && who === 'all' && key === 'forwarding'
    ? 'net.ipv4.ip_forward'
    : `net.ipv${isFour(key) ? version : 6}.conf.${nameInKey(who)}.${key}`;

/** What must be written under net.ipvN.conf for `all`, `default` or a device to have these values. */
export const confSettings = (version: 4 | 6, who: string, wanted: DeviceConf, now: DeviceConf): readonly Setting[] =>
  changed(wanted, now, CONF4_DEFAULTS).map(([key, value]) => [confKey(version, who, key), value]);

/** The same under net.ipvN.neigh for `default` or a device. */
export const neighSettings = (version: 4 | 6, who: string, wanted: NeighConf, now: NeighConf): readonly Setting[] =>
  changed(wanted, now, NEIGH_DEFAULTS).map(([key, value]) => [
    `net.ipv${version}.neigh.${nameInKey(who)}.${key}`,
    value,
  ]);
