import { type BackendName, type Capabilities, DEVICE_KINDS } from '../backend.ts';
import { missingText } from './text.ts';

/** A line a backend: the kernel behind it, and which device kinds it makes here. */
export const capabilitiesText = (name: BackendName, can: Capabilities): string => {
  if (!can.works) return `${name.padEnd(16)}no: ${missingText(can.missing)}\n`;
  const absent = DEVICE_KINDS.filter((kind) => !can.kinds.includes(kind));
  const without = absent.length > 0 ? `; without ${absent.join(', ')}` : '';
  const frames = can.frames ? '' : '; no frames';
  return `${name.padEnd(16)}Linux ${can.kernel}: ${can.kinds.join(', ')}${without}${frames}\n`;
};
