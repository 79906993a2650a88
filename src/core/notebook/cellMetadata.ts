import type { NotebookCell } from './notebook';
import { isObject, type Json, stableJson } from './notebookJson';

/** What editors, kernels and runs leave behind: not the author's doing, so never a change. */
const minorKeys: ReadonlySet<string> = new Set([
  'ExecuteTime',
  'autoscroll',
  'cellView',
  'code_folding',
  'colab',
  'colab_type',
  'collapsed',
  'execution',
  'executionInfo',
  'heading_collapsed',
  'hidden',
  'id',
  'notebookRunGroups',
  'outputId',
  'pycharm',
  'scrolled',
  'trusted',
]);
const minorJupyterKeys: ReadonlySet<string> = new Set(['outputs_hidden', 'source_hidden']);

/**
 * The part of a cell's metadata and attachments whose change is the author's, as text to compare:
 * tags, slides, parameters, the cell's language.
 */
export function toMetadataText({ metadata, attachments }: NotebookCell): string {
  const kept = Object.entries(metadata).flatMap(([key, value]): [string, unknown][] => {
    if (minorKeys.has(key) || key.startsWith('jp-')) return [];
    if (key === 'jupyter') return keep(key, value, (inner) => !minorJupyterKeys.has(inner));
    if (key === 'vscode') return keep(key, value, (inner) => inner === 'languageId');
    return [[key, value]];
  });
  return stableJson([Object.fromEntries(kept), attachments ?? {}]);
}

function keep(
  key: string,
  value: unknown,
  isWanted: (innerKey: string) => boolean,
): [string, Json][] {
  const entries = isObject(value) ? Object.entries(value).filter(([inner]) => isWanted(inner)) : [];
  return entries.length === 0 ? [] : [[key, Object.fromEntries(entries)]];
}
