import type { SourceHunk } from '../notebook/diffNotebooks';
import { diffSource } from '../notebook/diffSource';
import { createWorkBudget } from '../notebook/workBudget';
import { decodeLog } from '../terminal/decodeLog';
import { boundHunks } from './codeComparison';
import { foldVolatile } from './foldVolatile';

export interface LogComparison {
  /** Of the logs as they were read in the terminal; lines that differ in timings alone are in none. */
  readonly hunks: readonly SourceHunk[];
  readonly linesLeftOut: number;
  /** Lines that are the same but for timings, addresses and the like. */
  readonly volatileLines: number;
  readonly sameLines: number;
  /** Only so many lines of each were looked at, as one has more. */
  readonly cutAtLine?: number;
}

const maxLines = 20_000;
const maxLineChars = 2_000;
/** About a second of work. */
const logUnits = 20_000_000;

/** The output of two runs line by line, whatever differs in each run anyway left aside. */
export function compareLogs(oldRaw: string, newRaw: string): LogComparison {
  const [oldAll, newAll] = [linesOf(oldRaw), linesOf(newRaw)];
  const [oldLines, newLines] = [oldAll.slice(0, maxLines), newAll.slice(0, maxLines)];
  const folded = diffSource(
    oldLines.map(foldVolatile).join('\n'),
    newLines.map(foldVolatile).join('\n'),
    createWorkBudget(logUnits),
  );
  const hunks = folded.map(({ oldStart, newStart, ...lines }) => ({
    ...{ oldStart, newStart },
    oldLines: oldLines.slice(oldStart, oldStart + lines.oldLines.length),
    newLines: newLines.slice(newStart, newStart + lines.newLines.length),
  }));
  const { same, volatile } = countSame(oldLines, newLines, hunks);
  const isCut = oldAll.length > maxLines || newAll.length > maxLines;
  return {
    ...boundHunks(hunks),
    sameLines: same,
    volatileLines: volatile,
    ...(isCut ? { cutAtLine: maxLines } : {}),
  };
}

function linesOf(raw: string): readonly string[] {
  return decodeLog(raw)
    .split('\n')
    .map((line) => (line.length > maxLineChars ? `${line.slice(0, maxLineChars)}…` : line));
}

function countSame(
  oldLines: readonly string[],
  newLines: readonly string[],
  hunks: readonly SourceHunk[],
): { readonly same: number; readonly volatile: number } {
  let [oldAt, newAt, same, volatile] = [0, 0, 0, 0];
  const countUntil = (end: number) => {
    for (; oldAt < end; oldAt += 1, newAt += 1) {
      if (oldLines[oldAt] === newLines[newAt]) same += 1;
      else volatile += 1;
    }
  };
  for (const hunk of hunks) {
    countUntil(hunk.oldStart);
    oldAt = hunk.oldStart + hunk.oldLines.length;
    newAt = hunk.newStart + hunk.newLines.length;
  }
  countUntil(oldLines.length);
  return { same, volatile };
}
