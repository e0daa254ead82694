/** JSON as iproute2's writer lays it out; `exactly` keeps the spelling of a number such as `0.00`. */
export type Json = string | number | boolean | null | Spelled | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

const SPELLED = Symbol('spelled');
type Spelled = { readonly [SPELLED]: string };

export const exactly = (spelling: string): Spelled => ({ [SPELLED]: spelling });

const isSpelled = (value: object): value is Spelled => SPELLED in value;
const isList = (value: object): value is readonly Json[] => Array.isArray(value);

const ESCAPES: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\f': '\\f',
  '\b': '\\b',
  '\\': '\\\\',
  '"': '\\"',
};
const quoted = (text: string): string => `"${text.replace(/[\t\n\r\f\b\\"]/g, (unit) => ESCAPES[unit] ?? unit)}"`;

const listText = (list: readonly Json[], pretty: boolean, depth: number): string => {
  const items = list.map((item) => jsonText(item, pretty, depth + 1)).join(',');
  if (!pretty) return `[${items}]`;
  return items === '' ? '[ ]' : `[ ${items} ]`;
};

const objectText = (object: JsonObject, pretty: boolean, depth: number): string => {
  const entries = Object.entries(object);
  if (entries.length === 0) return '{}';
  const indent = (by: number): string => (pretty ? `\n${'    '.repeat(by)}` : '');
  const members = entries.map(
    ([key, value]) => `${indent(depth + 1)}${quoted(key)}:${pretty ? ' ' : ''}${jsonText(value, pretty, depth + 1)}`,
  );
  return `{${members.join(',')}${indent(depth)}}`;
};

/** Lists stay on their line and objects open up, each four columns further in (lib/json_writer.c). */
export const jsonText = (value: Json, pretty = false, depth = 0): string => {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isSpelled(value)) return value[SPELLED];
  return isList(value) ? listText(value, pretty, depth) : objectText(value as JsonObject, pretty, depth);
};
