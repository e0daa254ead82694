/** The interpreter says `bash: foo: command not found`; bash says whose line it was. */
export const located = (name: string, line: number, stderr: string): string =>
  stderr
    .replace(/^bash: (?:line (\d+): )?/gm, (_, own?: string) => `${name}: line ${own ?? line}: `)
    .replace(/, increase executionLimits\.\w+/g, '');

/** What `set -x` and a stopped job tell of our own commands. */
export const withoutOurs = (stderr: string): string =>
  stderr.replace(/^.*(?:hairpin:\w+|HAIRPIN_STATUS=|bash: execution aborted).*\n?/gm, '');

/** Where and why a script cannot be parsed, in bash's words. `message` is the interpreter's. */
export const syntaxError = (
  name: string,
  text: string,
  message: string,
): { readonly line: number; readonly stderr: string } => {
  const lines = text.replace(/\n$/, '').split('\n');
  const at = Number(/(?:error at|line) (\d+)/.exec(message)?.[1] ?? 1);
  const matching = /unexpected EOF while looking for matching .*/.exec(message)?.[0];
  if (matching !== undefined) return { line: at, stderr: `${name}: line ${at}: ${matching}\n` };
  const token = /unexpected token `(.*?)'/s.exec(message)?.[1];
  const line = token === undefined ? at : lineOfToken(lines, token, at);
  if (token === undefined || token === '' || /got EOF/.test(message) || line > lines.length) {
    const end = lines.length + 1;
    return { line: end, stderr: `${name}: line ${end}: syntax error: unexpected end of file\n` };
  }
  const where = `${name}: line ${line}: `;
  const shown = token === '\n' ? 'newline' : token;
  return {
    line,
    stderr: `${where}syntax error near unexpected token \`${shown}'\n${where}\`${lines[line - 1] ?? ''}'\n`,
  };
};

/** Some errors are said to be where the statement begins, and some name a token that is missing: the end is too early. */
const lineOfToken = (lines: readonly string[], token: string, at: number): number => {
  const found = lines.findIndex((each, index) => index >= at - 1 && each.includes(token));
  return found < 0 ? lines.length + 1 : found + 1;
};
