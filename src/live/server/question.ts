import { z } from 'zod';
import { fail, ok, type Result } from '../../base/result.ts';
import { diagnosticLine } from '../../formats/diagnostic.ts';
import { readModel } from '../../formats/model-file/read.ts';
import { ROOT } from '../../model/network.ts';
import { emptyWorld } from '../../shell/lab.ts';
import type { Lab } from '../rehearse.ts';

/** What may be asked: a script, in the world of a model file or on an empty machine. */
const Question = z.strictObject({
  script: z.string(),
  model: z.string().optional(),
  frames: z.boolean().default(false),
});
export type Question = { readonly lab: Lab; readonly frames: boolean };

const NAME = 'script';

export const readQuestion = (body: unknown): Result<Question, string> => {
  const parsed = Question.safeParse(body);
  if (!parsed.success) return fail(`${z.prettifyError(parsed.error)}\n`);
  const { script, model, frames } = parsed.data;
  if (model === undefined) return ok({ lab: { name: NAME, text: script, world: emptyWorld(script) }, frames });
  const read = readModel(model, 'model');
  if (!read.ok) return fail(`${read.error.map(diagnosticLine).join('\n')}\n`);
  const { network, runOn } = read.value;
  return ok({
    lab: { name: NAME, text: script, world: { network, place: { machine: runOn, namespace: ROOT } } },
    frames,
  });
};
