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
  return { hunks: kept, linesLeftOut };
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
