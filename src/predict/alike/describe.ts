import { type Device, isMacvlan, isStacked } from '../../model/device.ts';
import { namespaceNamed } from '../../model/find.ts';
import { isLoopbackIp } from '../../model/ip.ts';
import { isGroupMac, type Mac } from '../../model/mac.ts';
import { type Machine, type MachineName, type Namespace, type Network, ROOT, type Route } from '../../model/network.ts';
import type { Endpoint } from '../endpoint.ts';
import { groupedBy } from '../grouped.ts';
import { createGraph, type Graph, type GraphBuilder } from './graph.ts';
import { type Owners, ownersIn } from './owners.ts';
import { createPrefixes, type Prefixes } from './prefixes.ts';

/** A network as a graph of all that a frame could notice, with the vertex of each endpoint. */
export type Description = { readonly graph: Graph; readonly vertexOf: (endpoint: Endpoint) => number };

type Work = {
  readonly network: Network;
  readonly build: GraphBuilder;
  readonly prefixes: Prefixes;
  readonly owners: Owners;
  readonly devices: Map<string, number>;
  readonly addresses: Map<string, number>;
  readonly macs: Map<Mac, number>;
};

const keyOf = (machine: MachineName, id: number): string => `${machine}#${id}`;

/**
 * Settings stand in labels as they are, so that a setting which this file has never heard of tells devices apart; only
 * what refers to something else becomes an edge, and only names and numbers that no frame sees are left out. The order
 * in which a bridge or a parent serves its ports and children is left out too: where it matters, a race shows it.
 */
export const describe = (network: Network): Description => {
  const build = createGraph();
  const work: Work = {
    network,
    build,
    prefixes: createPrefixes(build),
    owners: ownersIn(network),
    devices: new Map(),
    addresses: new Map(),
    macs: new Map(),
  };
  const machines = Object.values(network.machines);
  for (const machine of machines) for (const device of Object.values(machine.devices)) addDevice(work, machine, device);
  for (const machine of machines) {
    const inside = groupedBy(Object.values(machine.devices), ({ namespace }) => namespace);
    for (const namespace of Object.values(machine.namespaces))
      addNamespace(work, machine, namespace, inside.get(namespace.name) ?? []);
    for (const device of Object.values(machine.devices)) tieDevice(work, machine, device);
  }
  for (const { ends } of network.cables) {
    const [a, b] = ends.map((end) => work.devices.get(keyOf(end.machine, end.device)));
    if (a !== undefined && b !== undefined) build.tie(a, b, 'cable');
  }
  work.prefixes.close();
  return {
    graph: build.graph(),
    vertexOf: ({ place, device, address }) => work.addresses.get(`${keyOf(place.machine, device.id)} ${address}`)!,
  };
};

/** `lo` with nothing but its own address is alike everywhere: a word in its namespace's label says as much as a vertex. */
const isPlainLoopback = (device: Device): boolean =>
  device.kind === 'loopback' && device.addresses.every(({ local }) => isLoopbackIp(local) || local === '::1');

const addDevice = ({ build, owners, devices }: Work, machine: Machine, device: Device): void => {
  if (isPlainLoopback(device)) return;
  const own = owners.isContested(device) ? `!${keyOf(machine.name, device.id)}` : '';
  devices.set(keyOf(machine.name, device.id), build.vertex(`device ${settingsOf(device)}${own}`));
};

/** What no frame sees, or what stands in the graph as an edge. */
const UNSEEN = {
  ...{ id: 0, name: 0, namespace: 0, ifindex: 0, mac: 0, permanentMac: 0, parentMac: 0, alias: 0, devId: 0 },
  ...{ addresses: 0, parent: 0, peer: 0, master: 0, fdb: 0, sources: 0 },
};

const settingsOf = (device: Device): string => {
  const { port, ipvlanPort } = device;
  return JSON.stringify({
    ...device,
    ...UNSEEN,
    ...(port && { port: { ...port, number: 0, joined: 0 } }),
    ...(ipvlanPort && { ipvlanPort: { ...ipvlanPort, nextDevId: 0 } }),
  });
};

const macVertex = ({ build, macs, owners }: Work, mac: Mac): number | undefined => {
  if (!owners.isNamed(mac)) return undefined;
  const known = macs.get(mac);
  if (known !== undefined) return known;
  const fresh = build.vertex(isGroupMac(mac) || mac.startsWith('00:00:00:00') ? `mac ${mac}` : 'mac');
  macs.set(mac, fresh);
  return fresh;
};

const tieMac = (work: Work, from: number, mac: Mac, label: string): void => {
  const vertex = macVertex(work, mac);
  if (vertex !== undefined) work.build.edge(from, vertex, label);
};

const tieDevice = (work: Work, machine: Machine, device: Device): void => {
  const { build, devices } = work;
  const at = devices.get(keyOf(machine.name, device.id));
  if (at === undefined) return;
  const tie = (id: number | undefined, label: string): void => {
    const other = id === undefined ? undefined : devices.get(keyOf(machine.name, id));
    if (other !== undefined) build.edge(at, other, label);
  };
  tieMac(work, at, device.mac, 'has');
  tie(device.master, 'port of');
  if (isStacked(device)) tie(device.parent, 'on');
  const peer =
    device.kind === 'veth' && device.id < device.peer ? devices.get(keyOf(machine.name, device.peer)) : undefined;
  if (peer !== undefined) build.tie(at, peer, 'veth');
  if (isMacvlan(device)) for (const mac of device.sources) tieMac(work, at, mac, 'listens to');
  if (device.kind !== 'bridge') return;
  for (const { mac, device: port, vlan, state, sticky } of device.fdb) {
    const entry = build.vertex(`fdb ${vlan} ${state} ${sticky}`);
    build.edge(entry, at, 'in');
    const target = devices.get(keyOf(machine.name, port));
    if (target !== undefined) build.edge(entry, target, 'to');
    tieMac(work, entry, mac, 'for');
  }
};

const addNamespace = (work: Work, machine: Machine, namespace: Namespace, inside: readonly Device[]): void => {
  const { build, devices, prefixes } = work;
  const { ipv6 } = machine;
  const { neigh4, neigh6 } = (namespaceNamed(machine, ROOT) ?? namespace).conf;
  const all = inside.toSorted((a, b) => a.ifindex - b.ifindex);
  const loopback = all.filter(isPlainLoopback).map((lo) => [settingsOf(lo), lo.addresses.length]);
  const device = (id: number | undefined): number | undefined =>
    id === undefined ? undefined : devices.get(keyOf(machine.name, id));
  const { plain, other } = routesOf(namespace, device);
  const at = build.vertex(
    `namespace ${JSON.stringify([namespace.conf, namespace.sysctls, ipv6, neigh4, neigh6, loopback, plain])}`,
  );
  let rank = 0;
  for (const each of all) {
    const vertex = device(each.id);
    if (vertex === undefined) continue;
    // Addresses for packets that have none yet are looked for device by device.
    build.edge(vertex, at, each.addresses.length > 0 ? `has ${rank++}` : 'has');
    addAddresses(work, machine, each, vertex);
  }
  for (const route of other) addRoute(work, at, route, device(route.device));
  for (const { device: id, ip, mac, state } of namespace.neighbours) {
    const entry = build.vertex(`neighbour ${state}`);
    build.edge(entry, device(id) ?? at, 'on');
    build.edge(entry, prefixes.address(ip), 'of');
    tieMac(work, entry, mac, 'at');
  }
  for (const { device: id, ip } of namespace.proxies) {
    const entry = build.vertex('proxy');
    build.edge(entry, device(id) ?? at, 'on');
    build.edge(entry, prefixes.address(ip), 'of');
  }
};

const addAddresses = ({ build, prefixes, addresses }: Work, machine: Machine, device: Device, at: number): void => {
  for (const [index, { local, peer, broadcast, label: _label, ...rest }] of device.addresses.entries()) {
    const vertex = build.vertex(`address ${index} ${JSON.stringify(rest)}`);
    addresses.set(`${keyOf(machine.name, device.id)} ${local}`, vertex);
    build.edge(vertex, at, 'on');
    build.edge(vertex, prefixes.address(local), 'is');
    build.edge(vertex, prefixes.of({ address: peer ?? local, length: rest.length }), 'subnet');
    if (peer !== undefined) build.edge(vertex, prefixes.address(peer), 'peer');
    if (broadcast !== undefined) build.edge(vertex, prefixes.address(broadcast), 'broadcast');
  }
};

type Ranked = { readonly route: Route; readonly rank: number };

/** Routes in the order of their own prefix; those over a plain `lo` to addresses of its own are words. */
const routesOf = (namespace: Namespace, device: (id: number | undefined) => number | undefined) => {
  const ranks = new Map<string, number>();
  const plain: string[] = [];
  const other: (Route & { readonly rank: number })[] = [];
  for (const route of namespace.routes) {
    const prefix = `${route.table} ${route.destination}/${route.length}`;
    const rank = ranks.get(prefix) ?? 0;
    ranks.set(prefix, rank + 1);
    const special = isLoopbackIp(route.destination) && (route.source === undefined || isLoopbackIp(route.source));
    if (special && route.via === undefined && device(route.device) === undefined)
      plain.push(`${prefix} ${JSON.stringify({ ...route, device: undefined } satisfies Ranked['route'] | object)}`);
    else other.push({ ...route, rank });
  }
  return { plain, other };
};

const addRoute = (
  { build, prefixes }: Work,
  at: number,
  route: Route & Pick<Ranked, 'rank'>,
  over: number | undefined,
) => {
  const { destination, length, device: _device, via, source, ...rest } = route;
  const vertex = build.vertex(`route ${length} ${JSON.stringify(rest)}`);
  build.edge(vertex, at, 'of');
  build.edge(vertex, prefixes.of({ address: destination, length }), 'to');
  if (over !== undefined) build.edge(vertex, over, 'over');
  if (via !== undefined) build.edge(vertex, prefixes.address(via), 'via');
  if (source !== undefined) build.edge(vertex, prefixes.address(source), 'source');
};
