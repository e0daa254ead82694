import type { DeviceId, Loopback, NamespaceName } from './device.ts';
import { ZERO_MAC } from './mac.ts';
import {
  type KernelVersion,
  type Machine,
  type MachineName,
  type MachineRole,
  type Namespace,
  NEWEST_KERNEL,
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
  const { machine = 'host' as MachineName, role = 'host', kernel = NEWEST_KERNEL, ipv6 = false } = options;
  return { kernel, machines: { [machine]: emptyMachine(machine, role, ipv6) }, cables: [] };
};

/** Where IPv6 is off, `net.ipv6.conf.{all,default}.disable_ipv6` say so from the start. */
export const emptyMachine = (name: MachineName, role: MachineRole, ipv6: boolean): Machine => {
  const off = ipv6 ? {} : { disable_ipv6: 1 };
  const conf = { all4: {}, default4: {}, all6: off, default6: off, neigh4: {}, neigh6: {} };
  return {
    name,
    role,
    ipv6,
    namespaces: { [ROOT]: emptyNamespace(ROOT, conf) },
    devices: { 1: loopback(1, ROOT, conf) },
    nextDevice: 2,
  };
};

/**
 * A new namespace beside others. IPv4 settings come from the first one as they are now; IPv6 settings from the
 * kernel's defaults (net/ipv4/devinet.c:devinet_init_net, with net.core.devconf_inherit_init_net 0).
 */
export const addNamespace = (machine: Machine, name: NamespaceName): Machine => {
  const boot = machine.namespaces[ROOT]!.conf;
  const off = machine.ipv6 ? {} : { disable_ipv6: 1 };
  const { all4, default4, neigh4, neigh6 } = boot;
  const conf = { all4, default4, all6: off, default6: off, neigh4, neigh6 };
  const id = machine.nextDevice;
  return {
    ...machine,
    namespaces: { ...machine.namespaces, [name]: emptyNamespace(name, conf) },
    devices: { ...machine.devices, [id]: loopback(id, name, conf) },
    nextDevice: id + 1,
  };
};

const emptyNamespace = (name: NamespaceName, conf: Namespace['conf']): Namespace => ({
  name,
  routes: [],
  neighbours: [],
  proxies: [],
  conf,
  sysctls: {},
  nextIfindex: 2,
  nsids: {},
});

const loopback = (id: DeviceId, namespace: NamespaceName, conf: Namespace['conf']): Loopback => ({
  id,
  kind: 'loopback',
  name: 'lo',
  namespace,
  ifindex: 1,
  mac: ZERO_MAC,
  mtu: 65536,
  up: false,
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
