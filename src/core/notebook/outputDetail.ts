import type { OutputDiff, SourceHunk } from './diffNotebooks';
import { diffSource } from './diffSource';
import { toStableMedium } from './normalizeOutput';
import type { NotebookOutput } from './notebook';
import { stableJson } from './notebookJson';
import { type NumberChange, numberChanges } from './numberChanges';
import { shownText } from './shownText';
import { diffTables, type TableDiff } from './tableDiff';
import type { WorkBudget } from './workBudget';

/** Two texts as a reader sees them (ANSI escapes and overwritten text gone), and what differs. */
export interface TextComparison {
  readonly oldText: string;
  readonly newText: string;
  /** Of the two texts, split at `\n`. */
  readonly hunks: readonly SourceHunk[];
}

/**
 * How one medium of an output that differs is best shown. `media` is the media type; that of a stream
 * is `stream`, that of an error `error`, that of an output's metadata `metadata`.
 */
export type OutputDetail =
  | ({ readonly kind: 'text'; readonly media: string } & TextComparison)
  /** Text that differs in nothing but numbers. */
  | ({
      readonly kind: 'numbers';
      readonly media: string;
      readonly numbers: readonly NumberChange[];
    } & TextComparison)
  /** The first dataframe of an HTML output. */
  | { readonly kind: 'table'; readonly media: string; readonly table: TableDiff }
  /** Base64 as the file has it. Whether pixels differ is for the page to find out. */
  | {
      readonly kind: 'image';
      readonly media: string;
      readonly oldData: string;
      readonly newData: string;
    }
  | {
      readonly kind: 'error';
      readonly media: 'error';
      readonly ename: ValueChange;
      readonly evalue: ValueChange;
      readonly traceback: TextComparison;
    }
  /** Media that only one side has; what they hold is in the outputs themselves. */
  | {
      readonly kind: 'media';
      readonly added: readonly string[];
      readonly removed: readonly string[];
    };

export interface ValueChange {
  readonly old: string;
  readonly new: string;
  readonly changed: boolean;
}

/** Richest first. What is in neither list, such as a widget, is shown only if nothing else differs. */
const shownMedia = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'text/html',
  'image/svg+xml',
  'text/markdown',
  'text/latex',
  'application/json',
  'text/plain',
];
const pixelMedia: ReadonlySet<string> = new Set(shownMedia.slice(0, 5));

/**
 * What differs between the two sides of an output, richest medium first; empty where an output has
 * one side or both are equal byte by byte. Also of an output that differs only in what is volatile.
 */
export function describeOutputChange(
  { old, new: fresh }: OutputDiff,
  budget: WorkBudget,
): OutputDetail[] {
  if (old === undefined || fresh === undefined) return [];
  if (old.kind === 'error' || fresh.kind === 'error') return describeErrors(old, fresh, budget);
  if (old.kind === 'stream' || fresh.kind === 'stream') {
    return describeText('stream', old.text ?? '', fresh.text ?? '', budget);
  }
  const details = sharedMedia(old, fresh).flatMap((media) =>
    describeMedium(media, old.data[media] ?? '', fresh.data[media] ?? '', budget),
  );
  const missing = (from: NotebookOutput, other: NotebookOutput) =>
    Object.keys(from.data).filter((media) => !Object.hasOwn(other.data, media));
  const [added, removed] = [missing(fresh, old), missing(old, fresh)];
  if (added.length + removed.length > 0) return [...details, { kind: 'media', added, removed }];
  return details.length > 0 ? details : describeMetadata(old, fresh, budget);
}

/** Told where nothing else differs. */
function describeMetadata(
  old: NotebookOutput,
  fresh: NotebookOutput,
  budget: WorkBudget,
): OutputDetail[] {
  return describeText(
    'metadata',
    stableJson(old.metadata ?? {}),
    stableJson(fresh.metadata ?? {}),
    budget,
  );
}

/**
 * The media that both sides have and that differ; without those that differ only in what is volatile,
 * and without those that no page can show, where others differ.
 */
function sharedMedia(old: NotebookOutput, fresh: NotebookOutput): readonly string[] {
  const raw = Object.keys(old.data).filter(
    (media) => Object.hasOwn(fresh.data, media) && old.data[media] !== fresh.data[media],
  );
  const stable = raw.filter(
    (media) =>
      toStableMedium(old.data[media] ?? '', media) !==
      toStableMedium(fresh.data[media] ?? '', media),
  );
  const differing = stable.length > 0 ? stable : raw;
  const shown = shownMedia.filter((media) => differing.includes(media));
  return shown.length > 0 ? shown : differing;
}

function describeMedium(
  media: string,
  old: string,
  fresh: string,
  budget: WorkBudget,
): OutputDetail[] {
  if (pixelMedia.has(media)) return [{ kind: 'image', media, oldData: old, newData: fresh }];
  const table = media === 'text/html' ? diffTables(old, fresh, budget) : undefined;
  if (table !== undefined) return [{ kind: 'table', media, table }];
  return describeText(media, old, fresh, budget);
}

function describeText(
  media: string,
  old: string,
  fresh: string,
  budget: WorkBudget,
): OutputDetail[] {
  if (old === fresh) return [];
  const text = compareTexts(old, fresh, budget);
  const numbers = numberChanges(text.oldText, text.newText);
  return numbers === undefined
    ? [{ kind: 'text', media, ...text }]
    : [{ kind: 'numbers', media, numbers, ...text }];
}

function compareTexts(old: string, fresh: string, budget: WorkBudget): TextComparison {
  let [oldText, newText] = [shownText(old), shownText(fresh)];
  // What differs must be seen, be it an escape or a frame of a progress bar.
  if (oldText === newText && old !== fresh) [oldText, newText] = [old, fresh];
  return { oldText, newText, hunks: diffSource(oldText, newText, budget) };
}

function describeErrors(
  old: NotebookOutput,
  fresh: NotebookOutput,
  budget: WorkBudget,
): OutputDetail[] {
  const ename = valueChange(old.ename, fresh.ename);
  const evalue = valueChange(old.evalue, fresh.evalue);
  if (!ename.changed && !evalue.changed && old.traceback === fresh.traceback) return [];
  const traceback = compareTexts(old.traceback ?? '', fresh.traceback ?? '', budget);
  return [{ kind: 'error', media: 'error', ename, evalue, traceback }];
}

function valueChange(old = '', fresh = ''): ValueChange {
  return { old, new: fresh, changed: old !== fresh };
}
