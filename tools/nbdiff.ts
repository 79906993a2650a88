import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  type CellDiff,
  describeSummary,
  diffNotebooks,
  type NotebookDiff,
  type OutputDiff,
} from '../src/core/notebook/diffNotebooks';
import { displayedLines } from '../src/core/notebook/displayedLines';
import type { Notebook } from '../src/core/notebook/notebook';
import { NotebookParseError, parseNotebook } from '../src/core/notebook/parseNotebook';
import { checkPairs } from './nbdiff/checkPairs';
import { findFaults } from './nbdiff/findFaults';

const usage =
  'Usage: npm run -s nbdiff -- OLD.ipynb NEW.ipynb [--json] [--check]\n' +
  'Without OLD and NEW: checks each <id>/old.ipynb, <id>/new.ipynb of the folder EPOCHLOG_PAIRS_DIR.';

/** Exit codes: 0 done, 1 the check failed, 2 wrong use or an input that cannot be read. */
function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, check: { type: 'boolean' } },
  });
  const [oldPath, newPath] = positionals;
  const pairsFolder = process.env.EPOCHLOG_PAIRS_DIR;
  if (positionals.length === 0 && pairsFolder !== undefined) {
    return reportPairs(pairsFolder, values.json === true);
  }
  if (oldPath === undefined || newPath === undefined || positionals.length > 2) {
    console.error(usage);
    return 2;
  }
  const oldNotebook = readNotebook(oldPath);
  const newNotebook = readNotebook(newPath);
  const diff = diffNotebooks(oldNotebook, newNotebook);
  const faults = values.check === true ? findFaults(diff, oldNotebook, newNotebook) : [];
  process.stdout.write(`${values.json === true ? toJson(diff) : toText(diff)}\n`);
  for (const fault of faults) console.error(`Check failed: ${fault}.`);
  return faults.length === 0 ? 0 : 1;
}

function reportPairs(folder: string, isJson: boolean): number {
  const report = checkPairs(folder);
  for (const { id, fault } of report.failures) console.error(`${id}: ${fault}.`);
  const text =
    `${report.pairs} pairs checked, ${report.asText} of them not a notebook, shown as text; ` +
    `${report.displayedLines} lines displayed; ${report.asymmetric.length} asymmetric; ${report.failures.length} failures`;
  process.stdout.write(`${isJson ? JSON.stringify(report) : text}\n`);
  return report.failures.length === 0 && report.pairs > 0 ? 0 : 1;
}

function readNotebook(path: string): Notebook {
  try {
    return parseNotebook(readFileSync(path, 'utf8'));
  } catch (error) {
    // Both are the input's fault and say which; anything else is ours and keeps its stack.
    const isExpected =
      error instanceof NotebookParseError || (error instanceof Error && 'syscall' in error);
    if (isExpected) throw new InputError(`${path}: ${error.message}`);
    throw error;
  }
}

class InputError extends Error {}

function toJson(diff: NotebookDiff): string {
  const cells = diff.cells.map((cell) => ({
    kind: cell.kind,
    ...(cell.splitFrom === undefined ? {} : { splitFrom: cell.splitFrom }),
    ...(cell.mergedInto === undefined ? {} : { mergedInto: cell.mergedInto }),
    oldIndex: cell.oldIndex,
    newIndex: cell.newIndex,
    sourceChanged: cell.sourceChanged,
    outputsChanged: cell.outputsChanged,
    metadataChanged: cell.metadataChanged,
    minorChanged: cell.minorChanged,
    metadata: cell.metadata,
    hunks: cell.hunks,
    outputs: cell.outputs,
  }));
  const summary = { ...diff.summary, displayedLines: displayedLines(diff.cells) };
  return JSON.stringify({
    summary,
    coarse: diff.coarse,
    headerChanges: diff.headerChanges,
    cells,
  });
}

const signs = { same: ' ', changed: '~', added: '+', removed: '-', moved: '>' } as const;

function toText(diff: NotebookDiff): string {
  const note = diff.coarse ? ' (coarse: the notebooks are too different to match every cell)' : '';
  const blocks = diff.cells.filter(({ kind }) => kind !== 'same').map(describeCell);
  return [`${describeSummary(diff.summary)}${note}`, ...blocks].join('\n\n');
}

function describeCell(cell: CellDiff): string {
  const { kind, oldIndex, newIndex } = cell;
  const place = [oldIndex, newIndex].map((index) => (index === undefined ? '' : `#${index + 1}`));
  const type = (cell.new ?? cell.old)?.kind ?? 'code';
  const whole = { added: '+ ', removed: '- ' } as const;
  const source =
    kind === 'added' || kind === 'removed'
      ? prefixLines((cell.new ?? cell.old)?.source.split('\n') ?? [], whole[kind])
      : cell.hunks.flatMap((hunk) => [
          `  @@ line ${hunk.oldStart + 1} -> ${hunk.newStart + 1} @@`,
          ...prefixLines(hunk.oldLines, '- '),
          ...prefixLines(hunk.newLines, '+ '),
        ]);
  const notes = [
    ...(cell.old !== undefined && cell.new !== undefined && cell.old.kind !== cell.new.kind
      ? [`  type: ${cell.old.kind} -> ${cell.new.kind}`]
      : []),
    ...(cell.splitFrom === undefined ? [] : [`  split off #${cell.splitFrom + 1}`]),
    ...(cell.mergedInto === undefined ? [] : [`  merged into #${cell.mergedInto + 1}`]),
    ...cell.metadata
      .filter(({ isMinor }) => !isMinor)
      .map(({ path, old, new: fresh }) => `  ${path}: ${old ?? 'none'} -> ${fresh ?? 'none'}`),
  ];
  const outputs = cell.outputsChanged ? cell.outputs.flatMap(describeOutput) : [];
  return [
    `${signs[kind]} ${kind} ${place.filter((p) => p !== '').join(' -> ')} (${type})`,
    ...notes,
    ...source,
    ...outputs,
  ].join('\n');
}

function describeOutput({ kind, old, new: fresh }: OutputDiff): string[] {
  if (kind === 'same') return [];
  const shown = fresh ?? old;
  const what = shown?.name ?? shown?.ename ?? Object.keys(shown?.data ?? {}).join(', ');
  return [`  output ${kind}: ${shown?.kind ?? ''} ${what}`.trimEnd()];
}

function prefixLines(lines: readonly string[], prefix: string): string[] {
  return lines.map((line) => `  ${prefix}${line}`);
}

try {
  process.exitCode = main();
} catch (error) {
  const isUse = error instanceof TypeError && 'code' in error;
  if (!(error instanceof InputError || isUse)) throw error;
  console.error(isUse ? `${error.message}\n${usage}` : error.message);
  process.exitCode = 2;
}
