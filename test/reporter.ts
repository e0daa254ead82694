import type { Reporter, TestModule } from 'vitest/node';

/** Closes a run with `N passed, N failed` on a line of its own. A file that does not load counts as one failure. */
export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    const count = (state: string): number => states.filter((one) => one === state).length;
    const tally = `${count('passed')} passed, ${count('failed') + broken} failed\n`;
    // Into a pipe, what vitest says of failures may be written after this: wait until it is done.
    process.once('exit', () => process.stdout.write(tally));
  }
}
