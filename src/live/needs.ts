import { DEVICE_KINDS, type DeviceKind } from './backend.ts';
import type { Plan } from './plan.ts';

const kindsIn = (words: readonly string[]): readonly DeviceKind[] =>
  words.flatMap((word, at) => (words[at - 1] === 'type' ? DEVICE_KINDS.filter((kind) => kind === word) : []));

/** `bridge fdb` prints an address once more for each VLAN. */
const usesBridgeVlans = (words: readonly string[]): boolean =>
  words.some((word) => word.startsWith('vlan_')) ||
  (words[0] === 'bridge' && words.some((word) => /^(fdb|vlan)$/.test(word)));

const needsIn = (words: readonly string[]): readonly DeviceKind[] =>
  usesBridgeVlans(words) ? [...kindsIn(words), 'bridge-vlan'] : kindsIn(words);

/** The device kinds that a plan asks a kernel to make. */
export const needsOf = (plan: Plan): ReadonlySet<DeviceKind> =>
  new Set(
    plan.steps.flatMap(({ act }) => {
      switch (act.kind) {
        case 'run':
          return needsIn([...act.argv, ...(act.stdin ?? '').split(/\s+/)]);
        case 'nic':
          return ['veth'];
        case 'cable':
          return ['bridge'];
        default:
          return [];
      }
    }),
  );
