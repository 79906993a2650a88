import { readFileSync } from 'node:fs';
import type { ExtractedMetric, Extraction } from '../src/core/extract/extraction';
import { createExtractor } from '../src/core/extract/extractor';
import { readPatterns } from '../src/core/extract/patterns/metricPattern';
import {
  createPatternSet,
  objectionTo,
  type PatternSet,
} from '../src/core/extract/patterns/patternSet';
import { describePatternProblem } from '../src/core/present/describePatternProblem';

// Prints what the extractor finds in raw terminal captures.
//   extract FILE [--command CMD] [--patterns FILE.json] [--json]     FILE may be - for stdin
//   extract --corpus FILE.jsonl                                      one {"id","metrics","params","artifacts"} a line
// The patterns are those of the setting `epochlog.metrics.patterns`, as JSON.

interface Result {
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: readonly ExtractedMetric[];
  readonly artifacts: readonly string[];
}

const CHUNK_CHARS = 64 * 1024;

function extract(text: string, command: string | undefined): Result {
  const extractor = createExtractor({ ...(command === undefined ? {} : { command }), patterns });
  const extractions: Extraction[] = [];
  for (let at = 0; at < text.length; at += CHUNK_CHARS) {
    extractions.push(extractor.push(text.slice(at, at + CHUNK_CHARS)));
  }
  extractions.push(extractor.end());
  return {
    params: Object.fromEntries(
      extractions.flatMap(({ params }) => params.map(({ key, value }) => [key, value])),
    ),
    metrics: extractions.flatMap(({ metrics }) => metrics.map(withoutMarks)),
    artifacts: extractions.flatMap(({ artifacts }) => artifacts),
  };
}

/** What only recordings ask for stays out, so that the output is the same whatever they come to ask. */
function withoutMarks({ isReported, section, rank, ...metric }: ExtractedMetric): ExtractedMetric {
  return metric;
}

/** JSON has no NaN and no infinity; they are given as the strings that programs print. */
function toJson(result: unknown, indent?: number): string {
  const named = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return JSON.stringify(result, named, indent);
}

function printCorpus(file: string): void {
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const { id, text, command } = JSON.parse(line) as {
      readonly id: string;
      readonly text: string;
      readonly command: string | null;
    };
    const { metrics, params, artifacts } = extract(text, command ?? undefined);
    console.log(toJson({ id, metrics, params, artifacts }));
  }
}

function printTable({ params, metrics, artifacts }: Result): void {
  for (const [key, value] of Object.entries(params)) console.log(`param     ${key} = ${value}`);
  for (const { key, value, step, epoch, context } of metrics) {
    const place = [
      epoch === undefined ? '' : ` epoch ${epoch}`,
      step === undefined ? '' : ` step ${step}`,
      context === undefined ? '' : ` (${context})`,
    ].join('');
    console.log(`metric    ${key} = ${value}${place}`);
  }
  for (const path of artifacts) console.log(`artifact  ${path}`);
}

function readPatternFile(path: string | undefined): PatternSet | undefined {
  if (path === undefined) return undefined;
  const read = readPatterns(JSON.parse(readFileSync(path, 'utf8')), objectionTo);
  for (const problem of read.problems) {
    console.error(`left out: ${describePatternProblem(problem)}`);
  }
  return createPatternSet(read.patterns);
}

function optionValue(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at === -1 ? undefined : args[at + 1];
}

const args = process.argv.slice(2);
const corpus = optionValue(args, '--corpus');
const command = optionValue(args, '--command');
const patterns = readPatternFile(optionValue(args, '--patterns'));
const valued = ['--command', '--patterns', '--corpus'];
const file = args.find(
  (arg, at) => (arg === '-' || !arg.startsWith('--')) && !valued.includes(args[at - 1] ?? ''),
);
if (corpus !== undefined) printCorpus(corpus);
else if (file === undefined) {
  console.error(
    'usage: extract FILE [--command CMD] [--patterns FILE.json] [--json] | extract --corpus FILE.jsonl',
  );
  process.exitCode = 2;
} else {
  const result = extract(readFileSync(file === '-' ? 0 : file, 'utf8'), command);
  if (args.includes('--json')) console.log(toJson(result));
  else printTable(result);
}
