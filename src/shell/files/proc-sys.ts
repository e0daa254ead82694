import { fail, ok } from '../../base/result.ts';
import { devicesIn, findMachine } from '../../model/find.ts';
import { CONF4_DEFAULTS, CONF6_KEYS, NEIGH_DEFAULTS } from '../../model/sysctl.ts';
import { readSysctl } from '../../model/sysctl-keys.ts';
import { NAMESPACE_SETTINGS } from '../../model/sysctl-namespace.ts';
import { carryOut, directory, type Entries, type FileNode, line, lookedUp, type View } from './node.ts';

const CONF4_KEYS = Object.keys(CONF4_DEFAULTS).filter((key) => !([...CONF6_KEYS] as string[]).includes(key));
const BOTH = ['accept_redirects', 'accept_source_route', 'forwarding'];

/** A key by its path under /proc/sys, in which a dot is a dot: `net/ipv4/conf/eth0.5/rp_filter`. */
const setting = (view: View, key: string): FileNode => {
  const { simulation, place } = view;
  const read = () => {
    const value = readSysctl(simulation.network(), place, key);
    return value.ok ? ok(value.value) : fail('ENOENT' as const);
  };
  return lookedUp(read, (value) => carryOut(view, { op: 'sysctl.set', at: place, key, value: value.trim() }));
};

const settings = (view: View, path: string, keys: readonly string[]): FileNode =>
  directory(() => Object.fromEntries(keys.map((key) => [key, setting(view, `${path}/${key}`)])));

const deviceNames = ({ simulation, place }: View): readonly string[] => {
  const machine = findMachine(simulation.network(), place.machine);
  return machine.ok ? devicesIn(machine.value, place.namespace).map(({ name }) => name) : [];
};

const isThere = ({ simulation, place }: View, key: string): boolean => readSysctl(simulation.network(), place, key).ok;

/** A directory for each of `all`, `default` and the devices, as far as there are any. */
const perDevice = (view: View, path: string, keys: readonly string[]): FileNode =>
  directory(() => {
    const names = ['all', 'default', ...deviceNames(view)];
    const existing = names.filter((name) => isThere(view, `${path}/${name}/${keys[0]}`));
    return Object.fromEntries(existing.map((name) => [name, settings(view, `${path}/${name}`, keys)]));
  });

/** Puts keys such as `net.ipv4.icmp.ratelimit` where they belong. */
const tree = (view: View, keys: readonly string[], above = ''): Entries => {
  const names = [...new Set(keys.map((key) => key.split('.')[0] ?? ''))];
  const nodeFor = (name: string): FileNode => {
    const path = above === '' ? name : `${above}/${name}`;
    const inside = keys.filter((key) => key.startsWith(`${name}.`)).map((key) => key.slice(name.length + 1));
    return inside.length === 0 ? setting(view, path) : directory(() => tree(view, inside, path));
  };
  return Object.fromEntries(names.map((name) => [name, nodeFor(name)]));
};

const NEIGH_KEYS = Object.keys(NEIGH_DEFAULTS);

const version = (view: View, name: 'ipv4' | 'ipv6'): FileNode =>
  directory(() => {
    const prefix = `net.${name}.`;
    const keys = [...Object.keys(NAMESPACE_SETTINGS), 'net.ipv4.ip_forward'].filter((key) => key.startsWith(prefix));
    const own = keys.map((key) => key.slice(prefix.length));
    const conf = name === 'ipv4' ? CONF4_KEYS : [...CONF6_KEYS, ...BOTH];
    return {
      ...tree(view, own, `net/${name}`),
      conf: perDevice(view, `net/${name}/conf`, conf),
      neigh: perDevice(view, `net/${name}/neigh`, NEIGH_KEYS),
    };
  });

/** /proc/sys, as far as it speaks of networks. */
export const procSys = (view: View): FileNode =>
  directory(() => ({
    kernel: directory(() => ({ hostname: line(view.place.machine) })),
    net: directory(() => ({
      core: directory(() => ({
        devconf_inherit_init_net: setting(view, 'net/core/devconf_inherit_init_net'),
      })),
      ipv4: version(view, 'ipv4'),
      ipv6: version(view, 'ipv6'),
    })),
  }));
