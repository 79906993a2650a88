import { commands, Disposable, type ExtensionContext, window } from 'vscode';
import { exceptViews } from '../app/recordCache';
import type { CheckpointKind } from '../core/checkpoint/checkpoint';
import type { SearchHit } from '../core/history/searchHistory';
import {
  collectCheckpointRuns,
  layOutTimeline,
  type TimelineEntry,
} from '../core/history/timelineLines';
import { collectVersionRuns } from '../core/history/versionRuns';
import { checkpointKindWords, describeCheckpoint } from '../core/present/describeCheckpoint';
import { describeDay } from '../core/present/describeDay';
import { describeLeftOut, describeThinned } from '../core/present/describeLeftOut';
import { describeResult } from '../core/present/describeResult';
import { baseName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { commandIds, pageIds } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { notebookType } from '../platform/notebookDocument';
import { type OpenPanel, type Panels, registerPanels } from '../platform/panels';
import { toWorkspacePath } from '../platform/workspacePath';
import type { CellHistoryState } from '../protocol/cellHistoryPage';
import type {
  TimelineHost,
  TimelineLine,
  TimelinePage,
  TimelineRequest,
  TimelineState,
} from '../protocol/timelinePage';
import { nameOf } from './cellHistoryPanel';
import { checkpointAt } from './checkpointFileSystem';
import { createFirstRunHost } from './firstRunHost';
import type { Services } from './services';
import { createThrottle } from './throttle';

const noFilter = { starred: false, withRuns: false, text: '' };
const noQuery = { text: '', matchCase: false, wholeWord: false, isRegex: false };

/** All checkpoints by day, and the search through every source that they ever held. */
export function registerTimeline(
  context: ExtensionContext,
  services: Services,
  cells: Panels<CellHistoryState>,
): Disposable {
  const panels = registerPanels<TimelineState, TimelinePage>(context, {
    viewType: pageIds.timeline,
    view: 'timeline',
    placement: 'active',
    title: ({ mode, filter }) => {
      if (mode === 'search') return 'Search History';
      return filter.notebook === undefined ? 'Timeline' : `Timeline: ${baseName(filter.notebook)}`;
    },
    key: ({ mode, filter }) => (mode === 'search' ? 'search' : `timeline ${filter.notebook ?? ''}`),
    parseState,
    open: (panel) => openPanel(panel, services, cells),
  });
  return Disposable.from(
    panels,
    services.register(commandIds.showTimeline, async (...args) => {
      const notebook = notebookOf(args, services);
      panels.show({
        mode: 'checkpoints',
        filter: { ...noFilter, ...(notebook === undefined ? {} : { notebook }) },
        query: noQuery,
      });
    }),
    services.register(commandIds.searchHistory, async () => {
      const editor = window.activeTextEditor;
      const selected = editor?.document.getText(editor.selection) ?? '';
      const text = selected.includes('\n') ? '' : selected;
      panels.show({ mode: 'search', filter: noFilter, query: { ...noQuery, text } });
    }),
  );
}

/** That of the tree's node, of the toolbar, or in front of the user; undefined for all. */
function notebookOf(
  [first]: readonly unknown[],
  { cache }: Pick<Services, 'cache'>,
): string | undefined {
  const { kind, path } = objectOf(first);
  if (kind === 'notebook' && typeof path === 'string') return path;
  const active = window.activeNotebookEditor?.notebook;
  if (active?.notebookType !== notebookType) return undefined;
  return checkpointAt(active.uri, cache)?.notebook ?? toWorkspacePath(active.uri);
}

function openPanel(
  { page }: OpenPanel<TimelineState, TimelinePage>,
  { cache, histories, guard }: Services,
  cells: Panels<CellHistoryState>,
) {
  let laidOut: { readonly key: string; readonly entries: readonly TimelineEntry[] } | undefined;
  let runs: ReturnType<typeof collectCheckpointRuns> | undefined;
  let searching = new AbortController();
  /** Of the last search. */
  const found = new Map<number, Pick<SearchHit, 'place' | 'source'> & { notebook: string }>();
  let foundCount = 0;
  const changed = createThrottle(() => page.timelineChanged(), 300);
  const stop = cache.onDidChange(
    exceptViews(() => {
      laidOut = undefined;
      runs = undefined;
      changed.request();
    }),
  );
  const allRuns = () => {
    runs ??= collectCheckpointRuns(cache.runs());
    return runs;
  };
  const entriesOf = (request: TimelineRequest): readonly TimelineEntry[] => {
    const key = JSON.stringify(request);
    if (laidOut?.key !== key) {
      const opened = new Set(request.opened);
      const entries = layOutTimeline(cache.checkpoints(), request.filter, allRuns().of, opened);
      laidOut = { key, entries };
    }
    return laidOut.entries;
  };
  const run = (what: string, command: string, ...args: unknown[]) =>
    guard(what, () => commands.executeCommand(command, ...args)).then(() => undefined);

  const { openWalkthrough } = createFirstRunHost();
  const host: TimelineHost = {
    openWalkthrough,
    async readTimeline() {
      await cache.ready;
      const checkpoints = cache.checkpoints();
      const notebooks = [...new Set(checkpoints.map(({ notebook }) => notebook))].sort();
      return { notebooks, total: checkpoints.length };
    },
    readLineCount: async (request) => entriesOf(request).length,
    readLines: async (request, start, end) =>
      entriesOf(request)
        .slice(start, end)
        .map((entry) => toLine(entry, allRuns())),
    openDiff: (id) => run('Opening the diff', commandIds.diffWithPrevious, [id]),
    diffTwo: (first, second) =>
      run('Opening the diff', commandIds.diffCheckpoints, [first, second]),
    restore: (id) => run('Restoring the notebook', commandIds.restoreCheckpoint, [id]),
    toggleStar: (ids) => run('Starring', commandIds.toggleStar, ids),
    editTags: (ids) => run('Tagging', commandIds.tag, ids),
    editNote: (id) => run('Editing the note', commandIds.editNote, [id]),
    async search(id, query, notebook) {
      searching.abort();
      searching = new AbortController();
      found.clear();
      const { signal } = searching;
      try {
        for await (const part of histories.search(query, notebook, { signal })) {
          if (signal.aborted) return;
          const ofVersions = collectVersionRuns(cache.runs(), part.notebook);
          const hits = part.hits.map(({ source, ids, ...hit }) => {
            const [last, before] = ofVersions.of(source, ids);
            foundCount += 1;
            found.set(foundCount, { notebook: part.notebook, place: hit.place, source });
            return {
              ...{ key: foundCount, ...hit },
              ...(last ? { result: describeResult(last, before) } : {}),
            };
          });
          page.found(id, { ...part, hits });
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    async showCell(key) {
      const hit = found.get(key);
      if (hit === undefined) throw new UserError('This is of an earlier search: search again.');
      const { notebook, source } = hit;
      const { checkpointId, cellIndex } = hit.place;
      const place = { checkpointId, cellIndex };
      const trace = await histories.trace(notebook, { kind: 'checkpoint', ...place });
      const version = trace?.versions.find((each) => each.source === source)?.number;
      cells.show({
        ...{ notebook, cell: trace ? nameOf(trace) : place, against: 'before' },
        ...(version === undefined ? {} : { version }),
      });
    },
  };
  return {
    host,
    dispose() {
      searching.abort();
      stop();
      changed.dispose();
    },
  };
}

function toLine(
  entry: TimelineEntry,
  runs: ReturnType<typeof collectCheckpointRuns>,
): TimelineLine {
  if (entry.kind === 'day') {
    return { kind: 'day', label: describeDay(entry.day, Date.now()), count: entry.count };
  }
  if (entry.kind === 'burst') {
    const { key, checkpoints, isOpen } = entry;
    const [newest, oldest] = [checkpoints[0], checkpoints.at(-1)];
    return {
      ...{ kind: 'burst', key, isOpen, count: checkpoints.length },
      notebook: newest?.notebook ?? '',
      fromMs: oldest?.takenAtMs ?? 0,
      toMs: newest?.takenAtMs ?? 0,
    };
  }
  const { checkpoint, inBurst } = entry;
  const { id, notebook, takenAtMs, kind: what, origin, note, starred, sizeBytes } = checkpoint;
  const { leftOut, thinned } = checkpoint;
  const lost = [leftOut && describeLeftOut(leftOut), thinned && describeThinned(thinned)]
    .filter((part) => part !== undefined)
    .join('\n');
  return {
    ...{ kind: 'checkpoint', id, notebook, takenAtMs, what, starred, sizeBytes, inBurst },
    description: describeCheckpoint({ ...checkpoint, starred: false }),
    results: runs.of(id).map((run) => describeResult(run, runs.before(run))),
    ...(origin === undefined ? {} : { origin }),
    ...(note === undefined ? {} : { note }),
    ...(lost === '' ? {} : { lost }),
  };
}

function parseState(kept: unknown): TimelineState | undefined {
  const { mode, filter, query } = objectOf(kept);
  const { notebook, kind, starred, withRuns, text } = objectOf(filter);
  const { text: sought, matchCase, wholeWord, isRegex } = objectOf(query);
  const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    mode: mode === 'search' ? 'search' : 'checkpoints',
    filter: {
      ...{ starred: starred === true, withRuns: withRuns === true, text: textOf(text) },
      ...(typeof notebook === 'string' ? { notebook } : {}),
      ...(isKind(kind) ? { kind } : {}),
    },
    query: {
      ...{ text: textOf(sought), matchCase: matchCase === true },
      ...{ wholeWord: wholeWord === true, isRegex: isRegex === true },
    },
  };
}

function isKind(kept: unknown): kept is CheckpointKind {
  return typeof kept === 'string' && Object.hasOwn(checkpointKindWords, kept);
}
