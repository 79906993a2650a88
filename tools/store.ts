// Looks at a store without VS Code:
//   npm run -s store -- check DIR
//     exits 1 with the reasons if anything in it is damaged
//   npm run -s store -- export DIR OUT.db [--keep-secrets]
//     writes all of it as one plain SQLite file, with what looks like a credential masked
import { createRequire } from 'node:module';
import { errorMessage } from '../src/core/userError';
import { checkStore } from '../src/store/export/checkStore';
import { exportStore } from '../src/store/export/exportStore';

const usage = 'usage: store check DIR | store export DIR OUT.db [--keep-secrets]';
const wasmPath = createRequire(__filename).resolve('sql.js/dist/sql-wasm.wasm');

async function run(args: readonly string[]): Promise<number> {
  const keepSecrets = args.includes('--keep-secrets');
  const [command, folder, outPath] = args.filter((arg) => arg !== '--keep-secrets');
  if (command === 'check' && folder !== undefined && !keepSecrets) return check(folder);
  if (command === 'export' && folder !== undefined && outPath !== undefined) {
    return exportTo(folder, outPath, keepSecrets);
  }
  console.error(usage);
  return 2;
}

async function exportTo(folder: string, outPath: string, keepSecrets: boolean): Promise<number> {
  const report = (message: string) => console.error(message);
  const { secrets } = await exportStore(folder, outPath, { wasmPath, report, keepSecrets });
  if (secrets > 0) {
    const what = `${secrets} texts in notebooks, scripts, diffs or notes look like credentials`;
    report(
      keepSecrets
        ? `warning: ${what}. They are in the file.`
        : `warning: ${what}. They are masked in the file; --keep-secrets leaves them.`,
    );
  }
  console.log(`Wrote ${outPath}`);
  return 0;
}

async function check(folder: string): Promise<number> {
  const { damage, notes } = await checkStore(folder, wasmPath);
  for (const note of notes) console.log(`note: ${note}`);
  for (const message of damage) console.error(`damaged: ${message}`);
  if (damage.length === 0) console.log(`${folder} is whole.`);
  return damage.length === 0 ? 0 : 1;
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(errorMessage(error));
    process.exitCode = 1;
  },
);
