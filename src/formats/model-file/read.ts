import { fail, ok, type Result } from '../../base/result.ts';
import type { MachineName, Network } from '../../model/network.ts';
import type { Operation } from '../../model/operation.ts';
import { type Diagnostic, didYouMean } from '../diagnostic.ts';
import { assemble } from './assemble.ts';
import { checkShape } from './check.ts';
import { MOST_DIAGNOSTICS, readDocument, type YamlDocument } from './document.ts';
import type { ModelFile } from './schema.ts';

/** A sentence of the file, with its place, for whoever understands it. */
export type Expectation = { readonly text: string; readonly line: number; readonly column: number };

export type Model = {
  readonly title?: string;
  readonly about?: string;
  readonly network: Network;
  /** What builds the network from nothing. */
  readonly operations: readonly Operation[];
  /** The machine that scripts run on. */
  readonly runOn: MachineName;
  readonly expect: readonly Expectation[];
};

/** Reads a model file. Whatever the text is, the answer is a model or all that is wrong with it, in the file's order. */
export const readModel = (text: string, name: string): Result<Model, readonly Diagnostic[]> => {
  const document = readDocument(text, name);
  if (!document.ok) return fail(inOrder(document.error));
  const shape = checkShape(document.value);
  return shape.ok ? readShape(shape.value, document.value) : fail(inOrder(shape.error));
};

const inOrder = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
  found.toSorted((a, b) => a.line - b.line || a.column - b.column);

const readShape = (model: ModelFile, document: YamlDocument): Result<Model, readonly Diagnostic[]> => {
  const found: Diagnostic[] = [];
  const { network, operations } = assemble(model, (...said) => {
    if (found.length < MOST_DIAGNOSTICS) found.push(document.diagnostic(...said));
  });
  const names = Object.keys(model.machines);
  const runOn = model['run on'] ?? names[0];
  if (runOn === undefined) found.push(document.diagnostic(['machines'], 'key', 'There is no machine.', 'Name one.'));
  else if (!names.includes(runOn))
    found.push(document.diagnostic(['run on'], 'value', `There is no machine "${runOn}".`, didYouMean(runOn, names)));
  if (found.length > 0) return fail(inOrder(found));
  return ok({
    ...(model.title === undefined ? {} : { title: model.title }),
    ...(model.about === undefined ? {} : { about: model.about }),
    network,
    operations,
    runOn: runOn as MachineName,
    expect: (model.expect ?? []).map((sentence, i) => {
      const { line, column } = document.diagnostic(['expect', i], 'value', '');
      return { text: sentence, line, column };
    }),
  });
};
