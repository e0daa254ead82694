import { countPorts } from '../carrier.ts';
import type { Bridge, BridgeSettings, PortVlan } from '../device.ts';
import { changeDevice, deviceOf, type Edit, machineOf, putDevice } from '../edit.ts';
import { portsOf } from '../find.ts';
import type { BridgeOptions } from '../operation.ts';
import { refuse } from '../refusal.ts';
import { commonOf, register } from '../register.ts';
import { validateAddress } from './address.ts';
import type { Kind, Verdict } from './kind.ts';

/** net/bridge/br_device.c:br_dev_setup */
export const BRIDGE_DEFAULTS: BridgeSettings = {
  ageingTime: 300,
  forwardDelay: 15,
  helloTime: 2,
  maxAge: 20,
  stp: false,
  priority: 32768,
  vlanFiltering: false,
  vlanDefaultPvid: 1,
  mcastSnooping: true,
  mcastQuerier: false,
  groupForwardMask: 0,
};

const settingsIn = ({ kind: _kind, ...settings }: BridgeOptions): Partial<BridgeSettings> => settings;

/** Pause frames, link aggregation and 802.1X are never let through (br_private.h: BR_GROUPFWD_RESTRICTED). */
const RESTRICTED = 0x7;

/** Forward delay, hello time and age have bounds while STP runs (br_stp.c:br_set_forward_delay and its neighbours). */
const settingsVerdict = (settings: Partial<BridgeSettings>, stp: boolean): Verdict => {
  const outside = (value: number | undefined, min: number, max: number): boolean =>
    value !== undefined && (value < min || value > max);
  if (stp && outside(settings.forwardDelay, 2, 30)) return refuse('ERANGE');
  if (outside(settings.helloTime, 1, 10)) return refuse('ERANGE');
  if (outside(settings.maxAge, 6, 40)) return refuse('ERANGE');
  if (outside(settings.priority, 0, 65535)) return refuse('ERANGE');
  if (outside(settings.vlanDefaultPvid, 0, 4094)) return refuse('EINVAL');
  if (((settings.groupForwardMask ?? 0) & RESTRICTED) !== 0) return refuse('EINVAL');
  return undefined;
};

/** Switched on, STP takes a forward delay to within its bounds (br_stp_if.c:br_stp_start). */
const boundedDelay = ({ stp, forwardDelay }: BridgeSettings): number =>
  stp ? Math.min(30, Math.max(2, forwardDelay)) : forwardDelay;
const withBounds = (settings: BridgeSettings): BridgeSettings => ({
  ...settings,
  forwardDelay: boundedDelay(settings),
});

const change = (edit: Edit, device: Bridge, options: BridgeOptions): Verdict => {
  const settings = settingsIn(options);
  const refusal = settingsVerdict(settings, device.settings.stp);
  if (refusal) return refusal;
  const old = device.settings.vlanDefaultPvid;
  changeDevice(edit, device, (draft) => {
    Object.assign(draft.settings, settings);
    draft.settings.forwardDelay = boundedDelay(draft.settings);
  });
  if (settings.vlanDefaultPvid !== undefined) changeDefaultPvid(edit, device, old, settings.vlanDefaultPvid);
  return undefined;
};

/** Whoever still has the old one gets the new one (net/bridge/br_vlan.c:__br_vlan_set_default_pvid). */
const changeDefaultPvid = (edit: Edit, device: Bridge, old: number, pvid: number): void => {
  const changed = (vlans: readonly PortVlan[]): readonly PortVlan[] => {
    if (!vlans.some((one) => one.vid === old && one.pvid && one.untagged) && old !== 0) return vlans;
    const others = vlans.filter((one) => one.vid !== old && one.vid !== pvid);
    return [...others, ...defaultVlans(pvid)].sort((a, b) => a.vid - b.vid);
  };
  const bridge = deviceOf(edit, device.id) as Bridge;
  putDevice(edit, { ...bridge, vlans: changed(bridge.vlans) });
  for (const port of portsOf(machineOf(edit), device.id))
    if (port.port) putDevice(edit, { ...port, port: { ...port.port, vlans: changed(port.port.vlans) } });
};

export const defaultVlans = (pvid: number) => (pvid === 0 ? [] : [{ vid: pvid, pvid: true, untagged: true }]);

/** A switch with a device of its own that is one more port of it (net/bridge). */
export const bridge: Kind<Bridge, BridgeOptions> = {
  mtu: { min: 68, max: 65535 },
  validate: (options, attributes) => validateAddress(attributes) ?? settingsVerdict(options, false),
  create: (edit, { options, attributes, name, namespace }) =>
    register(
      edit,
      {
        ...commonOf(name, namespace, attributes),
        kind: 'bridge',
        settings: withBounds({ ...BRIDGE_DEFAULTS, ...settingsIn(options) }),
        fdb: [],
        vlans: defaultVlans(options.vlanDefaultPvid ?? 1),
        macSet: attributes.mac !== undefined,
        mtuSet: false,
        hadPorts: false,
        carrier: attributes.mac === undefined ? 'untold' : 'off',
      },
      attributes.ifindex,
    ),
  change,
  given: (edit, device, what) => {
    changeDevice(edit, device, (draft) => {
      if (what === 'mac') draft.macSet = true;
      else draft.mtuSet = true;
    });
    if (what === 'mac') countPorts(edit, device);
  },
};
