import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** A module of src/, bundled on the spot, for scripts that Node runs as they are. */
export const load = async (path) => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(`../../src/${path}`, import.meta.url)),
    platform: 'node',
  });
  const { output } = await bundle.generate({ format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);
};
