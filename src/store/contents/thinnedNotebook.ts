import type { VersionSpans } from '../../core/checkpoint/chain';
import type { StoredSpan } from '../../core/checkpoint/manifest';
import { joinSkeleton, type Skeleton } from '../../core/checkpoint/skeleton';
import { formatBytes } from '../../core/format/formatBytes';
import { isObject, type Json } from '../../core/notebook/notebookJson';

/**
 * The notebook of a version that retention dropped outputs of: where one was, a text says what it was. A
 * file that is no JSON gets the text as a string in the place of what was dropped.
 *
 * @param spanOf what is still there.
 */
export function writeThinnedNotebook(
  skeleton: Skeleton,
  { table, dropped }: Pick<VersionSpans, 'table' | 'dropped'>,
  spanOf: (ordinal: number) => Uint8Array,
  { droppedAtMs }: { readonly droppedAtMs: number },
): Uint8Array {
  const notes = new Set<string>();
  const bytes = joinSkeleton(skeleton, (ordinal) => {
    const span = table[ordinal];
    if (span === undefined || !dropped.has(ordinal)) return spanOf(ordinal);
    const note = describeDropped(span, droppedAtMs);
    notes.add(note);
    return new TextEncoder().encode(JSON.stringify(note));
  });
  const root = parseJson(bytes);
  if (root === undefined) return bytes;
  for (const output of listOutputs(root)) replaceDropped(output, notes);
  return new TextEncoder().encode(`${JSON.stringify(root, null, 1)}\n`);
}

/** `[Dropped on 2026-11-27 to save space: image/png, 62 KB, SHA-256 ab12…]` */
export function describeDropped({ media, sizeBytes, hash }: StoredSpan, atMs: number): string {
  const day = new Date(atMs).toISOString().slice(0, 10);
  return `[Dropped on ${day} to save space: ${media ?? 'output'}, ${formatBytes(sizeBytes)}, SHA-256 ${hash}]`;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function* listOutputs(root: unknown): Generator<Record<string, unknown>> {
  for (const cell of listCells(root)) {
    const outputs = isObject(cell) ? cell.outputs : undefined;
    if (!Array.isArray(outputs)) continue;
    for (const output of outputs) {
      // SAFETY: it was parsed here, and belongs to nobody else.
      if (isObject(output)) yield output as Record<string, unknown>;
    }
  }
}

function listCells(root: unknown): readonly unknown[] {
  if (!isObject(root)) return [];
  if (Array.isArray(root.cells)) return root.cells;
  const sheets = Array.isArray(root.worksheets) ? root.worksheets : [];
  return sheets.flatMap((sheet: unknown) =>
    isObject(sheet) && Array.isArray(sheet.cells) ? sheet.cells : [],
  );
}

/** A note in the place of an image would be a broken image: it becomes plain text. */
function replaceDropped(output: Record<string, unknown>, notes: ReadonlySet<string>): void {
  const isBundle = isObject(output.data);
  // SAFETY: as above.
  const bundle = isBundle ? (output.data as Json as Record<string, unknown>) : output;
  const found: string[] = [];
  for (const [type, value] of Object.entries(bundle)) {
    if (typeof value !== 'string' || !notes.has(value)) continue;
    found.push(value);
    if (isBundle || !textFields.has(type)) delete bundle[type];
  }
  if (found.length === 0) return;
  const key = isBundle ? 'text/plain' : 'text';
  if (!isBundle && typeof bundle.text === 'string' && notes.has(bundle.text)) return;
  bundle[key] = [plainText(bundle[key]), ...found].filter((text) => text !== '').join('\n');
}

/** Of a stream or an error, where a note stands well as it is. */
const textFields: ReadonlySet<string> = new Set(['text', 'traceback', 'evalue']);

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string').join('') : '';
}
