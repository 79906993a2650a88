import type { NotebookDiffSummary, SourceHunk } from '../notebook/diffNotebooks';
import type { BlobHash, RunFile } from '../run/run';

/** One script, module, cell or patch of two runs. */
export interface ComparedPart {
  readonly kind: 'script' | 'module' | 'cell' | 'patch';
  /** `train.py`, `models/net.py`, `Cell 3`. */
  readonly title: string;
  readonly change: 'changed' | 'added' | 'removed' | 'unknown';
  /** Empty where nothing can be shown. */
  readonly hunks: readonly SourceHunk[];
  /** Lines that differ and are not in the hunks, as there are too many. */
  readonly linesLeftOut: number;
  /** Why there is nothing to compare, if so. */
  readonly problem?: string;
}

export interface CodeComparison {
  /** What differs, or cannot be told. */
  readonly parts: readonly ComparedPart[];
  /** The titles of what is the same. */
  readonly same: readonly string[];
  /** Parts that differ and are not listed, as there are too many. */
  readonly partsLeftOut: number;
  /** Where both runs are of a notebook whose checkpoint is kept. */
  readonly notebook?: NotebookDiffSummary;
}

/** How many lines of a part differ: a line that became another counts once. */
export function changedLines({ hunks, linesLeftOut }: ComparedPart): number {
  return hunks.reduce(
    (sum, { oldLines, newLines }) => sum + Math.max(oldLines.length, newLines.length),
    linesLeftOut,
  );
}

/** More lines than these of one part nobody reads here. */
const maxPartLines = 2_000;
/** Generated code comes in lines of megabytes, which no page draws. */
const maxLineChars = 1_000;
/** So much of what is the same stands before what is not. */
const contextChars = 100;

/** The hunks that are worth sending, and how many lines the others have. */
export function boundHunks(
  hunks: readonly SourceHunk[],
): Pick<ComparedPart, 'hunks' | 'linesLeftOut'> {
  const kept: SourceHunk[] = [];
  let room = maxPartLines;
  let linesLeftOut = 0;
  for (const hunk of hunks) {
    const lines = Math.max(hunk.oldLines.length, hunk.newLines.length);
    if (lines <= room) kept.push(hunk);
    else {
      if (room > 0) {
        kept.push({
          ...hunk,
          oldLines: hunk.oldLines.slice(0, room),
          newLines: hunk.newLines.slice(0, room),
        });
      }
      linesLeftOut += lines - Math.max(0, room);
    }
    room = Math.max(0, room - lines);
  }
  return { hunks: kept.map(boundLines), linesLeftOut };
}

/** Of a long line the part that differs from its counterpart. */
function boundLines(hunk: SourceHunk): SourceHunk {
  const { oldLines, newLines } = hunk;
  const isShort = (line: string) => line.length <= maxLineChars;
  if (oldLines.every(isShort) && newLines.every(isShort)) return hunk;
  const bound = (line: string, at: number) => {
    if (isShort(line)) return line;
    const same = commonStart(oldLines[at] ?? '', newLines[at] ?? '');
    const from = same > maxLineChars / 2 ? same - contextChars : 0;
    const shown = line.slice(from, from + maxLineChars);
    const after = line.length - from - shown.length;
    return `${leftOut(from)}${shown}${leftOut(after)}`;
  };
  return { ...hunk, oldLines: oldLines.map(bound), newLines: newLines.map(bound) };
}

function leftOut(count: number): string {
  return count <= 0 ? '' : ` … ${count.toLocaleString('en')} characters not shown … `;
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** A file of code that both runs have, or one of them. */
export interface CodePair {
  readonly path: string;
  readonly old?: RunFile;
  readonly new?: RunFile;
}

/** The modules of two runs by their paths; `same` are those of the same content. */
export function pairCodeFiles(
  oldFiles: readonly RunFile[],
  newFiles: readonly RunFile[],
): { readonly differing: readonly CodePair[]; readonly same: readonly string[] } {
  const differing: CodePair[] = [];
  const same: string[] = [];
  const fresh = new Map(newFiles.map((file) => [file.path, file]));
  for (const old of oldFiles) {
    const other = fresh.get(old.path);
    fresh.delete(old.path);
    if (other?.hash !== undefined && other.hash === old.hash) same.push(old.path);
    else differing.push({ path: old.path, old, ...(other ? { new: other } : {}) });
  }
  for (const [path, file] of fresh) differing.push({ path, new: file });
  return { differing, same };
}

/** The hash that the content of a file can be read by. */
export function keptHash(file: RunFile | undefined): BlobHash | undefined {
  return file?.isKept ? file.hash : undefined;
}

/** The parts of a diff of git, by the path of their file. */
export function splitPatch(patch: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of patch.split(/^(?=diff --git )/m)) {
    const path = /^\+\+\+ b\/(.*)$/m.exec(part)?.[1] ?? /^diff --git a\/(.*) b\//.exec(part)?.[1];
    if (path !== undefined) parts.set(path, part);
  }
  return parts;
}
