import { z } from 'zod';
import type { BridgeSettings, PortSettings } from '../../model/device.ts';
import { type BRIDGE_WORDS, PORT_WORDS } from '../phrases/settings.ts';

/** YAML 1.2 reads `on` as a word, people read it as a switch. */
const onOff = z.literal([true, false, 'on', 'off']);
const whole = (max = 2 ** 32 - 1) => z.int().min(0).max(max);
/** One of something may stand for a list of one. */
const oneOrMore = (what: string) => z.union([z.string(), z.array(z.string())]).describe(what);

const common = {
  address: oneOrMore('IP addresses, each as behind `ip address add`: 10.0.0.1/24').optional(),
  up: z.boolean().optional().describe('Devices are up unless they say `up: false`'),
  index: whole().optional().describe('The number that `ip` shows before the name, where it matters'),
  mtu: whole().optional(),
  alias: z.string().optional(),
  group: whole().optional(),
  txqueuelen: whole().optional(),
  arp: onOff.optional(),
  promisc: onOff.optional(),
  allmulticast: onOff.optional(),
  multicast: onOff.optional(),
};
const mac = z
  .string()
  .optional()
  .describe('Hardware address, 02:00:00:00:00:01; without one it follows from the place');
const parent = z.string().describe('The lower device: NAME here or in the machine itself, NAMESPACE/NAME, or /NAME');

const toggles = <Word extends string>(words: readonly Word[]) =>
  Object.fromEntries(words.map((word) => [word, onOff.optional()])) as Record<Word, z.ZodOptional<typeof onOff>>;

const PORT_NUMBERS = { mcastRouter: 3, cost: 65535, priority: 63 } as const;
type PortToggle = Exclude<keyof PortSettings, 'state' | keyof typeof PORT_NUMBERS>;
const { state: _state, mcastRouter: _router, cost: _cost, priority: _priority, ...PORT_TOGGLES } = PORT_WORDS;

const port = z
  .strictObject({
    ...toggles(Object.values(PORT_TOGGLES) as (typeof PORT_WORDS)[PortToggle][]),
    state: z.enum(['disabled', 'listening', 'learning', 'forwarding', 'blocking']).optional(),
    mcast_router: whole(PORT_NUMBERS.mcastRouter).optional(),
    cost: whole(PORT_NUMBERS.cost).optional(),
    priority: whole(PORT_NUMBERS.priority).optional(),
    vlans: oneOrMore('VLANs of the port instead of the usual one: `10 pvid untagged`, `20-29`').optional(),
  })
  .meta({ id: 'port' });

const seconds = z.number().min(0).max(1e6).optional();
const settings = {
  ageing_time: seconds,
  forward_delay: seconds,
  hello_time: seconds,
  max_age: seconds,
  stp_state: onOff.optional(),
  priority: whole(65535).optional(),
  vlan_filtering: onOff.optional(),
  vlan_default_pvid: whole(4095).optional(),
  mcast_snooping: onOff.optional(),
  mcast_querier: onOff.optional(),
  group_fwd_mask: whole(65535).optional(),
} satisfies Record<(typeof BRIDGE_WORDS)[keyof BridgeSettings], z.ZodType>;

const macvlan = {
  ...common,
  mac,
  parent,
  mode: z.enum(['private', 'vepa', 'bridge', 'passthru', 'source']).optional().describe('vepa unless given'),
  nopromisc: onOff.optional(),
  nodst: onOff.optional(),
  sources: z.array(z.string()).optional().describe('Hardware addresses that a child in mode source listens to'),
  bcqueuelen: whole().optional(),
  bclim: z.int().optional(),
};
/** Mode and flag belong to the parent: children of one parent share them. */
const ipvlan = {
  ...common,
  parent,
  mode: z.enum(['l2', 'l3', 'l3s']).optional().describe('l3 unless given'),
  flag: z.enum(['bridge', 'private', 'vepa']).optional().describe('bridge unless given'),
};

const kind = <Name extends string>(name: Name) => ({ kind: z.literal(name) });

export const device = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...kind('loopback'), ...common }).describe('`lo`, which is there and up by itself'),
    z.strictObject({ ...kind('nic'), ...common, mac }).describe('A network card, which a cable is plugged into'),
    z.strictObject({ ...kind('dummy'), ...common, mac }).describe('Swallows what it is given'),
    z
      .strictObject({ ...kind('veth'), ...common, mac, peer: z.string().describe('The other end, as NAMESPACE/NAME') })
      .describe('A pair; the other end may be listed too, with this one as its peer'),
    z
      .strictObject({
        ...kind('vlan'),
        ...common,
        mac,
        parent,
        id: whole(4095),
        protocol: z.enum(['802.1Q', '802.1ad']).optional(),
      })
      .describe('The frames of its parent that carry its tag'),
    z
      .strictObject({
        ...kind('bridge'),
        ...common,
        ...settings,
        mac,
        ports: z.record(z.string(), port.nullable()).optional().describe('Devices beside it, in the order they joined'),
        vlans: oneOrMore('VLANs of the bridge itself instead of the usual one').optional(),
        fdb: z.array(z.string()).optional().describe('As behind `bridge fdb add`: MAC dev PORT [vlan N] static'),
        'had ports': z.boolean().optional().describe('It lost its last port and with it its carrier'),
      })
      .describe('A switch with a device of its own'),
    z.strictObject({ ...kind('macvlan'), ...macvlan }),
    z.strictObject({ ...kind('macvtap'), ...macvlan }),
    z.strictObject({ ...kind('ipvlan'), ...ipvlan }),
    z.strictObject({ ...kind('ipvtap'), ...ipvlan }),
  ])
  .meta({ id: 'device' });

const namespaceParts = {
  devices: z.record(z.string(), device).optional(),
  routes: z.array(z.string()).optional().describe('Each as behind `ip route add`: default via 10.0.0.1'),
  neighbours: z
    .array(z.string())
    .optional()
    .describe('Each as behind `ip neighbour add`: 10.0.0.2 lladdr MAC dev NAME'),
  sysctl: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  'next index': z.int().min(2).max(1000).optional().describe('The number of the next device, where others have gone'),
};
const namespace = z.strictObject(namespaceParts);

const machine = z.strictObject({
  role: z.enum(['host', 'switch', 'router', 'station']).optional().describe('What a drawing takes it for'),
  ipv6: z.boolean().optional().describe('Whether IPv6 is on; off unless given here or for the file'),
  ...namespaceParts,
  namespaces: z.record(z.string(), namespace.nullable()).optional(),
});

/** The file format, from which its JSON Schema is made. */
export const modelFile = z.strictObject({
  title: z.string().optional(),
  about: z.string().optional().describe('One line on what it shows'),
  kernel: z.literal(['6.1', '6.18', 6.1, 6.18]).optional(),
  ipv6: z.boolean().optional().describe('Whether machines have IPv6 on; off unless given'),
  machines: z.record(z.string(), machine.nullable()),
  cables: z
    .array(z.tuple([z.string(), z.string()]))
    .optional()
    .describe('Pairs of network cards, each as MACHINE/NAME'),
  'run on': z.string().optional().describe('The machine that scripts run on; the first unless given'),
  expect: z.array(z.string()).optional(),
});

export type ModelFile = z.infer<typeof modelFile>;
export type MachineSpec = z.infer<typeof machine>;
export type NamespaceSpec = z.infer<typeof namespace>;
export type DeviceSpec = z.infer<typeof device>;
export type PortSpec = z.infer<typeof port>;
export type SpecOf<Kind extends DeviceSpec['kind']> = Extract<DeviceSpec, { readonly kind: Kind }>;
