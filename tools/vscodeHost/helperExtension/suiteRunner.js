const { format } = require('node:util');
const { renameSync, writeFileSync } = require('node:fs');

/** Runs the suite at `suitePath` (it exports `run(print)`) and writes `{ ok, error, durationMs, report }`. */
exports.runSuite = async (suitePath, outFile) => {
  const startedAtMs = Date.now();
  const lines = [];
  let error;
  try {
    await require(suitePath).run((...args) => lines.push(format(...args)));
  } catch (caught) {
    error = caught?.stack ?? String(caught);
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
