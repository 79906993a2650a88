import type { CellDiff, OutputDiff, SourceHunk } from '../diffNotebooks';
import { diffSource } from '../diffSource';
import type { MetadataChange } from '../metadataDiff';
import type { NotebookCell, NotebookOutput } from '../notebook';
import { describeOutputChange, type OutputDetail } from '../outputDetail';
import type { WorkBudget } from '../workBudget';
import { cutTableDiff, type ShownTable } from './cutTable';
import {
  type Cut,
  cutOutput,
  cutText,
  type ShownMedium,
  toShownMedia,
  toShownMedium,
} from './shownMedium';

/** All that a page draws of one row of the diff, but for what its pictures hold. */
export interface CellDetail {
  readonly oldSource?: string;
  readonly newSource?: string;
  /** Of the two sources. */
  readonly hunks: readonly SourceHunk[];
  /** Of the longer source, where it is not shown to its end. */
  readonly sourceCut?: Cut;
  /** Of code cells that name a language other than the notebook's. */
  readonly language?: string;
  readonly metadata: readonly MetadataChange[];
  readonly outputs: readonly ShownOutput[];
}

export interface ShownOutput {
  readonly change: OutputDiff['kind'];
  readonly kind: NotebookOutput['kind'];
  /** Of a stream. */
  readonly name?: string;
  readonly onlyVolatile: boolean;
  /** What differs, the best to look at first. Empty where there is one side, or no difference. */
  readonly details: readonly ShownDetail[];
  /** What the old side alone holds: all of a removed output, or media that the new one lacks. */
  readonly old: readonly ShownMedium[];
  /** What the new side alone holds, and all of an output that is the same. */
  readonly new: readonly ShownMedium[];
  /** It differs, but only beyond what is shown of a text that is too long. */
  readonly differsBeyond?: true;
}

export type ShownDetail =
  | Exclude<OutputDetail, { readonly kind: 'image' | 'media' | 'table' }>
  | { readonly kind: 'table'; readonly media: string; readonly table: ShownTable }
  | {
      readonly kind: 'image';
      readonly media: string;
      readonly oldSize: number;
      readonly newSize: number;
    };

const maxMetadataChars = 20_000;

export function describeCell(cell: CellDiff, budget: WorkBudget): CellDetail {
  const { old, new: fresh } = cell;
  const oldCut = old && cutText(old.source);
  const newCut = fresh && cutText(fresh.source);
  const cuts = [oldCut?.cut, newCut?.cut].filter((cut) => cut !== undefined);
  const sourceCut = cuts.toSorted((a, b) => b.allChars - a.allChars)[0];
  const hunks =
    sourceCut && oldCut && newCut ? diffSource(oldCut.text, newCut.text, budget) : cell.hunks;
  const language = languageOf(fresh ?? old);
  return {
    ...(oldCut === undefined ? {} : { oldSource: oldCut.text }),
    ...(newCut === undefined ? {} : { newSource: newCut.text }),
    hunks,
    ...(sourceCut === undefined ? {} : { sourceCut }),
    ...(language === undefined ? {} : { language }),
    metadata: cell.metadata.map(cutMetadata),
    outputs: cell.outputs.map((output) => toShownOutput(output, budget)),
  };
}

function languageOf(cell: NotebookCell | undefined): string | undefined {
  const vscode = cell?.metadata.vscode;
  if (typeof vscode !== 'object' || vscode === null || !('languageId' in vscode)) return undefined;
  return typeof vscode.languageId === 'string' ? vscode.languageId : undefined;
}

export function cutMetadata(change: MetadataChange): MetadataChange {
  const cut = (text: string) => cutText(text, maxMetadataChars).text;
  return {
    ...change,
    ...(change.old === undefined ? {} : { old: cut(change.old) }),
    ...(change.new === undefined ? {} : { new: cut(change.new) }),
  };
}

function toShownOutput(diff: OutputDiff, budget: WorkBudget): ShownOutput {
  const { kind: change, old, new: fresh, onlyVolatile } = diff;
  const output = fresh ?? old;
  const head = {
    change,
    kind: output?.kind ?? 'display',
    ...(output?.name === undefined ? {} : { name: output.name }),
    onlyVolatile,
  };
  if (old === undefined || fresh === undefined) {
    return {
      ...head,
      details: [],
      old: old === undefined ? [] : toShownMedia(old),
      new: fresh === undefined ? [] : toShownMedia(fresh),
    };
  }
  if (change === 'same' && !onlyVolatile) {
    return { ...head, details: [], old: [], new: toShownMedia(fresh) };
  }
  const found = describeOutputChange(
    { ...diff, old: cutOutput(old), new: cutOutput(fresh) },
    budget,
  );
  const details = found.flatMap((detail) => toShownDetail(detail, budget));
  const oneSided = found.find((detail) => detail.kind === 'media');
  return {
    ...head,
    details,
    old: (oneSided?.removed ?? []).map((media) => toShownMedium(media, old.data[media] ?? '')),
    // What is the same but for addresses and times is read as one.
    new: onlyVolatile
      ? toShownMedia(fresh)
      : (oneSided?.added ?? []).map((media) => toShownMedium(media, fresh.data[media] ?? '')),
    ...(found.length === 0 ? { differsBeyond: true } : {}),
  };
}

function toShownDetail(detail: OutputDetail, budget: WorkBudget): ShownDetail[] {
  switch (detail.kind) {
    case 'media':
      return [];
    case 'table':
      return [{ ...detail, table: cutTableDiff(detail.table) }];
    case 'image': {
      const { kind, media, oldData, newData } = detail;
      return [{ kind, media, oldSize: oldData.length, newSize: newData.length }];
    }
    case 'text':
    case 'numbers': {
      // HTML is read to its end for its table, and is long as a text.
      const [oldText, newText] = [cutText(detail.oldText).text, cutText(detail.newText).text];
      if (oldText === detail.oldText && newText === detail.newText) return [detail];
      return [{ ...detail, oldText, newText, hunks: diffSource(oldText, newText, budget) }];
    }
    default:
      return [detail];
  }
}
