// Looks at a store without VS Code:
//   npm run -s store -- check DIR           exits 1 with the reasons if anything in it is damaged
//   npm run -s store -- export DIR OUT.db   writes all of it as one plain SQLite file
import { createRequire } from 'node:module';
import { checkStore } from '../src/store/checkStore';
import { exportStore } from '../src/store/exportStore';

const usage = 'usage: store check DIR | store export DIR OUT.db';
const wasmPath = createRequire(__filename).resolve('sql.js/dist/sql-wasm.wasm');

async function run([command, folder, outPath]: readonly string[]): Promise<number> {
  if (command === 'check' && folder !== undefined) return check(folder);
  if (command === 'export' && folder !== undefined && outPath !== undefined) {
    await exportStore(folder, outPath, { wasmPath, report: (message) => console.error(message) });
    console.log(`Wrote ${outPath}`);
    return 0;
  }
  console.error(usage);
  return 2;
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
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
