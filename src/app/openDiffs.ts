import { readFile } from 'node:fs/promises';
import { diffNotebooks, type NotebookDiff } from '../core/notebook/diffNotebooks';
import { diffSource } from '../core/notebook/diffSource';
import type { Notebook } from '../core/notebook/notebook';
import { parseNotebook } from '../core/notebook/parseNotebook';
import { parsePercentScript, percentNotebook } from '../core/notebook/percentScript';
import {
  type EditChoice,
  type NotebookEditStep,
  planNotebookEdits,
} from '../core/notebook/planNotebookEdits';
import { type CellDetail, cutMetadata, describeCell } from '../core/notebook/view/cellDetail';
import { toDiffRows } from '../core/notebook/view/diffRows';
import { type FindQuery, type FindResult, findInDiff } from '../core/notebook/view/findInDiff';
import type { OpenedDiff } from '../core/notebook/view/openedDiff';
import { cutText } from '../core/notebook/view/shownMedium';
import { createWorkBudget } from '../core/notebook/workBudget';
import { errorMessage, UserError } from '../core/userError';
import type { CheckpointContents, StoredContent } from './history/checkpointContents';

/** One version of a notebook, named for messages. */
export interface NamedContent {
  readonly title: string;
  /** The bytes of the file, where it lies (absolute), a checkpoint, or what an editor holds. */
  readonly content:
    | Uint8Array
    | { readonly path: string }
    | { readonly checkpoint: StoredContent }
    | { readonly notebook: Notebook };
  /** Of a script whose cells begin with `# %%`; else it is an `.ipynb` file. */
  readonly format?: 'percent';
}

/** The diffs that pages show. Only the last few are kept: what names another gives undefined. */
export interface OpenDiffs {
  /** Rejects only if a side cannot be read. */
  openDiff(old: NamedContent, fresh: NamedContent): Promise<OpenedDiff>;
  readCells(diffId: number, rows: readonly number[]): readonly CellDetail[] | undefined;
  /** One medium of an output, as the file has it. */
  readMedium(
    diffId: number,
    place: {
      readonly row: number;
      readonly output: number;
      readonly side: 'old' | 'new';
      readonly media: string;
    },
  ): string | undefined;
  findInDiff(diffId: number, query: FindQuery): FindResult | undefined;
  planEdits(
    diffId: number,
    own: 'old' | 'new',
    choice: EditChoice,
  ): readonly NotebookEditStep[] | undefined;
}

/** As many pages as one looks at by turns. */
const maxKept = 4;
/** About a second of work for the cells that are asked for at once. */
const detailUnits = 20_000_000;

interface Kept {
  readonly diff: NotebookDiff;
  readonly old: Notebook;
  readonly new: Notebook;
}

/** @param contents reads checkpoints. */
export function createOpenDiffs(contents: Pick<CheckpointContents, 'read'>): OpenDiffs {
  const kept = new Map<number, Kept>();
  let lastId = 0;

  function find(diffId: number): Kept | undefined {
    const found = kept.get(diffId);
    // The one that is looked at stays longest.
    if (found !== undefined) {
      kept.delete(diffId);
      kept.set(diffId, found);
    }
    return found;
  }

  return {
    async openDiff(old, fresh) {
      lastId += 1;
      const diffId = lastId;
      const sides = await Promise.all([readSide(old, contents), readSide(fresh, contents)]);
      const [oldSide, newSide] = sides;
      if (oldSide.notebook === undefined || newSide.notebook === undefined) {
        return openTexts(diffId, sides);
      }
      const diff = diffNotebooks(oldSide.notebook, newSide.notebook);
      kept.set(diffId, { diff, old: oldSide.notebook, new: newSide.notebook });
      for (const id of kept.keys()) if (kept.size > maxKept) kept.delete(id);
      return {
        kind: 'cells',
        diffId,
        rows: JSON.stringify(toDiffRows(diff.cells)),
        summary: diff.summary,
        headerChanges: diff.headerChanges.map(cutMetadata),
        coarse: diff.coarse,
        language: diff.header.language,
      };
    },
    readCells(diffId, rows) {
      const budget = createWorkBudget(detailUnits);
      const cells = find(diffId)?.diff.cells;
      return (
        cells &&
        rows.flatMap((row) => {
          const cell = cells[row];
          return cell === undefined ? [] : [describeCell(cell, budget)];
        })
      );
    },
    readMedium(diffId, { row, output, side, media }) {
      const data = find(diffId)?.diff.cells[row]?.outputs[output]?.[side]?.data;
      return data !== undefined && Object.hasOwn(data, media) ? data[media] : undefined;
    },
    findInDiff(diffId, query) {
      const cells = find(diffId)?.diff.cells;
      return cells && findInDiff(cells, query);
    },
    planEdits(diffId, own, choice) {
      const found = find(diffId);
      return found && planNotebookEdits({ ...found, cells: found.diff.cells }, own, choice);
    },
  };
}

type ReadSide =
  | { readonly title: string; readonly notebook: Notebook }
  | {
      readonly title: string;
      readonly notebook?: undefined;
      readonly text: string;
      readonly problem: string;
    };

async function readSide(
  { title, content, format }: NamedContent,
  contents: Pick<CheckpointContents, 'read'>,
): Promise<ReadSide & { readonly bytes?: Uint8Array }> {
  if ('notebook' in content) return { title, notebook: content.notebook };
  const bytes = await readBytes(content, contents);
  let text: string | undefined;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const isScript = format === 'percent';
    const notebook = isScript ? percentNotebook(parsePercentScript(text)) : parseNotebook(text);
    return { title, notebook, bytes };
  } catch (error) {
    text ??= new TextDecoder().decode(bytes);
    return { title, text, problem: errorMessage(error), bytes };
  }
}

async function readBytes(
  content: Exclude<NamedContent['content'], { readonly notebook: Notebook }>,
  contents: Pick<CheckpointContents, 'read'>,
): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content;
  if ('checkpoint' in content) return contents.read(content.checkpoint);
  try {
    return await readFile(content.path);
  } catch {
    throw new UserError(`${content.path} cannot be read. Choose another version to compare.`);
  }
}

/** Both files as they are, where one of them is no notebook. */
function openTexts(
  diffId: number,
  sides: readonly (ReadSide & { readonly bytes?: Uint8Array })[],
): OpenedDiff {
  const reason = sides
    .flatMap((side) =>
      side.notebook === undefined
        ? [`${side.title} cannot be shown as a notebook: ${side.problem}`]
        : [],
    )
    .join(' ');
  const [old, fresh] = sides.map((side) => cutText(textOf(side)));
  const [oldSource, newSource] = [old?.text ?? '', fresh?.text ?? ''];
  const cut = fresh?.cut ?? old?.cut;
  return {
    kind: 'texts',
    diffId,
    reason,
    detail: {
      oldSource,
      newSource,
      hunks: diffSource(oldSource, newSource, createWorkBudget(detailUnits)),
      ...(cut === undefined ? {} : { sourceCut: cut }),
      metadata: [],
      outputs: [],
    },
  };
}

function textOf(side: ReadSide & { readonly bytes?: Uint8Array }): string {
  if (side.notebook === undefined) return side.text;
  return side.bytes === undefined
    ? side.notebook.cells.map(({ source }) => source).join('\n\n')
    : new TextDecoder().decode(side.bytes);
}
