import { commands, type ExtensionContext } from 'vscode';
import type { DiffService } from '../app/diffService';
import type { RecordReader } from '../app/recordReader';
import { diffPackages, type PackageDifference } from '../core/environment/diffPackages';
import type { Remote } from '../core/rpc';
import type { Run, RunId } from '../core/run/run';
import { sourceName } from '../core/run/runName';
import { commandIds, pageIds } from '../platform/contributionIds';
import { objectOf, stringsOf } from '../platform/keptState';
import { type Panels, registerPanels } from '../platform/panels';
import type { ComparedCode, CompareHost, ComparePage, CompareState } from '../protocol/comparePage';
import type { Services } from './services';
import { createThrottle } from './throttle';

export function registerCompare(
  context: ExtensionContext,
  { cache, reader, diff }: Services,
): Panels<CompareState> {
  return registerPanels<CompareState, ComparePage>(context, {
    viewType: pageIds.compare,
    view: 'compare',
    placement: 'active',
    title: ({ runIds }) => `Compare ${runIds.length} runs`,
    key: ({ runIds }) => runIds.join(),
    parseState(kept) {
      const { runIds, onlyDifferences } = objectOf(kept);
      const ids = stringsOf(runIds);
      // SAFETY: an id that is not there is found nowhere.
      const state = { runIds: ids as readonly RunId[], onlyDifferences: onlyDifferences === true };
      return ids.length < 2 ? undefined : state;
    },
    open({ state, page }) {
      const changed = createThrottle(() => page.comparisonChanged(), 500);
      const stop = cache.onDidChange(({ runs }) => {
        if (runs) changed.request();
      });
      const host: CompareHost = {
        async readComparison() {
          await cache.ready;
          const runs = state.runIds.flatMap((runId) => cache.run(runId) ?? []);
          const [first, last] = [runs[0], runs.at(-1)];
          const code =
            first && last && first !== last ? await compareCode(first, last, reader, diff) : [];
          return { runs, packages: await comparePackages(runs, reader), code };
        },
        showCharts: async (runIds) => {
          await commands.executeCommand(commandIds.showCharts, runIds);
        },
        openLog: async (runId) => {
          await commands.executeCommand(commandIds.openLog, [runId]);
        },
      };
      return {
        host,
        dispose() {
          stop();
          changed.dispose();
        },
      };
    },
  });
}

async function comparePackages(
  runs: readonly Run[],
  reader: RecordReader,
): Promise<readonly PackageDifference[]> {
  const hashes = new Set(runs.map(({ environment }) => environment?.python?.packages));
  // As nearly always: nothing was installed between the runs.
  if (hashes.size < 2) return [];
  return diffPackages(await Promise.all(runs.map((run) => reader.readPackages(run))));
}

async function compareCode(
  first: Run,
  last: Run,
  reader: RecordReader,
  diff: Remote<DiffService>,
): Promise<readonly ComparedCode[]> {
  const [firstCode, lastCode] = await Promise.all([
    readCode(first, reader),
    readCode(last, reader),
  ]);
  const [firstDiff, lastDiff] = await Promise.all([
    reader.readUncommittedDiff(first),
    reader.readUncommittedDiff(last),
  ]);
  const title =
    sourceName(first.source) === sourceName(last.source)
      ? sourceName(last.source)
      : `${sourceName(first.source)} → ${sourceName(last.source)}`;
  const compared = [await compareTexts(title, firstCode, lastCode, diff)];
  if (first.codeState?.diffLeftOut || last.codeState?.diffLeftOut) {
    const problem = 'The uncommitted changes of one run were too large to be kept.';
    compared.push({ title: 'Uncommitted changes', hunks: [], problem });
  } else if (firstDiff !== undefined || lastDiff !== undefined) {
    compared.push(await compareTexts('Uncommitted changes', firstDiff ?? '', lastDiff ?? '', diff));
  }
  return compared;

  async function readCode(run: Run, from: RecordReader): Promise<string | undefined> {
    return run.source.kind === 'notebook' ? run.source.cellSource : from.readScript(run);
  }
}

async function compareTexts(
  title: string,
  first: string | undefined,
  last: string | undefined,
  diff: Remote<DiffService>,
): Promise<ComparedCode> {
  if (first === undefined || last === undefined) {
    return { title, hunks: [], problem: 'The source was not kept for both runs.' };
  }
  return { title, hunks: first === last ? [] : await diff.diffTexts(first, last) };
}
