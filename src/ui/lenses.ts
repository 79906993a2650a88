import {
  CodeLens,
  type CodeLensProvider,
  Disposable,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import type { RecordCache } from '../app/recordCache';
import { detectTraining } from '../core/notebook/trainingCell';
import { findTrainingPlaces } from '../core/python/trainingPlaces';
import { topRuns, withPartsMean } from '../core/run/parts';
import type { Run, RunSource } from '../core/run/run';
import { cellId, notebookType } from '../platform/notebookDocument';
import { onSettingsChange, readSettings } from '../platform/settings';
import { toWorkspacePath } from '../platform/workspacePath';
import { type LensPart, lensCommand } from './lensText';
import { createThrottle } from './throttle';

/** A lens that knows which runs it speaks of; its text is made when VS Code shows it. */
class ResultLens extends CodeLens {
  constructor(
    line: number,
    readonly part: LensPart,
    readonly findRuns: () => readonly Run[],
    readonly file?: Uri,
  ) {
    super(new Range(line, 0, line, 0));
  }
}

/** The last result above training cells and training code, with what can be done with it. */
export function registerLenses(cache: RecordCache): Disposable {
  const changed = new EventEmitter<void>();
  const refresh = createThrottle(() => changed.fire(), 500);
  const stop = cache.onDidChange(({ runs }) => {
    if (runs) refresh.request();
  });
  const provider = (
    lensesOf: (document: TextDocument) => readonly ResultLens[],
  ): CodeLensProvider<ResultLens> => ({
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => (readSettings().codeLens ? [...lensesOf(document)] : []),
    resolveCodeLens: (lens) => {
      lens.command = lensCommand(lens.part, lens.findRuns(), lens.file);
      return lens;
    },
  });
  return Disposable.from(
    changed,
    refresh,
    { dispose: stop },
    onSettingsChange(refresh.request),
    languages.registerCodeLensProvider(
      { notebookType, language: 'python' },
      provider((document) => cellLenses(document, cache)),
    ),
    languages.registerCodeLensProvider(
      { language: 'python', scheme: 'file' },
      provider((document) => scriptLenses(document, cache)),
    ),
  );
}

function cellLenses(document: TextDocument, cache: RecordCache): readonly ResultLens[] {
  if (!detectTraining(document.getText()).isTraining) return [];
  const notebook = workspace.notebookDocuments.find((each) =>
    each.getCells().some((cell) => cell.document === document),
  );
  const cell = notebook?.getCells().find((each) => each.document === document);
  if (notebook?.uri.scheme !== 'file' || !cell) return [];
  const path = toWorkspacePath(notebook.uri);
  const id = cellId(cell);
  return lensesAt(0, () =>
    runsOf(
      cache,
      (source) =>
        source.kind === 'notebook' &&
        source.notebook === path &&
        (id !== undefined && source.cellId !== undefined
          ? source.cellId === id
          : source.cellSource === document.getText()),
    ),
  );
}

function scriptLenses(document: TextDocument, cache: RecordCache): readonly ResultLens[] {
  const { uri } = document;
  const path = toWorkspacePath(uri);
  const findRuns = () =>
    runsOf(cache, (source) => source.kind !== 'notebook' && source.script === path);
  return findTrainingPlaces(document.getText()).flatMap(({ line }) => {
    const lenses = lensesAt(line, findRuns);
    return lenses.length > 1 ? lenses : [...lenses, new ResultLens(line, 'run', findRuns, uri)];
  });
}

/** The runs of a source, newest first; of a run of several trainings the mean is shown. */
function runsOf(cache: RecordCache, isOf: (source: RunSource) => boolean): readonly Run[] {
  return topRuns(cache.runs().filter(({ source }) => isOf(source))).map((run) =>
    withPartsMean(run, cache.partsOf(run.id)),
  );
}

/** What ran is told of, and what can be done with it. */
function lensesAt(line: number, findRuns: () => readonly Run[]): readonly ResultLens[] {
  const parts: readonly LensPart[] = ['result', 'changes', 'actions'];
  const { length } = findRuns();
  const shown = parts.slice(0, length === 0 ? 1 : parts.length);
  return shown
    .filter((part) => part !== 'changes' || length > 1)
    .map((part) => new ResultLens(line, part, findRuns));
}
