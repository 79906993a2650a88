import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { printFailure, SetupError } from './start/step.cjs';
import { repoRoot } from './vscodeHost/hostPaths';

const folder = join(repoRoot, 'test', 'bench');

/** One benchmark: measures, says what it measures, and gives its figures by name. */
export interface Benchmark {
  readonly what: string;
  /**
   * With the options that were given, such as `--ours`. What could not be measured is NaN, printed as null,
   * and a text says why.
   */
  readonly run: (options: readonly string[]) => Promise<Readonly<Record<string, number | string>>>;
}

/** `npm run bench -- NAME [--json] [OPTION…]`: the last line is one JSON object; without a name, their list. */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => file.replace('.bench.ts', ''));
  const [name] = args.filter((arg) => !arg.startsWith('--'));
  if (name !== undefined && !names.includes(name)) {
    throw new SetupError(`There is no benchmark ${name}`, `name one of: ${names.join(', ')}.`);
  }
  if (name === undefined) {
    for (const each of names) console.log(`${each.padEnd(12)} ${load(each).what}`);
    return;
  }
  const options = args.filter((arg) => arg.startsWith('--') && arg !== '--json');
  const figures = await load(name).run(options);
  if (!args.includes('--json')) {
    for (const [key, value] of Object.entries(figures)) console.log(`${key.padEnd(28)} ${value}`);
  }
  console.log(JSON.stringify(figures));
}

function load(name: string): Benchmark {
  // SAFETY: each file of that folder exports a benchmark by this name.
  return (require(join(folder, `${name}.bench.ts`)) as { readonly benchmark: Benchmark }).benchmark;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    printFailure(error);
    process.exit(1);
  },
);
