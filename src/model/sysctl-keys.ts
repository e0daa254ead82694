import { fail, ok } from '../base/result.ts';
import { addresses4 } from './address-routes4.ts';
import type { Device, NamespaceName } from './device.ts';
import { deviceOf, type Edit, machineOf, namespaceOf, putDevice, putNamespace } from './edit.ts';
import { devicesIn, type Found, findDevice, findNamespace } from './find.ts';
import { disable6, up6 } from './inet6.ts';
import type { Verdict } from './kinds/kind.ts';
import { type Network, type Place, ROOT } from './network.ts';
import { CONF4_DEFAULTS, type ConfKey, NEIGH_DEFAULTS } from './sysctl.ts';
import { canonicalValue, integer, NAMESPACE_SETTINGS } from './sysctl-namespace.ts';
import { type Key, parseKey, refused, type Version } from './sysctl-parse.ts';

/** The value of a key as its file under /proc/sys shows it. */
export const readSysctl = (network: Network, place: Place, text: string): Found<string> => {
  const namespace = findNamespace(network, place);
  if (!namespace.ok) return namespace;
  const parsed = parseKey(text);
  if (!parsed.ok) return parsed;
  const key = parsed.value;
  if (key.of === 'namespace') return ok(namespace.value.sysctls[key.key] ?? NAMESPACE_SETTINGS[key.key]?.value ?? '');
  if (key.of === 'neigh' && key.who === 'default') {
    if (place.namespace !== ROOT) return fail(refused(text, 'ENOENT'));
    return ok(
      `${namespace.value.conf[key.version === 'ipv4' ? 'neigh4' : 'neigh6'][key.key] ?? NEIGH_DEFAULTS[key.key]}`,
    );
  }
  if (key.of === 'conf' && (key.who === 'all' || key.who === 'default'))
    return ok(`${namespace.value.conf[confName(key.who, key.version)][key.key] ?? CONF4_DEFAULTS[key.key]}`);
  const device = findDevice(network, place, key.who);
  if (!device.ok) return fail(refused(text, 'ENOENT'));
  const isFour = key.version === 'ipv4';
  return key.of === 'conf'
    ? ok(`${device.value[isFour ? 'conf4' : 'conf6'][key.key] ?? CONF4_DEFAULTS[key.key]}`)
    : ok(`${device.value[isFour ? 'neigh4' : 'neigh6'][key.key] ?? NEIGH_DEFAULTS[key.key]}`);
};

const confName = (who: 'all' | 'default', version: Version) => `${who}${version === 'ipv4' ? 4 : 6}` as const;

/** Writes a key, with what the kernel does along with it. */
export const writeSysctl = (edit: Edit, namespace: NamespaceName, text: string, value: string): Verdict => {
  const parsed = parseKey(text);
  if (!parsed.ok) return parsed.error;
  const key = parsed.value;
  if (key.of === 'namespace') return writeNamespace(edit, namespace, key.key, value);
  // Of several numbers the first counts (kernel/sysctl.c:do_proc_dointvec).
  const number = integer(value.trim().split(/\s+/)[0] ?? '');
  const isSmall = Number.isInteger(number) && Math.abs(number) < 2 ** 31;
  if (!isSmall || (key.of === 'neigh' && number < 0)) return refused(text, 'EINVAL');
  const isKnown =
    key.of === 'conf' ? writeConf(edit, namespace, key, number) : writeNeigh(edit, namespace, key, number);
  return isKnown ? undefined : refused(text, 'ENOENT');
};

const writeNamespace = (edit: Edit, name: NamespaceName, key: string, text: string): Verdict => {
  const setting = NAMESPACE_SETTINGS[key];
  const value = setting ? canonicalValue(setting, text) : { valid: false as const };
  if (!value.valid) return refused(key, 'EINVAL');
  const namespace = namespaceOf(edit, name);
  putNamespace(edit, { ...namespace, sysctls: { ...namespace.sysctls, [key]: value.value } });
  return undefined;
};

const writeNeigh = (edit: Edit, name: NamespaceName, key: Extract<Key, { of: 'neigh' }>, value: number): boolean => {
  const field = key.version === 'ipv4' ? 'neigh4' : 'neigh6';
  if (key.who === 'default') {
    const namespace = namespaceOf(edit, name);
    if (name !== ROOT) return false;
    const conf = { ...namespace.conf, [field]: { ...namespace.conf[field], [key.key]: value } };
    putNamespace(edit, { ...namespace, conf });
    return true;
  }
  const found = findDevice(edit.network, { machine: edit.machine, namespace: name }, key.who);
  if (!found.ok) return false;
  putDevice(edit, { ...found.value, [field]: { ...found.value[field], [key.key]: value } });
  return true;
};

type ConfWrite = Extract<Key, { of: 'conf' }>;

const writeConf = (edit: Edit, name: NamespaceName, key: ConfWrite, value: number): boolean => {
  const place = { machine: edit.machine, namespace: name };
  if (key.who === 'all' || key.who === 'default') {
    writeCommon(edit, name, key, key.who, value);
    return true;
  }
  const found = findDevice(edit.network, place, key.who);
  if (!found.ok) return false;
  writeDevice(edit, found.value, key, value);
  return true;
};

const writeCommon = (edit: Edit, name: NamespaceName, key: ConfWrite, who: 'all' | 'default', value: number): void => {
  const namespace = namespaceOf(edit, name);
  const field = confName(who, key.version);
  const old = namespace.conf[field][key.key] ?? CONF4_DEFAULTS[key.key];
  if (old === value) return;
  putConf(edit, name, field, key.key, value);
  if (who === 'default') copyDefault(edit, name, key, old, value);
  else if (SPREADS.has(key.key)) spread(edit, name, key, value);
};

/** Written to `all` these are written to `default` and to every device too. */
const SPREADS: ReadonlySet<ConfKey> = new Set(['forwarding', 'disable_ipv6']);

/** net/ipv4/devinet.c:inet_forward_change, net/ipv6/addrconf.c:addrconf_fixup_forwarding, addrconf_disable_ipv6 */
const spread = (edit: Edit, name: NamespaceName, key: ConfWrite, value: number): void => {
  if (key.version === 'ipv4') putConf(edit, name, 'all4', 'accept_redirects', value ? 0 : 1);
  putConf(edit, name, confName('default', key.version), key.key, value);
  for (const device of devicesIn(machineOf(edit), name)) writeDevice(edit, device, key, value);
};

/** Devices that were not configured yet take a new default along (devinet.c:devinet_copy_dflt_conf). IPv6 has no such rule. */
const copyDefault = (edit: Edit, name: NamespaceName, key: ConfWrite, old: number, value: number): void => {
  if (key.version === 'ipv6' || key.key === 'forwarding') return;
  for (const device of devicesIn(machineOf(edit), name)) {
    const own = device.conf4[key.key] ?? CONF4_DEFAULTS[key.key];
    if (own === old && addresses4(device).length === 0) writeDevice(edit, device, key, value);
  }
};

const putConf = (
  edit: Edit,
  name: NamespaceName,
  field: 'all4' | 'default4' | 'all6' | 'default6',
  key: ConfKey,
  value: number,
): void => {
  const namespace = namespaceOf(edit, name);
  const conf = { ...namespace.conf, [field]: withValue(namespace.conf[field], key, value) };
  putNamespace(edit, { ...namespace, conf });
};

/** Only what differs from the kernel's default is held. */
const withValue = (conf: Device['conf4'], key: ConfKey, value: number): Device['conf4'] => {
  if (value !== CONF4_DEFAULTS[key]) return { ...conf, [key]: value };
  const { [key]: _default, ...rest } = conf;
  return rest;
};

const writeDevice = (edit: Edit, { id }: Device, { key, version }: ConfWrite, value: number): void => {
  const device = deviceOf(edit, id);
  const field = version === 'ipv4' ? 'conf4' : 'conf6';
  const old = device[field][key] ?? CONF4_DEFAULTS[key];
  putDevice(edit, { ...device, [field]: withValue(device[field], key, value) });
  if (key !== 'disable_ipv6' || (old === 0) === (value === 0)) return;
  if (value !== 0) disable6(edit, device);
  else if (device.up) up6(edit, deviceOf(edit, id));
};
