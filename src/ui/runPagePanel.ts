import { commands, Disposable, type ExtensionContext, env } from 'vscode';
import { exceptViews } from '../app/recordCache';
import type { Run, RunId } from '../core/run/run';
import { runName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { commandIds, pageIds } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { type OpenPanel, registerPanels } from '../platform/panels';
import { onSettingsChange } from '../platform/settings';
import {
  checkpointActions,
  type RunPage,
  type RunPageHost,
  type RunPageState,
  type RunPlace,
  type RunSection,
  runActions,
  runSections,
} from '../protocol/runPage';
import { pickRun } from './pick';
import { readRunPage } from './runPageData';
import { createRunPageFiles } from './runPageFiles';
import { createRunPageLog } from './runPageLog';
import { readCode, readSeries } from './runPageSections';
import type { Services } from './services';
import { keepFocus, readTargets } from './target';
import { createThrottle } from './throttle';

/** One page that is open. */
interface OpenPage {
  readonly runId: RunId;
  readonly isKept: boolean;
  show(runId: RunId, place: RunPlace | undefined): void;
}

/**
 * The page of one run, and "Open Run". The next run takes the place of the one before unless the user
 * keeps that, so that a walk through the runs does not leave a tab for each.
 */
export function registerRunPage(context: ExtensionContext, services: Services): Disposable {
  const { cache, find, register } = services;
  const pages = new Set<OpenPage>();
  /** Where the page that opens next is to begin. */
  const firstPlaces = new Map<RunId, RunPlace>();
  const titleOf = (runId: RunId) => {
    const run = cache.run(runId);
    return run ? `Run: ${runName(run)}` : 'Run';
  };
  const panels = registerPanels<RunPageState, RunPage>(context, {
    viewType: pageIds.runPage,
    view: 'runPage',
    placement: 'beside',
    hasOwnFind: true,
    title: ({ runId }) => titleOf(runId),
    key: ({ runId }) => runId,
    parseState,
    open(panel) {
      const { runId } = panel.state;
      const first = firstPlaces.get(runId);
      firstPlaces.delete(runId);
      const open = openPage(panel, first, services, titleOf);
      pages.add(open.page);
      return {
        host: open.host,
        dispose() {
          pages.delete(open.page);
          open.dispose();
        },
      };
    },
  });

  function openRun(runId: RunId, place: RunPlace | undefined, preserveFocus: boolean): void {
    const own = [...pages].find((page) => page.runId === runId);
    const taken = own ?? [...pages].find(({ isKept }) => !isKept);
    if (taken) taken.show(runId, place);
    else if (place) firstPlaces.set(runId, place);
    panels.show({ runId, section: 'overview', isKept: false }, { preserveFocus });
  }

  return Disposable.from(
    panels,
    register(commandIds.openRun, async (...args) => {
      const [target] = readTargets(args.slice(0, 1), find).filter(isRun);
      const run = target?.run ?? (await pickRun(cache, 'Open Run'));
      openRun(run.id, parsePlace(args[1]), args.includes(keepFocus));
    }),
  );
}

function isRun(target: ReturnType<typeof readTargets>[number]): target is {
  readonly kind: 'run';
  readonly run: Run;
} {
  return target.kind === 'run';
}

function openPage(
  { state, page, setTitle, setState }: OpenPanel<RunPageState, RunPage>,
  firstPlace: RunPlace | undefined,
  services: Services,
  titleOf: (runId: RunId) => string,
) {
  const { cache, reader, edits, guard, baseline, pins } = services;
  let { runId, isKept } = state;
  let place = firstPlace;
  const changed = createThrottle(() => {
    setTitle(titleOf(runId));
    page.runChanged();
  }, 300);
  const stops = [
    cache.onDidChange(exceptViews(changed.request)),
    ...[baseline, pins].map((each) => each.onDidChange(changed.request)),
  ];
  // What machines cost is a setting.
  const settings = onSettingsChange(changed.request);
  void cache.ready.then(() => setTitle(titleOf(runId)));

  const show = (next: RunId, at: RunPlace | undefined) => {
    place = at;
    if (next !== runId) {
      runId = next;
      setState({ ...state, runId });
    }
    page.runChanged();
  };
  const requireRun = (): Run => {
    const run = cache.run(runId);
    if (!run) throw new UserError('This run is not there any more.');
    return run;
  };

  const log = createRunPageLog(requireRun, services);
  const host: RunPageHost = {
    ...log.host,
    async readRun() {
      await cache.ready;
      const told = place;
      place = undefined;
      return {
        ...readRunPage(runId, cache, baseline.get(), pins.get()),
        ...(told && { place: told }),
      };
    },
    readSeries: (keys, buckets) => readSeries(runId, keys, buckets, reader),
    ...createRunPageFiles(requireRun, reader),
    readCode: () => readCode(requireRun(), reader),
    readPackages: () => reader.readPackages(requireRun()),
    editRun: (edit) => edits.edit([runId], edit),
    async act(action) {
      if (!runActions.includes(action)) return;
      await guard('Acting on a run', () => commands.executeCommand(commandIds[action], [runId]));
    },
    async actOnCheckpoint(action) {
      const { checkpointId } = requireRun();
      if (!checkpointActions.includes(action) || checkpointId === undefined) return;
      await guard('Acting on a checkpoint', () =>
        commands.executeCommand(commandIds[action], [checkpointId]),
      );
    },
    pin: async (kind, key, isPinned) => pins.set(kind, key, isPinned),
    copy: async (text) => env.clipboard.writeText(text),
    showRun: async (next) => show(next, undefined),
    async keepOpen(next) {
      isKept = next;
    },
  };
  const opened: OpenPage = {
    get runId() {
      return runId;
    },
    get isKept() {
      return isKept;
    },
    show,
  };
  return {
    host,
    page: opened,
    dispose() {
      log.close();
      for (const stop of stops) stop();
      changed.dispose();
      settings.dispose();
    },
  };
}

function parseState(kept: unknown): RunPageState | undefined {
  const { runId, section, isKept, wraps } = objectOf(kept);
  if (typeof runId !== 'string') return undefined;
  return {
    // SAFETY: an id that is not there is found nowhere.
    runId: runId as RunId,
    section: parseSection(section) ?? 'overview',
    isKept: isKept === true,
    wraps: wraps === true,
  };
}

function parsePlace(given: unknown): RunPlace | undefined {
  const { section, logLine } = objectOf(given);
  const known = parseSection(section);
  if (typeof logLine === 'number') return { section: 'log', logLine };
  return known && { section: known };
}

function parseSection(given: unknown): RunSection | undefined {
  return runSections.find((section) => section === given);
}
