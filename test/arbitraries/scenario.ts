import fc from 'fast-check';
import { type Event, SECOND } from '../../src/engine/event.ts';
import { BROADCAST, type Frame, macText } from '../../src/engine/frame.ts';
import { createSimulation } from '../../src/engine/simulate.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import { commandOf } from '../../src/formats/script/command.ts';
import type { IpvlanFlag, IpvlanMode, MacvlanMode } from '../../src/model/device.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import type { Ip } from '../../src/model/ip.ts';
import { type Mac, macNumber } from '../../src/model/mac.ts';
import type { KernelVersion, Network } from '../../src/model/network.ts';
import type { KindOptions, Operation } from '../../src/model/operation.ts';
import { add, addr, at, cidr, ip, mac, netns, set, sysctl, up } from '../model/helpers.ts';

/** What is done to a running network beside configuring it. */
export type Probe =
  | {
      readonly probe: 'ping';
      readonly from: string;
      readonly to: Ip;
      readonly bytes: number;
      readonly ttl: number;
      readonly patience: number;
    }
  | { readonly probe: 'frame'; readonly from: string; readonly device: string; readonly frame: Frame }
  | { readonly probe: 'wait'; readonly seconds: number };
export type Act = Operation | Probe;
export const isProbe = (act: Act): act is Probe => 'probe' in act;

/** A network from nothing, and what is then done with it. */
export type Scenario = {
  readonly kernel: KernelVersion;
  readonly ipv6: boolean;
  readonly seed: number;
  readonly acts: readonly Act[];
};

const probeText = (probe: Probe): string => {
  switch (probe.probe) {
    case 'ping':
      return `ip netns exec ${probe.from} ping -n -c1 -W${probe.patience} -s ${probe.bytes} -t ${probe.ttl} ${probe.to}`;
    case 'frame': {
      const { src, dst, vlan } = probe.frame;
      return `# from ${probe.from}/${probe.device}: a frame ${macText(src)} > ${macText(dst)}, VLAN ${vlan}`;
    }
    case 'wait':
      return `sleep ${probe.seconds}`;
  }
};

/** A scenario as a script that a person can read, and run. */
export const scriptOf = ({ kernel, ipv6, seed, acts }: Scenario): string =>
  [
    `# Linux ${kernel}, IPv6 ${ipv6 ? 'on' : 'off'}, seed ${seed}`,
    ...acts.map((act) => (isProbe(act) ? probeText(act) : commandOf(act))),
  ].join('\n');

const readable = (scenario: Scenario): Scenario =>
  Object.defineProperty(scenario, fc.toStringMethod, { value: () => `\n${scriptOf(scenario)}\n`, enumerable: false });

type Named = { readonly namespace: string; readonly device: string };
/** What has been laid out so far: the things that later choices point to, by a number that may be too large. */
type Site = {
  readonly operations: Operation[];
  readonly ports: Named[];
  readonly devices: Named[];
  readonly children: Named[];
  readonly addresses: Ip[];
  readonly macs: Mac[];
};
const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % Math.max(1, list.length)];

const nat = fc.nat(63);
const often = <T>(likely: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(likely) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const aSwitch = fc.record({ ageing: often(300, 0, 2), filtering: often(false, true), address: often(false, true) });
const aTrunk = fc.record({ from: nat, to: nat, hairpins: fc.tuple(fc.boolean(), fc.boolean()) });
const aCard = fc.record({ at: nat, net: often(0, 1), mtu: often(1500, 1400, 9000), hairpin: fc.boolean() });
const aHost = fc.record({
  cards: fc.array(aCard, { minLength: 1, maxLength: 2 }),
  lo: often(true, false),
  forwards: often(false, true),
});
const macvlan = fc.record({
  kind: fc.constantFrom('macvlan' as const, 'macvlan' as const, 'macvtap' as const),
  mode: fc.constantFrom<MacvlanMode>(
    ...(['private', 'private', 'private', 'vepa', 'vepa', 'bridge', 'bridge', 'source', 'source', 'passthru'] as const),
  ),
  nodst: often(false, true),
  sources: fc.array(nat, { maxLength: 4 }),
});
const ipvlan = fc.record({
  kind: fc.constant('ipvlan' as const),
  mode: fc.constantFrom<IpvlanMode>('l2', 'l3', 'l3s'),
  flag: fc.constantFrom<IpvlanFlag>('bridge', 'private', 'vepa'),
});
const vlan = fc.record({ kind: fc.constant('vlan' as const), vid: fc.constantFrom(5, 6) });
const childOf = <T>(options: fc.Arbitrary<T>) =>
  fc.record({ on: nat, options, apart: often(true, false), gateway: often(false, true) });
const withVlans = <T>(arbitrary: fc.Arbitrary<T>) =>
  childOf(fc.oneof({ weight: 6, arbitrary }, { weight: 1, arbitrary: vlan }));
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 5 });
/** A card has children of one family: where families meet, all but the first are refused. */
const macvlans = some(withVlans(macvlan));
const children = fc.oneof(
  { weight: 4, arbitrary: macvlans },
  { weight: 3, arbitrary: some(withVlans(ipvlan)) },
  { weight: 1, arbitrary: some(withVlans(fc.oneof(macvlan, ipvlan))) },
);

type ChildPlan = typeof children extends fc.Arbitrary<(infer T)[]> ? T : never;

const portChanges = fc
  .record({
    hairpin: fc.boolean(),
    isolated: fc.boolean(),
    learning: fc.boolean(),
    flood: fc.boolean(),
    mcastFlood: fc.boolean(),
    bcastFlood: fc.boolean(),
    neighSuppress: fc.boolean(),
    proxyArp: fc.boolean(),
    proxyArpWifi: fc.boolean(),
    locked: fc.boolean(),
    state: fc.constantFrom('disabled' as const, 'learning' as const, 'forwarding' as const),
  })
  .chain((all) =>
    fc
      .subarray(Object.keys(all) as (keyof typeof all)[], { minLength: 1, maxLength: 2 })
      .map((keys) => Object.fromEntries(keys.map((key) => [key, all[key]]))),
  );

const SYSCTLS = [
  'ip_forward',
  ...[
    'rp_filter',
    'arp_ignore',
    'arp_announce',
    'arp_filter',
    'proxy_arp',
    'proxy_arp_pvlan',
    'send_redirects',
    'accept_redirects',
    'accept_local',
    'arp_accept',
    'route_localnet',
  ].map((key) => `conf.all.${key}`),
  'conf.eth0.rp_filter',
  'conf.eth0.proxy_arp',
  'icmp_echo_ignore_broadcasts',
];
const DESTINATIONS = ['0.0.0.0/0', '10.0.0.0/24', '10.0.1.0/24', '10.0.0.20/30', '198.51.100.0/24'].map(cidr);

/** One more thing that somebody changes. */
const aChange = fc.oneof(
  { weight: 6, arbitrary: fc.record({ change: fc.constant('port' as const), port: nat, changes: portChanges }) },
  { weight: 4, arbitrary: fc.record({ change: fc.constant('up' as const), device: nat, up: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      change: fc.constant('sysctl' as const),
      device: nat,
      key: fc.constantFrom(...SYSCTLS),
      value: fc.constantFrom('0', '1', '2'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      change: fc.constant('route' as const),
      device: nat,
      to: fc.constantFrom(...DESTINATIONS),
      type: often('unicast' as const, 'unreachable' as const, 'blackhole' as const, 'prohibit' as const),
      via: nat,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      change: fc.constant('neighbour' as const),
      device: nat,
      address: nat,
      mac: nat,
      state: fc.constantFrom('permanent' as const, 'stale' as const, 'reachable' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      change: fc.constant('fdb' as const),
      port: nat,
      mac: nat,
      state: fc.constantFrom('permanent' as const, 'static' as const, 'dynamic' as const),
      sticky: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      change: fc.constant('vlan' as const),
      port: nat,
      vid: fc.constantFrom(5, 6),
      access: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      change: fc.constant('mode' as const),
      child: nat,
      mode: fc.constantFrom<MacvlanMode>('private', 'vepa', 'bridge', 'source'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ change: fc.constant('mtu' as const), device: nat, mtu: fc.constantFrom(600, 1300, 1500) }),
  },
  { weight: 1, arbitrary: fc.record({ change: fc.constant('address' as const), device: nat, address: nat }) },
  { weight: 1, arbitrary: fc.record({ change: fc.constant('delete' as const), child: nat }) },
);
type Change = typeof aChange extends fc.Arbitrary<infer T> ? T : never;

const aProbe = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      probe: fc.constant('ping' as const),
      from: nat,
      to: nat,
      bytes: often(56, 0, 3000),
      ttl: often(64, 1, 2),
      patience: often(5, 0.1, 0),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      probe: fc.constant('frame' as const),
      from: nat,
      to: nat,
      vlan: often(0, 5),
      own: often(true, false),
    }),
  },
  { weight: 1, arbitrary: fc.record({ probe: fc.constant('wait' as const), seconds: fc.constantFrom(1, 7, 40) }) },
);
type ProbePlan = typeof aProbe extends fc.Arbitrary<infer T> ? T : never;

const macFor = (group: number, number: number): Mac =>
  mac(`02:00:00:00:${`${group}`.padStart(2, '0')}:${`${number}`.padStart(2, '0')}`);

const layBridge = (
  site: Site,
  number: number,
  { ageing, filtering, address }: typeof aSwitch extends fc.Arbitrary<infer T> ? T : never,
): void => {
  const name = `s${number}`;
  const options = {
    kind: 'bridge' as const,
    ...(ageing === 300 ? {} : { ageingTime: ageing }),
    ...(filtering ? { vlanFiltering: true } : {}),
  };
  site.operations.push(netns(name), up('lo', name), add('br0', options, { in: name, attributes: { up: true } }));
  site.devices.push({ namespace: name, device: 'br0' });
  if (!address) return;
  site.operations.push(addr(`10.0.0.${90 + number}/24`, 'br0', name));
  site.addresses.push(ip(`10.0.0.${90 + number}`));
};

type Trunk = {
  readonly name: string;
  readonly switches: readonly [string, string];
  readonly hairpins: readonly boolean[];
};

/** Cables between switches: a tree of them that reflects nothing twice, or as it comes, a cable from a switch to itself included. */
const joining = (
  loops: boolean,
  plans: readonly (typeof aTrunk extends fc.Arbitrary<infer T> ? T : never)[],
  switches: number,
): readonly Trunk[] =>
  (loops ? plans : plans.slice(0, switches - 1)).map(({ from, to, hairpins: [one, other] }, number) => ({
    name: `t${number}`,
    switches: loops ? [`s${from % switches}`, `s${to % switches}`] : [`s${number + 1}`, `s${to % (number + 1)}`],
    hairpins: loops ? [one, other] : [one, false],
  }));

const asPort = (device: string, sw: string, hairpin: boolean): readonly Operation[] => [
  set(device, { master: 'br0', up: true }, sw),
  ...(hairpin ? [set(device, { port: { hairpin } }, sw)] : []),
];

const layTrunk = (site: Site, { name, switches, hairpins }: Trunk): void => {
  const ends = [`${name}a`, `${name}b`] as const;
  site.operations.push(
    add(ends[0], { kind: 'veth', peer: { name: ends[1], netns: switches[1] } }, { in: switches[0] }),
  );
  for (const [at_, sw] of switches.entries()) {
    const device = ends[at_]!;
    site.operations.push(...asPort(device, sw, hairpins[at_] ?? false));
    site.ports.push({ namespace: sw, device });
  }
};

const layHost = (
  site: Site,
  number: number,
  host: typeof aHost extends fc.Arbitrary<infer T> ? T : never,
  switches: number,
): void => {
  const name = `h${number}`;
  site.operations.push(netns(name), ...(host.lo ? [up('lo', name)] : []));
  if (host.forwards) site.operations.push(sysctl('net.ipv4.ip_forward', '1', name));
  for (const [card, { at: where, net, mtu, hairpin }] of host.cards.entries()) {
    const sw = `s${where % switches}`;
    const [device, port] = [`eth${card}`, `p${number}${card}`];
    const own = macFor(number, card);
    site.operations.push(
      add(
        device,
        { kind: 'veth', peer: { name: port, netns: sw } },
        { attributes: { netns: name, mac: own, ...(mtu === 1500 ? {} : { mtu }) } },
      ),
      ...asPort(port, sw, hairpin),
      up(device, name),
      addr(`10.0.${net}.${1 + number * 2 + card}/24`, device, name),
    );
    site.ports.push({ namespace: sw, device: port });
    site.devices.push({ namespace: name, device });
    site.addresses.push(ip(`10.0.${net}.${1 + number * 2 + card}`));
    site.macs.push(own);
  }
};

const optionsOf = (site: Site, { options }: ChildPlan): KindOptions => {
  if (options.kind === 'ipvlan' || options.kind === 'vlan') return options;
  const { kind, mode, nodst, sources } = options;
  if (mode !== 'source') return { kind, mode };
  const macs = sources.flatMap((number) => pick(site.macs, number) ?? []);
  return { kind, mode, sources: { change: 'set', macs }, ...(nodst ? { flags: { nopromisc: false, nodst } } : {}) };
};

const layChild = (site: Site, number: number, plan: ChildPlan, cards: readonly Named[]): void => {
  const parent = pick(cards, plan.on)!;
  const namespace = plan.apart ? `c${number}` : parent.namespace;
  const device = `k${number}`;
  const own = macFor(50, number);
  const options = optionsOf(site, plan);
  if (plan.apart) site.operations.push(netns(namespace), up('lo', namespace));
  site.operations.push(
    add(device, options, {
      link: parent.device,
      in: parent.namespace,
      attributes: {
        ...(plan.apart ? { netns: namespace } : {}),
        ...(plan.options.kind === 'ipvlan' ? {} : { mac: own }),
      },
    }),
    up(device, namespace),
    addr(`10.0.0.${20 + number}/24`, device, namespace),
  );
  if (plan.gateway) site.operations.push(routeOver(namespace, device, '0.0.0.0/0', ip('10.0.0.1')));
  site.devices.push({ namespace, device });
  site.children.push({ namespace, device });
  site.addresses.push(ip(`10.0.0.${20 + number}`));
  site.macs.push(own);
};

const routeOver = (namespace: string, device: string, destination: string, via: Ip): Operation => ({
  op: 'route.add',
  at: at(namespace),
  how: 'replace',
  route: { destination: cidr(destination), device, via },
});

const operationOf = (site: Site, change: Change): Operation | undefined => {
  switch (change.change) {
    case 'port': {
      const port = pick(site.ports, change.port);
      if (!port) return undefined;
      const { changes } = change;
      // `bridge link set` has no words for these two.
      if ('proxyArp' in changes || 'proxyArpWifi' in changes)
        return set(port.device, { port: changes }, port.namespace);
      return { op: 'port.set', at: at(port.namespace), device: port.device, changes };
    }
    case 'fdb': {
      const port = pick(site.ports, change.port);
      const address = pick(site.macs, change.mac);
      const { state, sticky } = change;
      return (
        port &&
        address && {
          op: 'fdb.add',
          at: at(port.namespace),
          device: port.device,
          mac: address,
          how: 'replace',
          state,
          sticky,
          target: 'master',
        }
      );
    }
    case 'vlan': {
      const port = pick(site.ports, change.port);
      const { vid, access } = change;
      return (
        port && { op: 'vlan.add', at: at(port.namespace), device: port.device, vid, pvid: access, untagged: access }
      );
    }
    case 'mode':
    case 'delete': {
      const child = pick(site.children, change.child);
      if (!child) return undefined;
      if (change.change === 'delete') return { op: 'link.del', at: at(child.namespace), device: child.device };
      return set(child.device, { kind: { kind: 'macvlan', mode: change.mode } }, child.namespace);
    }
    default:
      return deviceOperation(site, change);
  }
};

const deviceOperation = (
  site: Site,
  change: Exclude<Change, { change: 'port' | 'fdb' | 'vlan' | 'mode' | 'delete' }>,
): Operation => {
  const { namespace, device } = pick(site.devices, change.device)!;
  switch (change.change) {
    case 'up':
      return set(device, { up: change.up }, namespace);
    case 'mtu':
      return set(device, { mtu: change.mtu }, namespace);
    case 'sysctl':
      return sysctl(`net.ipv4.${change.key}`, change.value, namespace);
    case 'address':
      return addr(`${pick(site.addresses, change.address)}/24`, device, namespace);
    case 'route': {
      const { to: destination, type } = change;
      const via = pick(site.addresses, change.via)!;
      const way = type === 'unicast' ? { device, via } : {};
      return { op: 'route.add', at: at(namespace), how: 'replace', route: { destination, type, ...way } };
    }
    case 'neighbour': {
      const [address, lladdr] = [pick(site.addresses, change.address)!, pick(site.macs, change.mac)!];
      return {
        op: 'neigh.add',
        at: at(namespace),
        how: 'replace',
        device,
        ip: address,
        mac: lladdr,
        state: change.state,
      };
    }
  }
};

/** Somebody unknown, everybody, and those who joined a group. */
const OTHERS = [0x02_99_00_00_00_99, BROADCAST, 0x0100_5e00_0001, BROADCAST];

const probeOf = (site: Site, plan: ProbePlan): Probe => {
  if (plan.probe === 'wait') return plan;
  const { namespace, device } = pick(site.devices, plan.from)!;
  if (plan.probe === 'ping') {
    const targets = [...site.addresses, ip('10.0.0.77'), ip('198.51.100.1'), ip('10.0.0.255')];
    const { bytes, ttl, patience } = plan;
    return { probe: 'ping', from: namespace, to: pick(targets, plan.to)!, bytes, ttl, patience };
  }
  const targets = [...OTHERS, ...site.macs.map(macNumber)];
  const at_ = site.devices.findIndex((one) => one.namespace === namespace && one.device === device);
  const src = macNumber(pick(site.macs, plan.own ? at_ : plan.to)!);
  const payload = { proto: 'other', etherType: 0x88b5, length: 46 } as const;
  return {
    probe: 'frame',
    from: namespace,
    device,
    frame: { src, dst: pick(targets, plan.to)!, vlan: plan.vlan, payload },
  };
};

export type ScenarioOptions = {
  /** Switches may be joined in circles. */
  readonly loops?: boolean;
  /** Machines may have IPv6 switched on; they may unless this says no. */
  readonly ipv6?: boolean;
  /** All children are macvlan's. */
  readonly macvlan?: boolean;
  /** Nothing is configured once the network moves. */
  readonly probesOnly?: boolean;
};

/** Networks of switches, hosts and their children, all kinds of settings, and what people do with them. */
export const scenarios = (options: ScenarioOptions = {}): fc.Arbitrary<Scenario> =>
  fc
    .record({
      kernel: fc.constantFrom('6.1' as const, '6.18' as const),
      ipv6: options.ipv6 === false ? fc.constant(false) : often(false, true),
      seed: fc.nat(1000),
      switches: fc.array(aSwitch, { minLength: 1, maxLength: 3 }),
      trunks: fc.array(aTrunk, { maxLength: 3 }),
      hosts: fc.array(aHost, { minLength: 1, maxLength: 3 }),
      children: options.macvlan ? macvlans : children,
      changes: fc.array(aChange, { maxLength: 8 }),
      acts: fc.array(
        options.probesOnly ? aProbe : fc.oneof({ weight: 3, arbitrary: aProbe }, { weight: 1, arbitrary: aChange }),
        { minLength: 1, maxLength: 10 },
      ),
    })
    .map(({ kernel, ipv6, seed, switches, trunks, hosts, changes, acts, ...plan }) => {
      const site: Site = { operations: [], ports: [], devices: [], children: [], addresses: [], macs: [] };
      for (const [number, plan] of switches.entries()) layBridge(site, number, plan);
      const bridges = site.devices.splice(0);
      for (const trunk of joining(options.loops ?? false, trunks, switches.length)) layTrunk(site, trunk);
      for (const [number, plan] of hosts.entries()) layHost(site, number, plan, switches.length);
      const cards = [...site.devices];
      for (const [number, one] of plan.children.entries()) layChild(site, number, one, cards);
      site.devices.push(...bridges);
      const act = (one: Change | ProbePlan): readonly Act[] => {
        if ('probe' in one) return [probeOf(site, one)];
        const operation = operationOf(site, one);
        return operation ? [operation] : [];
      };
      return readable({ kernel, ipv6, seed, acts: [...site.operations, ...[...changes, ...acts].flatMap(act)] });
    });

/** What configures a network, without the probes. */
export const operationsIn = ({ acts }: Scenario): readonly Operation[] =>
  acts.filter((act): act is Operation => !isProbe(act));

export const emptyFor = ({ kernel, ipv6 }: Scenario): Network => emptyNetwork({ kernel, ipv6 });

export type Played = { readonly simulation: Simulation; readonly outcomes: readonly string[] };

const HUMAN = 0.05 * SECOND;

const ask = (simulation: Simulation, { from, to, bytes, ttl, patience }: Extract<Probe, { probe: 'ping' }>): string => {
  const heard: string[] = [];
  const socket = simulation.icmpSocket({
    at: at(from),
    receive: ({ time, from: who, ttl: left, icmp }) => heard.push(`${time} ${who} ${left} ${icmp.icmp}`),
  });
  const errno = socket.send({ to, ident: 1, seq: 1, bytes, ttl });
  simulation.runUntil(() => heard.length > 0, simulation.now() + patience * SECOND);
  // Whoever has no patience does the next thing while frames are still on their way.
  if (patience > 0) simulation.runFor(HUMAN);
  socket.close();
  return errno ?? heard.join(', ');
};

export const probe = (simulation: Simulation, act: Probe): string => {
  if (act.probe === 'ping') return ask(simulation, act);
  if (act.probe === 'wait') {
    simulation.runFor(act.seconds * SECOND);
    return '';
  }
  const socket = simulation.packetSocket(at(act.from), act.device, () => undefined);
  const errno = socket.send(act.frame);
  simulation.runFor(SECOND);
  socket.close();
  return errno ?? 'sent';
};

export type Watcher = (event: Event, simulation: Simulation) => void;

/** Carries out a scenario. The outcomes are all that a person could have seen of it, without a listener. */
export const play = (scenario: Scenario, watcher?: Watcher, midway?: (simulation: Simulation) => void): Played => {
  const listener = watcher && { listener: (event: Event) => watcher(event, simulation) };
  const simulation = createSimulation(emptyFor(scenario), { seed: scenario.seed, ...listener });
  const outcomes: string[] = [];
  let hasMoved = false;
  for (const act of scenario.acts) {
    if (isProbe(act)) {
      if (!hasMoved) midway?.(simulation);
      hasMoved = true;
      outcomes.push(probe(simulation, act));
      continue;
    }
    const { refusal } = simulation.apply(act);
    if (refusal) outcomes.push(JSON.stringify(refusal));
  }
  return { simulation, outcomes };
};
