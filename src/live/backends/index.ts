import type { Backend, BackendName } from '../backend.ts';
import { root, userNamespaces } from './namespaces.ts';
import { userModeLinux } from './uml.ts';

const LANES = 16;

/** The backends by name, the quickest first. Each is closed when all is done. */
export const createBackends = (): Readonly<Record<BackendName, Backend>> => ({
  'user-namespaces': userNamespaces,
  root,
  'user-mode-linux': userModeLinux({ user: process.getuid?.() !== 0, lanes: LANES }),
});
