import type { Bridge, PortVlan } from '../../../model/device.ts';
import type { Frame } from '../../frame.ts';
import type { NetDev } from '../../world.ts';

export const NO_VLAN = -1;

const membership = (bridge: NetDev, port: NetDev): readonly PortVlan[] =>
  port === bridge ? (bridge.device as Bridge).vlans : port.port!.vlans;

/** The VLAN that a frame belongs to when it comes in, 0 without filtering (net/bridge/br_vlan.c:__allowed_ingress). */
export const ingressVlan = (bridge: NetDev, port: NetDev, frame: Frame): number => {
  if (!bridge.bridge!.vlanFiltering) return 0;
  const member = membership(bridge, port);
  const tag = frame.vlan % 4096;
  const found = tag === 0 ? member.find((entry) => entry.pvid) : member.find((entry) => entry.vid === tag);
  return found === undefined ? NO_VLAN : found.vid;
};

/** net/bridge/br_vlan.c:br_allowed_egress */
export const vlanAllowed = (bridge: NetDev, port: NetDev, vlan: number): boolean =>
  !bridge.bridge!.vlanFiltering || membership(bridge, port).some((entry) => entry.vid === vlan);

/** Puts the tag on or takes it off, as the port wants it (net/bridge/br_vlan.c:br_handle_vlan). */
export const egressFrame = (bridge: NetDev, port: NetDev, frame: Frame, vlan: number): Frame => {
  if (!bridge.bridge!.vlanFiltering) return frame;
  const untagged = membership(bridge, port).some((entry) => entry.vid === vlan && entry.untagged);
  const tagged = frame.vlan % 4096 === vlan;
  if (tagged === !untagged) return frame;
  return { ...frame, vlan: tagged ? Math.floor(frame.vlan / 4096) : frame.vlan * 4096 + vlan };
};
