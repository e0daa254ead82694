import { BACKENDS, type BackendName } from '../../src/live/backend.ts';
import { createBackends } from '../../src/live/backends/index.ts';
import { capabilitiesOf } from '../../src/live/capabilities.ts';

/** Why a backend cannot be tested here, if it cannot. What apt can install is no excuse in CI. */
const excuseFor = async (name: BackendName): Promise<string | undefined> => {
  const backend = createBackends()[name];
  const can = await capabilitiesOf(backend, AbortSignal.timeout(60_000));
  await backend.close();
  if (can.works || (process.env['CI'] === 'true' && can.missing.remedy.includes('apt-get'))) return undefined;
  return `${can.missing.what} ${can.missing.remedy}`;
};

export type Testable = { readonly name: BackendName; readonly excuse: string | undefined };

/** Every backend, and for one that is no use here the reason, which its skipped tests then carry in their name. */
export const testable: readonly Testable[] = await Promise.all(
  BACKENDS.map(async (name) => ({ name, excuse: await excuseFor(name) })),
);
export const titleOf = ({ name, excuse }: Testable): string => (excuse ? `${name} (skipped: ${excuse})` : name);
