// Mocha's usual output, and the counts as JSON into the file that TCONV_COUNTS names.
const { writeFileSync } = require('node:fs');
const { reporters, Runner: { constants } } = require('mocha');

module.exports = class extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.once(constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(process.env.TCONV_COUNTS ?? '', JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
