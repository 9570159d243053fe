// A reporter of vitest: names the tests that passed only when they were tried again. They are broken: repair their cause.

export default class SecondTry {
  /** @type {string[]} */
  #names = [];

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd() {
    if (this.#names.length === 0) return;
    process.stdout.write(`Passed only at the second try, to be repaired:\n  ${this.#names.join('\n  ')}\n`);
  }
}
