import { lstatSync } from 'node:fs';
import { fileType } from '../../core/files/fileType';
import type { RunFile } from '../../core/run/run';

/** A file of a run as the worker sees it: its path is absolute. */
export type SeenFile = Omit<RunFile, 'isKept'>;

/** A run with more writes one file a prediction; the models among them are kept. */
const maxFiles = 1_000;
/** A file that is still being written is looked at again once it rests. */
const restMs = 3_000;
/** One that is written again and again is told of no more often. */
const tellEveryMs = 30_000;

interface Written {
  sizeBytes: number;
  modifiedAtMs: number;
  /** Of the state that was told last. */
  toldAs: string;
  toldAtMs: number;
}

/** The files that one run wrote, each once, as they are now. */
export class WrittenFiles {
  private readonly files = new Map<string, Written>();
  private leftOut = 0;

  add(path: string, sizeBytes: number, modifiedAtMs: number): void {
    const before = this.files.get(path);
    if (before !== undefined) {
      before.sizeBytes = sizeBytes;
      before.modifiedAtMs = modifiedAtMs;
      return;
    }
    if (this.files.size >= maxFiles && !this.makeRoom(path)) return;
    this.files.set(path, { sizeBytes, modifiedAtMs, toldAs: '', toldAtMs: 0 });
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  /** What changed since it was told last, and rests. */
  takeRested(nowMs: number): readonly SeenFile[] {
    return [...this.files].flatMap(([path, file]) => {
      const state = `${file.sizeBytes}:${file.modifiedAtMs}`;
      if (state === file.toldAs || nowMs - file.modifiedAtMs < restMs) return [];
      if (nowMs - file.toldAtMs < tellEveryMs) return [];
      file.toldAs = state;
      file.toldAtMs = nowMs;
      return [toSeenFile(path, file)];
    });
  }

  /** All that are still there, as they are now. */
  takeAll(): readonly SeenFile[] {
    return [...this.files.keys()].flatMap((path) => {
      try {
        const stats = lstatSync(path);
        const file = { sizeBytes: stats.size, modifiedAtMs: stats.mtimeMs };
        return stats.isFile() ? [toSeenFile(path, file)] : [];
      } catch {
        // A checkpoint that newer ones took the place of.
        return [];
      }
    });
  }

  /** How many found no room. */
  get leftOutCount(): number {
    return this.leftOut;
  }

  /** A model takes the place of what is none. */
  private makeRoom(path: string): boolean {
    this.leftOut += 1;
    if (fileType(path) !== 'model') return false;
    const other = [...this.files.keys()].findLast((each) => fileType(each) !== 'model');
    return other !== undefined && this.files.delete(other);
  }
}

function toSeenFile(
  path: string,
  { sizeBytes, modifiedAtMs }: Pick<Written, 'sizeBytes' | 'modifiedAtMs'>,
): SeenFile {
  return { role: 'output', path, type: fileType(path), sizeBytes, modifiedAtMs };
}
