import { assertNever } from '../base/assert-never.ts';
import { type Edit, edit } from './edit.ts';
import { findNamespace } from './find.ts';
import type { Verdict } from './kinds/kind.ts';
import type { Network } from './network.ts';
import type { Operation } from './operation.ts';
import { addrAdd, addrDel } from './operations/addr.ts';
import { fdbAdd, fdbDel } from './operations/fdb.ts';
import { linkAdd } from './operations/link-add.ts';
import { linkDel } from './operations/link-del.ts';
import { linkSet } from './operations/link-set.ts';
import { cableAdd, cableDel, machineAdd, nicAdd } from './operations/machine.ts';
import { neighAdd, neighDel, proxyAdd, proxyDel } from './operations/neigh.ts';
import { netnsAdd, netnsDel, netnsId } from './operations/netns.ts';
import { portSet } from './operations/port.ts';
import { routeAdd, routeDel } from './operations/route.ts';
import { sysctlSet } from './operations/sysctl.ts';
import { vlanAdd, vlanDel } from './operations/vlan.ts';
import { type Refusal, refuse } from './refusal.ts';
import { settle } from './settle.ts';

/** The network after an operation. Refused: the network as the kernel leaves it, which is nearly always as it was. */
export type Applied = { readonly network: Network; readonly refusal?: Refusal };

/** Carries out one operation as the kernel would, or refuses it as the kernel would. */
export const apply = (network: Network, operation: Operation): Applied => {
  const work = edit(network, machineIn(operation));
  const refusal = missingPlace(network, operation) ?? numberVerdict(operation) ?? act(work, operation);
  if (refusal && !leavesTraces(operation)) return { network, refusal };
  if (work.network !== network) settle(work, network);
  return refusal ? { network: work.network, refusal } : { network: work.network };
};

export type AllApplied = Applied & {
  /** How many operations were carried out; the one behind them is the one that was refused. */
  readonly done: number;
};

/** Carries out operations in order, up to the first that is refused. */
export const applyAll = (network: Network, operations: readonly Operation[]): AllApplied => {
  let now = network;
  for (const [done, operation] of operations.entries()) {
    const applied = apply(now, operation);
    if (applied.refusal) return { ...applied, done };
    now = applied.network;
  }
  return { network: now, done: operations.length };
};

const machineIn = (operation: Operation): Edit['machine'] => {
  if ('at' in operation) return operation.at.machine;
  if ('machine' in operation) return operation.machine;
  return 'end' in operation ? operation.end.machine : operation.ends[0].machine;
};

const missingPlace = (network: Network, operation: Operation): Verdict => {
  if (!('at' in operation)) return undefined;
  const found = findNamespace(network, operation.at);
  return found.ok ? undefined : found.error;
};

/** A message to the kernel cannot hold what is no number. */
const numberVerdict = (value: unknown): Verdict => {
  if (typeof value === 'number' && !Number.isFinite(value)) return refuse('EINVAL');
  if (typeof value !== 'object' || value === null) return undefined;
  for (const part of Object.values(value)) {
    const refusal = numberVerdict(part);
    if (refusal) return refusal;
  }
  return undefined;
};

/**
 * The kernel changes a device part by part, and what was done stays (rtnetlink.c:do_setlink, br_netlink.c:br_setport).
 * One that was made in vain has at least used up a number.
 */
const leavesTraces = ({ op }: Operation): boolean => op === 'link.set' || op === 'port.set' || op === 'link.add';

const act = (edit: Edit, operation: Operation): Verdict => {
  switch (operation.op) {
    case 'machine.add':
      return machineAdd(edit, operation);
    case 'nic.add':
      return nicAdd(edit, operation);
    case 'cable.add':
      return cableAdd(edit, operation);
    case 'cable.del':
      return cableDel(edit, operation);
    case 'netns.add':
      return netnsAdd(edit, operation);
    case 'netns.del':
      return netnsDel(edit, operation);
    case 'netns.id':
      return netnsId(edit, operation);
    case 'link.add':
      return linkAdd(edit, operation);
    case 'link.set':
      return linkSet(edit, operation);
    case 'link.del':
      return linkDel(edit, operation);
    case 'addr.add':
      return addrAdd(edit, operation);
    case 'addr.del':
      return addrDel(edit, operation);
    case 'route.add':
      return routeAdd(edit, operation);
    case 'route.del':
      return routeDel(edit, operation);
    case 'neigh.add':
      return neighAdd(edit, operation);
    case 'neigh.del':
      return neighDel(edit, operation);
    case 'proxy.add':
      return proxyAdd(edit, operation);
    case 'proxy.del':
      return proxyDel(edit, operation);
    case 'port.set':
      return portSet(edit, operation);
    case 'fdb.add':
      return fdbAdd(edit, operation);
    case 'fdb.del':
      return fdbDel(edit, operation);
    case 'vlan.add':
      return vlanAdd(edit, operation);
    case 'vlan.del':
      return vlanDel(edit, operation);
    case 'sysctl.set':
      return sysctlSet(edit, operation);
    default:
      return assertNever(operation);
  }
};
