import { fail, ok, type Result } from '../base/result.ts';
import { diagnosticLine } from '../formats/diagnostic.ts';
import { type KernelVersion, ROOT } from '../model/network.ts';
import { emptyWorld, type World } from '../shell/lab.ts';
import { readText } from './input.ts';

/** The world that a script starts in: the one in a model file, or an empty machine. A failure is what is wrong, line by line. */
export const worldFor = async (
  model: string | undefined,
  script: string,
  kernel: KernelVersion | undefined,
): Promise<Result<World, string>> => {
  if (model === undefined) return ok(emptyWorld(script, kernel));
  const text = readText(model);
  if (!text.ok) return text;
  // The reader brings a schema library along: only who asks for a world waits for it.
  const { readModel } = await import('../formats/model-file/read.ts');
  const read = readModel(text.value, model);
  if (!read.ok) return fail(read.error.map(diagnosticLine).join('\n'));
  const { network, runOn } = read.value;
  return ok({
    network: kernel === undefined ? network : { ...network, kernel },
    place: { machine: runOn, namespace: ROOT },
  });
};
