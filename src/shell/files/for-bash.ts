import { fail, ok } from '../../base/result.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { Place } from '../../model/network.ts';
import type { VirtualFiles } from '../bash/types.ts';
import { fileErrorText, listVirtual, readVirtual, VIRTUAL_ROOTS, writeVirtual } from './index.ts';

/** The kernel's files as a shell wants them. */
export const filesFor = (simulation: Simulation): VirtualFiles<Place> => ({
  roots: VIRTUAL_ROOTS,
  read: (place, path) => {
    const text = readVirtual({ simulation, place }, path);
    return text.ok ? text.value : undefined;
  },
  list: (place, path) => {
    const names = listVirtual({ simulation, place }, path);
    return names.ok ? names.value : undefined;
  },
  write: (place, path, text) => {
    const written = writeVirtual({ simulation, place }, path, text);
    return written.ok ? ok(undefined) : fail(fileErrorText(written.error));
  },
});
