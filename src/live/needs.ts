import { DEVICE_KINDS, type DeviceKind } from './backend.ts';
import type { Plan } from './plan.ts';

const kindsIn = (words: readonly string[]): readonly DeviceKind[] =>
  words.flatMap((word, at) => (words[at - 1] === 'type' ? DEVICE_KINDS.filter((kind) => kind === word) : []));

/** The device kinds that a plan asks a kernel to make. */
export const needsOf = (plan: Plan): ReadonlySet<DeviceKind> =>
  new Set(
    plan.steps.flatMap(({ act }) => {
      switch (act.kind) {
        case 'run':
          return kindsIn([...act.argv, ...(act.stdin ?? '').split(/\s+/)]);
        case 'nic':
          return ['veth'];
        case 'cable':
          return ['bridge'];
        default:
          return [];
      }
    }),
  );
