import type { Comparison } from '../compare.ts';
import type { Observation } from '../plan.ts';
import type { Verdict } from '../verify.ts';
import { missingText } from './text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};
/** XML has no way to say most control characters. */
const escaped = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
  text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd').replace(/[&<>"\n]/g, (mark) => ENTITIES[mark]!);

const sideText = (name: string, { exit, stdout, stderr }: Observation): string =>
  `${name}: exit ${exit}\n${stdout}${stderr}`;

const caseOf = (lab: string, { step, predicted, observed, differs }: Comparison): string => {
  const open = `    <testcase classname="${escaped(lab)}" name="${escaped(`${step.line}: ${step.command}`)}"`;
  if (differs.length === 0) return `${open}/>`;
  const text = escaped(`${sideText('predicted', predicted)}\n${sideText('observed', observed)}`);
  return `${open}><failure message="differs: ${differs.join(', ')}">${text}</failure></testcase>`;
};

const suiteOf = (verdict: Verdict): string => {
  const name = escaped(verdict.lab);
  const lone = (inside: string, counts: string): string =>
    `  <testsuite name="${name}" tests="1" ${counts}>\n    <testcase classname="${name}" name="verify">${inside}</testcase>\n  </testsuite>`;
  switch (verdict.kind) {
    case 'compared': {
      const failures = verdict.comparisons.filter(({ differs }) => differs.length > 0).length;
      const counts = `tests="${verdict.comparisons.length}" failures="${failures}" time="${verdict.seconds.toFixed(3)}"`;
      const cases = verdict.comparisons.map((each) => caseOf(verdict.lab, each)).join('\n');
      return `  <testsuite name="${name}" ${counts}>\n${cases}\n  </testsuite>`;
    }
    case 'cannot':
      return lone(`<skipped message="${escaped(missingText(verdict.missing))}"/>`, 'skipped="1"');
    case 'broken':
      return lone(`<error message="${escaped(verdict.why)}"/>`, 'errors="1"');
  }
};

/** Verdicts as the XML that most CI services show; a command is a test case. */
export const junitXml = (verdicts: readonly Verdict[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${verdicts.map(suiteOf).join('\n')}\n</testsuites>\n`;
