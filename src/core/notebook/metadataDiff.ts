import { isMinorCellMetadata, isMinorHeaderMetadata } from './minorMetadata';
import type { Notebook, NotebookCell } from './notebook';
import { isObject, type Json, stableJson } from './notebookJson';

/** One value beside a cell's source and outputs that differs. */
export interface MetadataChange {
  /** Keys joined by dots, as in the file: `tags`, `jupyter.source_hidden`, `attachments.a.png`. */
  readonly path: string;
  /** JSON text with keys in order; undefined where the side has no such value. */
  readonly old?: string;
  readonly new?: string;
  /** Left behind by an editor, a kernel or a run, so not a change of the author's. */
  readonly isMinor: boolean;
}

/** Keys whose values are told one by one, since some of them matter and some do not. */
const cellGroups: ReadonlySet<string> = new Set(['jupyter', 'vscode']);
const headerGroups: ReadonlySet<string> = new Set(['kernelspec', 'language_info', 'papermill']);

/** What differs in two cells beside type, source and outputs; sorted by path within each part. */
export function diffCellMetadata(old: NotebookCell, fresh: NotebookCell): MetadataChange[] {
  return [
    ...changeOf('execution_count', old.executionCount, fresh.executionCount, true),
    ...changeOf('id', old.id, fresh.id, true),
    ...diffJson(old.metadata, fresh.metadata, cellGroups).map((change) => ({
      ...change,
      isMinor: isMinorCellMetadata(change.path) || isDefaultWritten(change),
    })),
    ...diffJson(old.attachments ?? {}, fresh.attachments ?? {}, noGroups).map((change) => ({
      ...change,
      path: `attachments.${change.path}`,
    })),
  ];
}

/** What differs in two notebooks beside their cells. */
export function diffHeaders(
  old: Omit<Notebook, 'cells'>,
  fresh: Omit<Notebook, 'cells'>,
): MetadataChange[] {
  const sameLanguage = old.language === fresh.language;
  return [
    ...changeOf('nbformat', old.nbformat, fresh.nbformat, false),
    ...changeOf('nbformat_minor', old.nbformatMinor, fresh.nbformatMinor, true),
    ...diffJson(old.metadata, fresh.metadata, headerGroups).map((change) => ({
      ...change,
      isMinor: isMinorHeaderMetadata(change.path, sameLanguage),
    })),
  ];
}

const noGroups: ReadonlySet<string> = new Set();

/** What Jupyter writes into every cell although it means the same as nothing. */
const defaults: ReadonlyMap<string, string> = new Map([
  ['deletable', 'true'],
  ['editable', 'true'],
  ['tags', '[]'],
  ['slideshow', '{"slide_type":""}'],
]);

function isDefaultWritten({ path, old, new: fresh }: MetadataChange): boolean {
  const written = old ?? fresh;
  return (old === undefined || fresh === undefined) && written === defaults.get(path);
}

function diffJson(old: Json, fresh: Json, groups: ReadonlySet<string>): MetadataChange[] {
  if (old === fresh) return [];
  const flatOld = flatten(old, groups);
  const flatNew = flatten(fresh, groups);
  return [...new Set([...flatOld.keys(), ...flatNew.keys()])]
    .sort()
    .flatMap((path) => changeOf(path, flatOld.get(path), flatNew.get(path), false));
}

function flatten(json: Json, groups: ReadonlySet<string>): ReadonlyMap<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [key, value] of Object.entries(json)) {
    if (groups.has(key) && isObject(value)) {
      for (const [inner, innerValue] of Object.entries(value)) {
        flat.set(`${key}.${inner}`, innerValue);
      }
    } else flat.set(key, value);
  }
  return flat;
}

function changeOf(path: string, old: unknown, fresh: unknown, isMinor: boolean): MetadataChange[] {
  if (old === fresh) return [];
  const oldText = old === undefined ? undefined : stableJson(old);
  const newText = fresh === undefined ? undefined : stableJson(fresh);
  if (oldText === newText) return [];
  return [
    {
      path,
      ...(oldText === undefined ? {} : { old: oldText }),
      ...(newText === undefined ? {} : { new: newText }),
      isMinor,
    },
  ];
}
