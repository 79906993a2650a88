import { readFileSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { applyNotebookDiff } from '../src/core/notebook/applyNotebookDiff';
import {
  type CellDiff,
  describeSummary,
  diffNotebooks,
  type NotebookDiff,
  type OutputDiff,
} from '../src/core/notebook/diffNotebooks';
import type { Notebook } from '../src/core/notebook/notebook';
import { NotebookParseError, parseNotebook } from '../src/core/notebook/parseNotebook';

const usage = 'Usage: npm run -s nbdiff -- OLD.ipynb NEW.ipynb [--json] [--check]';

/** Exit codes: 0 done, 1 the check failed, 2 wrong use or an input that cannot be read. */
function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, check: { type: 'boolean' } },
  });
  const [oldPath, newPath] = positionals;
  if (oldPath === undefined || newPath === undefined || positionals.length > 2) {
    console.error(usage);
    return 2;
  }
  const oldNotebook = readNotebook(oldPath);
  const newNotebook = readNotebook(newPath);
  const diff = diffNotebooks(oldNotebook, newNotebook);
  const fault = values.check === true ? findFault(diff, oldNotebook, newNotebook) : undefined;
  process.stdout.write(`${values.json === true ? toJson(diff) : toText(diff)}\n`);
  if (fault !== undefined) console.error(`Check failed: ${fault}.`);
  return fault === undefined ? 0 : 1;
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

function findFault(diff: NotebookDiff, old: Notebook, fresh: Notebook): string | undefined {
  if (!isDeepStrictEqual(applyNotebookDiff(diff, old), fresh)) {
    return 'the diff applied to OLD does not give NEW';
  }
  const places = (of: (cell: CellDiff) => number | undefined) =>
    diff.cells.flatMap((cell) => of(cell) ?? []).sort((a, b) => a - b);
  const isCover = (found: readonly number[], count: number) =>
    found.length === count && found.every((place, i) => place === i);
  if (
    !isCover(
      places(({ oldIndex }) => oldIndex),
      old.cells.length,
    )
  ) {
    return 'not every cell of OLD is listed exactly once';
  }
  if (
    !isCover(
      places(({ newIndex }) => newIndex),
      fresh.cells.length,
    )
  ) {
    return 'not every cell of NEW is listed exactly once';
  }
  return undefined;
}

function toJson(diff: NotebookDiff): string {
  const cells = diff.cells.map((cell) => ({
    kind: cell.kind,
    oldIndex: cell.oldIndex,
    newIndex: cell.newIndex,
    sourceChanged: cell.sourceChanged,
    outputsChanged: cell.outputsChanged,
    metadataChanged: cell.metadataChanged,
    hunks: cell.hunks,
    outputs: cell.outputs,
  }));
  return JSON.stringify({ summary: diff.summary, coarse: diff.coarse, cells });
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
    ...(cell.metadataChanged ? ['  metadata differs'] : []),
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
