import { describe, expect, test } from 'vitest';
import { modelJsonSchema } from '../../src/formats/model-file/json-schema.ts';
import { printModel } from '../../src/formats/model-file/print.ts';
import { readModel } from '../../src/formats/model-file/read.ts';
import { comparable } from '../formats/same-network.ts';
import { modelFiles, modelIn, modelText } from './run-model.ts';

const SCHEMA = '../../models/schema/model.schema.json';
const WORLDS = modelFiles('.yaml');

describe('a world', () => {
  test.each(WORLDS)('%s has a title and says what it shows', (file) => {
    const { title = '', about = '' } = modelIn(file);
    expect(title.length).toBeGreaterThan(10);
    expect(about).toMatch(/\.$/);
  });

  test.each(WORLDS)('%s is the same after printing and reading', (file) => {
    const { network } = modelIn(file);
    const again = readModel(printModel(network), 'again');
    expect(again.ok && comparable(again.value.network)).toEqual(comparable(network));
  });

  test.each(WORLDS)('%s tells editors where its schema is', (file) => {
    expect(modelText(file)).toMatch(/^# yaml-language-server: \$schema=\.\.\/schema\/model\.schema\.json\n/);
  });
});

test('the JSON Schema is the one of the reader', async () => {
  // `vitest run --update` writes it anew.
  await expect(`${JSON.stringify(modelJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(SCHEMA);
});
