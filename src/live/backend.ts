import type { Session } from './agent/session.ts';

export const BACKENDS = ['user-namespaces', 'root', 'user-mode-linux'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What a lab may ask a kernel for: device kinds, and VLANs on a bridge, which not every kernel is built with. */
export const DEVICE_KINDS = [
  'veth',
  'bridge',
  'bridge-vlan',
  'macvlan',
  'macvtap',
  'ipvlan',
  'ipvtap',
  'vlan',
  'dummy',
  'vrf',
] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** What is missing here, and how to get it. Both are sentences. */
export type Missing = { readonly what: string; readonly remedy: string };

/** What a backend can do on this machine, found out by trying. */
export type Capabilities =
  | { readonly works: true; readonly kernel: string; readonly kinds: readonly DeviceKind[]; readonly frames: boolean }
  | { readonly works: false; readonly missing: Missing };

/** A way to a real kernel. Whatever happens to us, nothing of what it opens outlives us. */
export type Backend = {
  readonly name: BackendName;
  /** A machine with nothing on it. It ends with `close`, or with the signal. */
  readonly open: (signal: AbortSignal) => Promise<Session>;
  /** How many labs it can hold side by side. */
  readonly lanes: number;
  readonly close: () => Promise<void>;
};
