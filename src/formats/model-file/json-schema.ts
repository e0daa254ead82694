import { z } from 'zod';
import { modelFile } from './schema.ts';

/** What an editor needs to complete and check a model file; `models/schema/model.schema.json` holds it. */
export const modelJsonSchema = (): object => ({
  ...z.toJSONSchema(modelFile, { target: 'draft-7', io: 'input' }),
  title: 'A network for hairpin',
});
