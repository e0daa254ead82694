import { fail, ok, type Result } from '../../base/result.ts';
import type { KernelVersion, Network } from '../../model/network.ts';
import { runLab } from '../../shell/lab.ts';
import { readText } from '../input.ts';
import { worldFor } from '../world.ts';

export type NetworkOptions = { readonly on?: string; readonly kernel?: KernelVersion };

/** A model by its name, or by its first words where it has none. */
const isModel = (file: string, text: string): boolean =>
  /\.(ya?ml|json)$/i.test(file) || (file === '-' && /^\s*(#.*\n|\s)*(title|about|machines|\{)/.test(text));

/**
 * The network that a file speaks of: a model's own, or what is configured when a script is over. Its probes have run by
 * then, but what they taught the caches is in no network.
 */
export const networkIn = async (file: string, { on, kernel }: NetworkOptions): Promise<Result<Network, string>> => {
  const text = readText(file);
  if (!text.ok) return text;
  if (isModel(file, text.value) && on !== undefined)
    return fail(`hairpin: ${file}: it is a model itself. --on is for scripts.`);
  const world = await worldFor(isModel(file, text.value) ? file : on, text.value, kernel);
  if (!world.ok) return world;
  if (isModel(file, text.value)) return ok(world.value.network);
  const said: string[] = [];
  const { exit, simulation } = await runLab({
    name: file,
    text: text.value,
    world: world.value,
    write: (stream, words) => {
      if (stream === 'stderr') said.push(words);
    },
  });
  // A script that bash itself cannot read configures nothing.
  return exit === 2 && said.some((words) => words.includes('syntax error'))
    ? fail(said.join('').trimEnd())
    : ok(simulation.network());
};
