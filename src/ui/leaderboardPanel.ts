import { commands, Disposable, type ExtensionContext, env, Uri, window, workspace } from 'vscode';
import {
  createLeaderboardReader,
  type LeaderboardPorts,
} from '../app/leaderboard/leaderboardReader';
import type { GoalFigure } from '../core/leaderboard/boardQuery';
import { goalFigureWords } from '../core/leaderboard/describeGoal';
import { commandIds, pageIds, settingIds } from '../platform/contributionIds';
import { objectOf, stringsOf } from '../platform/keptState';
import { type Panels, registerPanels } from '../platform/panels';
import { onSettingsChange, readPriceSettings } from '../platform/settings';
import type {
  LeaderboardHost,
  LeaderboardPage,
  LeaderboardState,
} from '../protocol/leaderboardPage';
import type { Services } from './services';
import { createThrottle } from './throttle';

const firstState: LeaderboardState = {
  ...{ figure: 'best', figureNumber: 5, search: '', uncounted: [], counted: [] },
  ...{ isByCode: false, withUnknownData: false },
};

export function registerLeaderboard(
  context: ExtensionContext,
  services: Services,
): Panels<LeaderboardState> {
  const { cache, register } = services;
  const panels = registerPanels<LeaderboardState, LeaderboardPage>(context, {
    viewType: pageIds.leaderboard,
    view: 'leaderboard',
    placement: 'active',
    title: () => 'Leaderboard',
    key: () => '',
    parseState: parseLeaderboardState,
    open({ page }) {
      const changed = createThrottle(() => page.boardChanged(), 1000);
      const stop = cache.onDidChange(({ runs }) => {
        if (runs) changed.request();
      });
      const settings = onSettingsChange(() => changed.request());
      return {
        host: createLeaderboardHost(services),
        dispose() {
          stop();
          settings.dispose();
          changed.dispose();
        },
      };
    },
  });
  const shown = register(commandIds.showLeaderboard, () => panels.show(firstState));
  return { ...panels, dispose: () => Disposable.from(panels, shown).dispose() };
}

function createLeaderboardHost({ cache, reader: store }: Services): LeaderboardHost {
  const ports: LeaderboardPorts = { cache, store, prices: readPriceSettings, now: Date.now };
  const board = createLeaderboardReader(ports);
  const run = async (id: string, ...args: readonly unknown[]) => {
    await commands.executeCommand(id, ...args);
  };
  return {
    readBoard: (query) => board.read(query),
    readReached: (keys, query) => board.readReached(keys, query),
    openRun: (runId) => run(commandIds.openRun, [runId]),
    compareRuns: (runIds) => run(commandIds.compareRuns, runIds),
    showCharts: (runIds) => run(commandIds.showCharts, runIds),
    openPriceSettings: () => run('workbench.action.openSettings', settingIds.pricePerHour),
    copy: async (text) => {
      await env.clipboard.writeText(text);
    },
    async saveFile(name, text) {
      const folder = workspace.workspaceFolders?.[0]?.uri;
      const uri = await window.showSaveDialog({
        ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
      });
      if (uri !== undefined) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    },
  };
}

/** Reads what the page kept, or what a saved view holds. */
export function parseLeaderboardState(kept: unknown): LeaderboardState {
  const read = objectOf(kept);
  const figure = Object.keys(goalFigureWords).find((each) => each === read.figure);
  const { metric, figureNumber, direction, target, search, dataKey } = read;
  return {
    ...firstState,
    ...(typeof metric === 'string' ? { metric } : {}),
    // SAFETY: it is one of the record's own keys.
    ...(figure === undefined ? {} : { figure: figure as GoalFigure }),
    ...(isCount(figureNumber) ? { figureNumber } : {}),
    ...(direction === 'higher' || direction === 'lower' ? { direction } : {}),
    ...(typeof target === 'number' && Number.isFinite(target) ? { target } : {}),
    ...(typeof search === 'string' ? { search } : {}),
    ...(typeof dataKey === 'string' ? { dataKey } : {}),
    ...{ uncounted: stringsOf(read.uncounted), counted: stringsOf(read.counted) },
    ...{ isByCode: read.isByCode === true, withUnknownData: read.withUnknownData === true },
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
