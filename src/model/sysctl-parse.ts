import { fail, ok } from '../base/result.ts';
import type { Found } from './find.ts';
import type { Errno, Refusal } from './refusal.ts';
import { CONF4_DEFAULTS, CONF6_KEYS, type ConfKey, NEIGH_DEFAULTS, type NeighKey } from './sysctl.ts';
import { NAMESPACE_SETTINGS } from './sysctl-namespace.ts';

export type Version = 'ipv4' | 'ipv6';
/** What a key speaks of. `who` is `all`, `default` or a device. */
export type Key =
  | { readonly of: 'conf'; readonly version: Version; readonly who: string; readonly key: ConfKey }
  | { readonly of: 'neigh'; readonly version: Version; readonly who: string; readonly key: NeighKey }
  | { readonly of: 'namespace'; readonly key: string };

export const refused = (key: string, errno: Errno): Refusal => ({ by: 'sysctl', key: canonicalKey(key), errno });

/**
 * The separator is whichever of `.` and `/` comes first; the other then stands for a dot in a name, so that
 * `net.ipv4.conf.eth0/5.rp_filter` and `net/ipv4/conf/eth0.5/rp_filter` are the same (sysctl(8)).
 */
const partsOf = (key: string): readonly string[] => {
  const first = /[./]/.exec(key)?.[0];
  return first === '/' ? key.split('/') : key.split('.').map((part) => part.replaceAll('/', '.'));
};

/** With dots between the parts, and slashes for dots within them, as sysctl(8) prints it. */
export const canonicalKey = (key: string): string =>
  partsOf(key)
    .map((part) => part.replaceAll('.', '/'))
    .join('.');

const isConfKey = (version: Version, name: string): name is ConfKey => {
  if (!Object.hasOwn(CONF4_DEFAULTS, name)) return false;
  const isSix = CONF6_KEYS.has(name as ConfKey);
  return version === 'ipv4' ? !isSix : isSix || BOTH.has(name);
};
const BOTH: ReadonlySet<string> = new Set(['forwarding', 'accept_redirects', 'accept_source_route', 'mc_forwarding']);

export const parseKey = (text: string): Found<Key> => {
  const [net, version, area, who, name, ...more] = partsOf(text);
  if (
    net === 'net' &&
    (version === 'ipv4' || version === 'ipv6') &&
    who !== undefined &&
    name !== undefined &&
    more.length === 0
  ) {
    if (area === 'conf' && isConfKey(version, name)) return ok({ of: 'conf', version, who, key: name });
    if (area === 'neigh' && Object.hasOwn(NEIGH_DEFAULTS, name))
      return ok({ of: 'neigh', version, who, key: name as NeighKey });
  }
  const key = canonicalKey(text);
  if (key === 'net.ipv4.ip_forward') return ok({ of: 'conf', version: 'ipv4', who: 'all', key: 'forwarding' });
  return Object.hasOwn(NAMESPACE_SETTINGS, key) ? ok({ of: 'namespace', key }) : fail(refused(text, 'ENOENT'));
};
