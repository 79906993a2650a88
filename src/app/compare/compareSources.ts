import {
  boundHunks,
  type CodePair,
  type ComparedPart,
  keptHash,
  splitPatch,
} from '../../core/compare/codeComparison';
import {
  diffNotebooks,
  type NotebookDiffSummary,
  type SourceHunk,
} from '../../core/notebook/diffNotebooks';
import { diffSource } from '../../core/notebook/diffSource';
import type { Notebook } from '../../core/notebook/notebook';
import type { WorkBudget } from '../../core/notebook/workBudget';
import type { BlobHash, CodeState } from '../../core/run/run';
import { errorMessage } from '../../core/userError';
import type { RunCode } from './runCode';

/** What differs of one kind of code, and what is the same. */
export interface ComparedSources {
  readonly parts: readonly ComparedPart[];
  readonly same: readonly string[];
  readonly notebook?: NotebookDiffSummary;
}

/** Rejects if there is no such text, or it is too large. */
export type ReadText = (hash: BlobHash) => Promise<string>;

type Part = Pick<ComparedPart, 'kind' | 'title' | 'change'>;

const notKept = 'Its content was not kept for both runs.';

function unknownPart(kind: ComparedPart['kind'], title: string, problem: string): ComparedPart {
  return { kind, title, change: 'unknown', hunks: [], linesLeftOut: 0, problem };
}

function textPart(part: Part, old: string, fresh: string, budget: WorkBudget): ComparedPart {
  return { ...part, ...boundHunks(hunksOf(part, old, fresh, budget)) };
}

/** Of what one side has not, no line became another. */
function hunksOf(
  { change }: Part,
  old: string,
  fresh: string,
  budget: WorkBudget,
): readonly SourceHunk[] {
  if (change !== 'added' && change !== 'removed') return diffSource(old, fresh, budget);
  const [oldLines, newLines] = change === 'added' ? [[], linesOf(fresh)] : [linesOf(old), []];
  return [{ oldStart: 0, oldLines, newStart: 0, newLines }];
}

/** Without the empty one that a last line break leaves. */
function linesOf(text: string): readonly string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

async function blobPart(
  part: Part,
  [old, fresh]: readonly [BlobHash | undefined, BlobHash | undefined],
  read: ReadText,
  budget: WorkBudget,
): Promise<ComparedPart> {
  const textOf = (hash: BlobHash | undefined) => (hash === undefined ? '' : read(hash));
  try {
    return textPart(part, await textOf(old), await textOf(fresh), budget);
  } catch (error) {
    return { ...part, hunks: [], linesLeftOut: 0, problem: errorMessage(error) };
  }
}

function changeBetween(old: unknown, fresh: unknown): 'changed' | 'added' | 'removed' {
  return old === undefined ? 'added' : fresh === undefined ? 'removed' : 'changed';
}

export async function compareScripts(
  old: RunCode,
  fresh: RunCode,
  read: ReadText,
  budget: WorkBudget,
): Promise<ComparedSources> {
  const title = titleOf(old, fresh);
  const hashes = [old.codeState?.script, fresh.codeState?.script] as const;
  if (hashes[0] === undefined || hashes[1] === undefined) {
    return { parts: [unknownPart('script', title, notKept)], same: [] };
  }
  if (hashes[0] === hashes[1]) return { parts: [], same: [title] };
  const part = await blobPart({ kind: 'script', title, change: 'changed' }, hashes, read, budget);
  return { parts: [part], same: [] };
}

/** The cells alone that ran, where their notebooks are not kept. */
export function compareCellSources(
  old: RunCode,
  fresh: RunCode,
  budget: WorkBudget,
): ComparedSources {
  const title = titleOf(old, fresh);
  const [before, after] = [old.cell?.cellSource, fresh.cell?.cellSource];
  // One is a script: they have nothing in common.
  if (before === undefined || after === undefined) {
    const problem = 'One of these is a cell, the other a command.';
    return { parts: [unknownPart('cell', title, problem)], same: [] };
  }
  if (before === after) return { parts: [], same: [title] };
  return {
    parts: [textPart({ kind: 'cell', title, change: 'changed' }, before, after, budget)],
    same: [],
  };
}

export function compareNotebookCells(
  old: Notebook,
  fresh: Notebook,
  budget: WorkBudget,
): ComparedSources {
  const { cells, summary } = diffNotebooks(old, fresh);
  const parts = cells.flatMap((cell): readonly ComparedPart[] => {
    const title = `Cell ${(cell.newIndex ?? cell.oldIndex ?? 0) + 1}`;
    if (cell.kind === 'added' || cell.kind === 'removed') {
      const change = cell.kind;
      return [
        textPart(
          { kind: 'cell', title, change },
          cell.old?.source ?? '',
          cell.new?.source ?? '',
          budget,
        ),
      ];
    }
    return cell.sourceChanged
      ? [{ kind: 'cell', title, change: 'changed', ...boundHunks(cell.hunks) }]
      : [];
  });
  const same = parts.length === 0 ? ['the cells of the notebook'] : [];
  return { parts, same, notebook: summary };
}

export function compareModule(
  { path, old, new: fresh }: CodePair,
  read: ReadText,
  budget: WorkBudget,
): Promise<ComparedPart> | ComparedPart {
  const change = changeBetween(old, fresh);
  const isKept = [old, fresh].every((file) => file === undefined || keptHash(file) !== undefined);
  const part: Part = { kind: 'module', title: path, change };
  if (isKept) return blobPart(part, [keptHash(old), keptHash(fresh)], read, budget);
  const isTold = change !== 'changed' || (old?.hash !== undefined && fresh?.hash !== undefined);
  const unknown = unknownPart('module', path, notKept);
  // That it changed is known by its hashes, and not how.
  return isTold ? { ...unknown, change } : unknown;
}

/** @param covered paths of what was compared by its content. */
export async function comparePatches(
  old: CodeState | undefined,
  fresh: CodeState | undefined,
  covered: ReadonlySet<string>,
  read: ReadText,
  budget: WorkBudget,
): Promise<ComparedSources> {
  if (old?.diffLeftOut || fresh?.diffLeftOut) {
    const problem = 'The uncommitted changes of one run were too large to be kept.';
    return { parts: [unknownPart('patch', 'Uncommitted changes', problem)], same: [] };
  }
  const hashes = [old?.diff, fresh?.diff];
  if (hashes[0] === hashes[1]) {
    return { parts: [], same: hashes[0] === undefined ? [] : ['uncommitted changes'] };
  }
  try {
    const texts = await Promise.all(hashes.map((hash) => (hash === undefined ? '' : read(hash))));
    const [before, after] = [splitPatch(texts[0] ?? ''), splitPatch(texts[1] ?? '')];
    const parts = [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
      const [one, other] = [before.get(path), after.get(path)];
      if (one === other || covered.has(path)) return [];
      const title = `${path} (uncommitted changes)`;
      const part: Part = { kind: 'patch', title, change: changeBetween(one, other) };
      return [textPart(part, one ?? '', other ?? '', budget)];
    });
    return { parts, same: [] };
  } catch (error) {
    return { parts: [unknownPart('patch', 'Uncommitted changes', errorMessage(error))], same: [] };
  }
}

function titleOf(old: RunCode, fresh: RunCode): string {
  return old.title === fresh.title ? old.title : `${old.title} → ${fresh.title}`;
}
