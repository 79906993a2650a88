import { commands, type ExtensionContext, env } from 'vscode';
import type { RunCode } from '../app/compare/runCode';
import { figureWords } from '../core/compare/metricRows';
import { diffPackages } from '../core/environment/diffPackages';
import type { Run, RunId } from '../core/run/run';
import { sourceName } from '../core/run/runName';
import { pointsField } from '../core/search/pointsField';
import { UserError } from '../core/userError';
import { commandIds, pageIds } from '../platform/contributionIds';
import { objectOf, stringsOf } from '../platform/keptState';
import { type Panels, registerPanels } from '../platform/panels';
import type {
  ComparedLogs,
  ComparedPackage,
  CompareHost,
  ComparePage,
  CompareState,
} from '../protocol/comparePage';
import type { Services } from './services';
import { createThrottle } from './throttle';

/** So many params and metrics cross to the page in one message. */
const maxValuesAtOnce = 4_000;
/** Of longer logs the beginning is compared. */
const maxLogBytes = 4 * 1024 * 1024;
/** So many metrics are looked at point by point in one call. */
const figureKeysAtOnce = 200;
/** More files of one run are not compared one by one. */
const maxFiles = 2_000;

type Reading = Pick<Services, 'cache' | 'reader' | 'runDiffs'>;

export function registerCompare(
  context: ExtensionContext,
  services: Reading,
): Panels<CompareState> {
  const { cache } = services;
  return registerPanels<CompareState, ComparePage>(context, {
    viewType: pageIds.compare,
    view: 'compare',
    placement: 'active',
    title: ({ runIds }) => `What Changed? ${runIds.length} runs`,
    key: ({ runIds }) => runIds.join(),
    parseState: parseCompareState,
    open({ state, page }) {
      const changed = createThrottle(() => page.comparisonChanged(), 500);
      let shown: readonly (Run | undefined)[] = [];
      const stop = cache.onDidChange(({ runs }) => {
        // A change of other runs is none of this page's affair.
        if (runs && state.runIds.some((runId, at) => cache.run(runId) !== shown[at])) {
          changed.request();
        }
      });
      return {
        host: createCompareHost(state.runIds, services, () => {
          shown = state.runIds.map((runId) => cache.run(runId));
        }),
        dispose() {
          stop();
          changed.dispose();
        },
      };
    },
  });
}

function parseCompareState(kept: unknown): CompareState | undefined {
  const { runIds, baseId, againstId, onlyDifferences, figure, figureNumber } = objectOf(kept);
  const ids = stringsOf(runIds);
  if (ids.length < 2) return undefined;
  const known = Object.keys(figureWords).find((each) => each === figure);
  return {
    // SAFETY: an id that is not there is found nowhere.
    runIds: ids as readonly RunId[],
    // SAFETY: as above.
    ...(typeof baseId === 'string' ? { baseId: baseId as RunId } : {}),
    // SAFETY: as above.
    ...(typeof againstId === 'string' ? { againstId: againstId as RunId } : {}),
    onlyDifferences: onlyDifferences !== false,
    // SAFETY: it is one of the record's own keys.
    ...(known === undefined ? {} : { figure: known as keyof typeof figureWords }),
    ...(typeof figureNumber === 'number' && figureNumber >= 0 ? { figureNumber } : {}),
  };
}

function createCompareHost(
  runIds: readonly RunId[],
  services: Reading,
  onRead: () => void,
): CompareHost {
  const { cache, reader, runDiffs } = services;
  const runOf = (runId: RunId): Run => {
    const run = cache.run(runId);
    if (run === undefined) throw new UserError('This run is not there any more.');
    return run;
  };
  return {
    async readRuns(start) {
      await cache.ready;
      if (start === 0) onRead();
      const runs: Run[] = [];
      let values = 0;
      for (let at = start; at < runIds.length; at += 1) {
        const runId = runIds[at];
        const run = runId === undefined ? undefined : cache.run(runId);
        if (run === undefined) continue;
        values += run.params.length + run.metrics.length;
        if (runs.length > 0 && values > maxValuesAtOnce) return { runs, next: at };
        runs.push(run);
      }
      return { runs };
    },
    async readFigures(ids, keys, figure, figureNumber) {
      const columns: Float64Array[] = [];
      for (let start = 0; start < keys.length; start += figureKeysAtOnce) {
        const part = keys.slice(start, start + figureKeysAtOnce);
        const fields = part.map((key) => pointsField(key, figure, figureNumber));
        columns.push(...(await reader.readFigures(ids, fields)));
      }
      return columns;
    },
    readPackages: (ids) => comparePackages(ids.map(runOf), reader),
    readFiles: async (ids) =>
      Promise.all(ids.map(async (id) => (await reader.listFiles(id)).slice(0, maxFiles))),
    async readCode(baseId, runId) {
      const [base, run] = [runOf(baseId), runOf(runId)];
      const [old, fresh] = await Promise.all([codeOf(base, services), codeOf(run, services)]);
      return runDiffs.compareCode(old, fresh);
    },
    async readLogs(baseId, runId): Promise<ComparedLogs> {
      const pair = [runOf(baseId), runOf(runId)];
      const range = { startByte: 0, lengthBytes: maxLogBytes };
      const [old, fresh] = await Promise.all(pair.map(({ id }) => reader.readLog(id, range)));
      const longest = Math.max(...pair.map(({ logBytes }) => logBytes));
      const compared = await runDiffs.compareLogs(
        old ?? new Uint8Array(),
        fresh ?? new Uint8Array(),
      );
      return { ...compared, bytesLeftOut: Math.max(0, longest - maxLogBytes) };
    },
    showCharts: async (ids) => {
      await commands.executeCommand(commandIds.showCharts, ids);
    },
    showRunTable: async () => {
      await commands.executeCommand(commandIds.showRunTable);
    },
    openRun: async (runId) => {
      await commands.executeCommand(commandIds.openRun, [runId]);
    },
    openNotebookDiff: async (baseId, runId) => {
      await commands.executeCommand(commandIds.compareRunNotebooks, [baseId, runId]);
    },
    copy: async (text) => {
      await env.clipboard.writeText(text);
    },
  };
}

async function codeOf(run: Run, { cache, reader }: Reading): Promise<RunCode> {
  const { source, codeState, checkpointId } = run;
  const files = (await reader.listFiles(run.id)).filter(({ role }) => role === 'code');
  const checkpoint = checkpointId === undefined ? undefined : cache.checkpoint(checkpointId);
  return {
    title: sourceName(source),
    files,
    ...(codeState === undefined ? {} : { codeState }),
    ...(source.kind === 'notebook' ? { cell: source } : {}),
    ...(source.kind !== 'notebook' && source.script !== undefined
      ? { scriptPath: source.script }
      : {}),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

async function comparePackages(
  runs: readonly Run[],
  reader: Reading['reader'],
): Promise<readonly ComparedPackage[]> {
  const hashes = runs.map(({ environment }) => environment?.python?.packages);
  const distinct = [...new Set(hashes)];
  // As nearly always: nothing was installed between the runs.
  if (distinct.length < 2) return [];
  const read = new Map(
    await Promise.all(
      distinct.map(async (hash) => {
        const run = runs[hashes.indexOf(hash)];
        return [hash, run && (await reader.readPackages(run))] as const;
      }),
    ),
  );
  const compared = diffPackages(distinct.map((hash) => read.get(hash)));
  const places = hashes.map((hash) => distinct.indexOf(hash));
  return compared.map(({ name, versions }) => ({
    name,
    versions: places.map((place) => versions[place] ?? ''),
  }));
}
