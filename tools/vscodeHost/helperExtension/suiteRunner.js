const { renameSync, writeFileSync } = require('node:fs');

/** Runs the suite at `suitePath` (it exports `run()`) and writes `{ ok, error, durationMs, report }`. */
exports.runSuite = async (suitePath, outFile) => {
  const startedAtMs = Date.now();
  const lines = [];
  // The spec reporter writes through the console, which nobody sees here.
  const log = console.log;
  console.log = (...args) => {
    lines.push(require('node:util').format(...args));
    log(...args);
  };
  let error;
  try {
    await require(suitePath).run();
  } catch (caught) {
    error = caught?.stack ?? String(caught);
  } finally {
    console.log = log;
  }
  const result = {
    ok: error === undefined,
    error,
    durationMs: Date.now() - startedAtMs,
    report: lines.join('\n'),
  };
  writeFileSync(`${outFile}.new`, JSON.stringify(result));
  renameSync(`${outFile}.new`, outFile);
};
