import type { DeviceId, Loopback, NamespaceName } from './device.ts';
import { ZERO_MAC } from './mac.ts';
import {
  DEFAULT_KERNEL,
  type KernelVersion,
  type Machine,
  type MachineName,
  type MachineRole,
  type Namespace,
  type Network,
  ROOT,
} from './network.ts';

export type EmptyOptions = {
  readonly machine?: MachineName;
  readonly role?: MachineRole;
  readonly kernel?: KernelVersion;
  readonly ipv6?: boolean;
};

/** One machine, `host` unless named otherwise, as it boots: a namespace with `lo` that is down. */
export const emptyNetwork = (options: EmptyOptions = {}): Network => {
  const { machine = 'host' as MachineName, role = 'host', kernel = DEFAULT_KERNEL, ipv6 = false } = options;
  return { kernel, machines: { [machine]: emptyMachine(machine, role, ipv6) }, cables: [] };
};

/** Where IPv6 is off, `net.ipv6.conf.{all,default}.disable_ipv6` say so from the start. */
export const emptyMachine = (name: MachineName, role: MachineRole, ipv6: boolean): Machine => {
  const off = ipv6 ? {} : { disable_ipv6: 1 };
  const conf = { all4: {}, default4: {}, all6: off, default6: off, neigh4: {}, neigh6: {} };
  const root = emptyNamespace(ROOT, conf);
  return {
    name,
    role,
    ipv6,
    namespaces: [root],
    devices: { 1: loopback(1, root) },
    nextDevice: 2,
  };
};

/**
 * A new namespace beside others. IPv4 settings come from the first one as they are now; IPv6 settings from the
 * kernel's defaults (net/ipv4/devinet.c:devinet_init_net, with net.core.devconf_inherit_init_net 0).
 */
export const namespaceBeside = (machine: Machine, name: NamespaceName): Namespace => {
  const { all4, default4, neigh4, neigh6 } = machine.namespaces[0]!.conf;
  const off = machine.ipv6 ? {} : { disable_ipv6: 1 };
  return emptyNamespace(name, { all4, default4, all6: off, default6: off, neigh4, neigh6 });
};

const emptyNamespace = (name: NamespaceName, conf: Namespace['conf']): Namespace => ({
  name,
  routes: [],
  neighbours: [],
  proxies: [],
  conf,
  sysctls: {},
  nextIfindex: 2,
  nsids: [],
});

/** Every namespace has one from the start. */
export const loopback = (id: DeviceId, { name: namespace, conf }: Namespace): Loopback => ({
  id,
  kind: 'loopback',
  name: 'lo',
  namespace,
  ifindex: 1,
  mac: ZERO_MAC,
  mtu: 65536,
  up: false,
  carrier: 'untold',
  queued: false,
  noarp: false,
  promisc: false,
  allmulti: false,
  multicast: false,
  txQueueLength: 1000,
  group: 0,
  addresses: [],
  conf4: conf.default4,
  conf6: conf.default6,
  neigh4: conf.neigh4,
  neigh6: conf.neigh6,
});
