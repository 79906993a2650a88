import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/**
 * Runs every `*.test.ts` of this folder inside VS Code. Rejects if one fails or there is none.
 * Writes `{ passed, failed }` to the file that EPOCHLOG_TEST_COUNTS names.
 *
 * @param print takes the lines of the report in place of the console, which VS Code lets nobody wrap.
 */
export async function run(print?: typeof console.log): Promise<void> {
  if (print) Mocha.reporters.Base.consoleLog = print;
  const mocha = new Mocha({ ui: 'tdd', color: false, reporter: 'spec', timeout: 30_000 });
  // Read from the sources rather than listed, so that no file can be forgotten.
  const sources = join(__dirname, '..', '..', '..', 'test', 'host');
  const names = readdirSync(sources)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.test.ts'.length))
    // After the extension is deactivated there is nothing left to test.
    .sort(
      (a, b) => Number(a === 'deactivation') - Number(b === 'deactivation') || (a < b ? -1 : 1),
    );
  for (const name of names) {
    // Gives the file `suite` and `test`, which Mocha does by itself only for files that it loads.
    mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, name, mocha);
    await import(`./${name}.test.ts`);
  }
  if (mocha.suite.total() === 0) throw new Error('No test was found.');
  let runner: Mocha.Runner | undefined;
  const failures = await new Promise<number>((resolve) => {
    runner = mocha.run(resolve);
  });
  const passed = runner?.stats?.passes ?? 0;
  const countsFile = process.env.EPOCHLOG_TEST_COUNTS;
  if (countsFile) writeFileSync(countsFile, JSON.stringify({ passed, failed: failures }));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
