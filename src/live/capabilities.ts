import { assertNever } from '../base/assert-never.ts';
import type { Session } from './agent/session.ts';
import { type Backend, type Capabilities, DEVICE_KINDS, type DeviceKind, type Missing } from './backend.ts';
import { missingFor } from './missing.ts';

const HERE = { machine: '', namespace: '' };

/** Making one of a kind; one end of a veth pair is a parent for macvlan, the other for ipvlan, which do not share one. */
const making = (kind: DeviceKind): readonly string[] => {
  const add = (...parent: readonly string[]) => ['ip', 'link', 'add', ...parent, 'name', `try-${kind}`, 'type', kind];
  switch (kind) {
    case 'veth':
      return ['ip', 'link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1'];
    case 'bridge':
    case 'dummy':
      return add();
    case 'bridge-vlan':
      return ['ip', 'link', 'add', 'name', 'try-vlans', 'type', 'bridge', 'vlan_filtering', '1'];
    case 'vrf':
      return [...add(), 'table', '10'];
    case 'vlan':
      return [...add('link', 'veth0'), 'id', '5'];
    case 'macvlan':
    case 'macvtap':
      return add('link', 'veth0');
    case 'ipvlan':
    case 'ipvtap':
      return add('link', 'veth1');
    default:
      return assertNever(kind);
  }
};

const tryAll = async (session: Session): Promise<Capabilities> => {
  const kinds: DeviceKind[] = [];
  for (const kind of DEVICE_KINDS) {
    const { exit } = await session.run({ at: HERE, argv: making(kind) }).result;
    if (exit === 0) kinds.push(kind);
  }
  const { ok: frames } = await session.tap('try', HERE);
  return { works: true, kernel: session.kernel, kinds, frames };
};

/** What a backend can do here. Nothing is looked up: everything is tried. */
export const capabilitiesOf = async (backend: Backend, signal: AbortSignal): Promise<Capabilities> => {
  const absent: Missing | undefined = missingFor(backend.name);
  if (absent) return { works: false, missing: absent };
  try {
    const session = await backend.open(signal);
    const found = await tryAll(session);
    await session.close();
    return found;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { works: false, missing: { what: `It does not start: ${why.split('\n')[0]}.`, remedy: remedyFor(backend) } };
  }
};

const remedyFor = ({ name }: Backend): string => {
  switch (name) {
    case 'user-namespaces':
      return 'Allow user namespaces (sysctl kernel.unprivileged_userns_clone=1 or user.max_user_namespaces), or use another backend.';
    case 'root':
      return 'Run hairpin as root where it may make namespaces (a container needs --privileged), or use another backend.';
    case 'user-mode-linux':
      return 'It needs ptrace, and either root or user namespaces to mount in.';
  }
};
