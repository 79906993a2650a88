import { cellAsRan } from '../../core/compare/cellAsRan';
import { type CodeComparison, pairCodeFiles } from '../../core/compare/codeComparison';
import { compareLogs, type LogComparison } from '../../core/compare/compareLogs';
import type { Notebook } from '../../core/notebook/notebook';
import { parseNotebook } from '../../core/notebook/parseNotebook';
import { createWorkBudget, type WorkBudget } from '../../core/notebook/workBudget';
import type { BlobHash } from '../../core/run/run';
import { UserError } from '../../core/userError';
import { readBlobFile } from '../../store/contents/blobFiles';
import { nodeDisk } from '../../store/disk/disk';
import { readOnlyDisk } from '../../store/disk/readOnlyDisk';
import { storePaths } from '../../store/storePaths';
import type { CheckpointContents } from '../history/checkpointContents';
import {
  type ComparedSources,
  compareCellSources,
  compareModule,
  compareNotebookCells,
  comparePatches,
  compareScripts,
} from './compareSources';
import type { RunCode } from './runCode';

/** Holds what two runs were made of, and what they printed, against each other; in a worker. */
export interface RunDiffs {
  /** What cannot be read of it is said in its place. */
  compareCode(old: RunCode, fresh: RunCode): Promise<CodeComparison>;
  /** The raw logs, or as much of their beginning as is looked at. */
  compareLogs(old: Uint8Array, fresh: Uint8Array): LogComparison;
}

/** About a second of work for all parts together. */
const codeUnits = 20_000_000;
const maxTextBytes = 4 * 1024 * 1024;
const maxParts = 60;
/** As git does: what has a zero byte at its beginning is no text. */
const looksBinaryBytes = 8_000;

/** @param storeFolder the folder of the store. */
export function createRunDiffs(
  storeFolder: string,
  contents: Pick<CheckpointContents, 'read'>,
): RunDiffs {
  const place = { disk: readOnlyDisk(nodeDisk), paths: storePaths(storeFolder) };

  async function readText(hash: BlobHash): Promise<string> {
    const bytes = await readBlobFile(place, hash);
    if (bytes.length > maxTextBytes) throw new UserError('It is too large to be compared here.');
    if (bytes.subarray(0, looksBinaryBytes).includes(0)) {
      throw new UserError('It is no text: that it differs is known by its hash alone.');
    }
    return new TextDecoder().decode(bytes);
  }

  async function readNotebook({ checkpoint, cell }: KeptCell): Promise<Notebook> {
    const notebook = parseNotebook(new TextDecoder().decode(await contents.read(checkpoint)));
    return cellAsRan(notebook, cell);
  }

  async function compareMain(
    old: RunCode,
    fresh: RunCode,
    budget: WorkBudget,
  ): Promise<ComparedSources> {
    if (old.cell === undefined && fresh.cell === undefined) {
      return compareScripts(old, fresh, readText, budget);
    }
    const [one, other] = [keptCell(old), keptCell(fresh)];
    if (one === undefined || other === undefined) return compareCellSources(old, fresh, budget);
    try {
      const [before, after] = [await readNotebook(one), await readNotebook(other)];
      return compareNotebookCells(before, after, budget);
    } catch {
      // A checkpoint that retention took, or a file that is no notebook: the cells that ran are kept apart.
      return compareCellSources(old, fresh, budget);
    }
  }

  return {
    async compareCode(old, fresh) {
      const budget = createWorkBudget(codeUnits);
      const main = await compareMain(old, fresh, budget);
      const modules = pairCodeFiles(old.files, fresh.files);
      const moduleParts = [];
      for (const pair of modules.differing.slice(0, maxParts)) {
        moduleParts.push(await compareModule(pair, readText, budget));
      }
      const isScriptKept =
        old.codeState?.script !== undefined && fresh.codeState?.script !== undefined;
      const covered = new Set([
        ...modules.differing.map(({ path }) => path),
        ...modules.same,
        ...(isScriptKept ? [old.scriptPath, fresh.scriptPath] : []).flatMap((path) => path ?? []),
      ]);
      const patches = await comparePatches(
        ...([old.codeState, fresh.codeState, covered] as const),
        ...([readText, budget] as const),
      );
      const parts = [...main.parts, ...moduleParts, ...patches.parts];
      const unread = modules.differing.length - moduleParts.length;
      return {
        parts: parts.slice(0, maxParts),
        same: [...main.same, ...modules.same, ...patches.same],
        partsLeftOut: Math.max(0, parts.length - maxParts) + unread,
        ...(main.notebook === undefined ? {} : { notebook: main.notebook }),
      };
    },
    compareLogs: (old, fresh) => compareLogs(decode(old), decode(fresh)),
  };
}

type KeptCell = Required<Pick<RunCode, 'checkpoint' | 'cell'>>;

/** Undefined if it is no cell, or its notebook is not kept. */
function keptCell({ checkpoint, cell }: RunCode): KeptCell | undefined {
  return checkpoint === undefined || cell === undefined ? undefined : { checkpoint, cell };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
