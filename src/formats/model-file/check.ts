import type { core } from 'zod';
import { fail, ok, type Result } from '../../base/result.ts';
import { type Diagnostic, didYouMean } from '../diagnostic.ts';
import { MOST_DIAGNOSTICS, type Path, type Which, type YamlDocument } from './document.ts';
import { type ModelFile, modelFile } from './schema.ts';

/** What the schema has against a part of the file. */
type Complaint = { readonly path: Path; readonly which: Which; readonly message: string; readonly remedy?: string };
type Issue = core.$ZodIssue;

/** The data as a model file, or all that keeps it from being one. */
export const checkShape = (document: YamlDocument): Result<ModelFile, readonly Diagnostic[]> => {
  const parsed = modelFile.safeParse(document.value, { reportInput: true, error: allowedKeys });
  if (parsed.success) return ok(parsed.data);
  const issues = parsed.error.issues.slice(0, MOST_DIAGNOSTICS);
  const complaints = issues.flatMap((issue) => complaintsOf(issue, [])).slice(0, MOST_DIAGNOSTICS);
  return fail(complaints.map(({ path, which, message, remedy }) => document.diagnostic(path, which, message, remedy)));
};

/** An issue about a key does not say which keys there are; its message is used to carry them. */
const allowedKeys = ({ code, inst }: core.$ZodRawIssue): string | undefined => {
  if (code !== 'unrecognized_keys' || !inst) return undefined;
  const { def } = inst._zod as unknown as { readonly def: { readonly shape?: object } };
  return Object.keys(def.shape ?? {}).join('\n');
};

const complaintsOf = (issue: Issue, above: Path): readonly Complaint[] => {
  const path = [...above, ...(issue.path as (string | number)[])];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MOST_DIAGNOSTICS).map((key) => ({
        path: [...path, key],
        which: 'key',
        message: `There is no "${key}" here.`,
        remedy: didYouMean(key, issue.message.split('\n')),
      }));
    case 'invalid_union':
      return unionComplaints(issue, path);
    case 'invalid_value':
      return [notOneOf(path, issue.input, [...new Set(issue.values.map(String))])];
    case 'invalid_type':
      return [wrongType(path, issue.input, issue.expected)];
    case 'too_small':
    case 'too_big':
      return [outOfRange(path, issue)];
    default:
      return [{ path, which: 'value', message: `${subject(path)} is not right: ${issue.message}.` }];
  }
};

const unionComplaints = (issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): readonly Complaint[] => {
  if (issue.errors.length === 0) {
    const {
      input,
      discriminator = '',
      options = [],
    } = issue as {
      input?: unknown;
      discriminator?: string;
      options?: readonly unknown[];
    };
    const given = (input as Record<string, unknown> | undefined)?.[discriminator];
    return [notOneOf(path, given, options.map(String))];
  }
  // The branch that got furthest is the one that was meant.
  const branches = issue.errors.map((branch) => branch.flatMap((one) => complaintsOf(one, path)));
  const depth = (branch: readonly Complaint[]): number => Math.max(...branch.map((one) => one.path.length));
  return branches.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
};

const subject = (path: Path): string => {
  const last = path.at(-1);
  return typeof last === 'string' ? `"${last}"` : 'This';
};

const missing = (path: Path): Complaint => ({
  path: path.slice(0, -1),
  which: 'key',
  message: path.length > 1 ? `${subject(path.slice(0, -1))} has no ${subject(path)}.` : `There is no ${subject(path)}.`,
});

const shown = (input: unknown): string => {
  const text = JSON.stringify(input) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const notOneOf = (path: Path, input: unknown, values: readonly string[]): Complaint => {
  if (input === undefined) return { ...missing(path), remedy: `It is one of ${values.join(', ')}.` };
  const message = `${subject(path)} is ${shown(input)}, not one of ${values.join(', ')}.`;
  const remedy = typeof input === 'string' ? didYouMean(input, values) : '';
  return { path, which: 'value', message, ...(remedy.startsWith('Did') ? { remedy } : {}) };
};

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a word or a sentence',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two',
  record: 'a mapping with keys',
  object: 'a mapping with keys',
};

const wrongType = (path: Path, input: unknown, expected: string): Complaint => {
  if (input === undefined) return missing(path);
  const what = path.length === 0 ? 'A model file' : subject(path);
  const remedy = typeof input === 'number' && expected === 'string' ? { remedy: 'Put it in quotes.' } : {};
  return {
    path,
    which: 'value',
    message: `${what} must be ${EXPECTED[expected] ?? expected}, not ${shown(input)}.`,
    ...remedy,
  };
};

const outOfRange = (path: Path, issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Complaint => {
  const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  const amount = issue.origin === 'array' ? `must have ${bound} parts` : `must be ${bound}, not ${shown(issue.input)}`;
  return { path, which: 'value', message: `${subject(path)} ${amount}.` };
};
