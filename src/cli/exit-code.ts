/** What the shell sees. A command that carries an answer of its own (a script's status) exits with that instead. */
export const exitCode = {
  ok: 0,
  /** The answer is no: not reached, a requirement fails, the kernel differs. */
  no: 1,
  /** The question was wrong: an unknown option, a file that does not parse. */
  usage: 2,
  /** This machine cannot do it: no user namespaces, no such module. */
  cannot: 3,
  /** A mistake in hairpin itself (EX_SOFTWARE of sysexits.h). */
  bug: 70,
} as const;
