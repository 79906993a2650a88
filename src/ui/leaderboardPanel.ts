import { commands, Disposable, type ExtensionContext, env } from 'vscode';
import {
  createLeaderboardReader,
  type LeaderboardPorts,
} from '../app/leaderboard/leaderboardReader';
import { firstBoardQuery, parseBoardQuery } from '../core/leaderboard/parseBoardQuery';
import { commandIds, pageIds, settingIds } from '../platform/contributionIds';
import { type Panels, registerPanels } from '../platform/panels';
import { onSettingsChange, readPriceSettings } from '../platform/settings';
import type {
  LeaderboardHost,
  LeaderboardPage,
  LeaderboardState,
} from '../protocol/leaderboardPage';
import { createFirstRunHost } from './firstRunHost';
import { createSavedViewsHost } from './savedViews';
import { saveFile } from './saveFile';
import { createSearchHost } from './searchHost';
import type { Services } from './services';
import { createThrottle } from './throttle';

export function registerLeaderboard(
  context: ExtensionContext,
  services: Services,
): Panels<LeaderboardState> {
  const { cache, defaultViews, register } = services;
  const panels = registerPanels<LeaderboardState, LeaderboardPage>(context, {
    viewType: pageIds.leaderboard,
    view: 'leaderboard',
    placement: 'active',
    title: () => 'Leaderboard',
    key: () => '',
    parseState: parseBoardQuery,
    open({ page }) {
      const changed = createThrottle(() => page.boardChanged(), 1000);
      const stop = cache.onDidChange(({ runs }) => {
        if (runs) changed.request();
      });
      const settings = onSettingsChange(() => changed.request());
      return {
        host: createLeaderboardHost(context, services),
        dispose() {
          stop();
          settings.dispose();
          changed.dispose();
        },
      };
    },
  });
  const shown = register(commandIds.showLeaderboard, async () => {
    const view = await defaultViews.readState('leaderboard');
    panels.show(view === undefined ? firstBoardQuery : parseBoardQuery(view));
  });
  return { ...panels, dispose: () => Disposable.from(panels, shown).dispose() };
}

function createLeaderboardHost(context: ExtensionContext, services: Services): LeaderboardHost {
  const { cache, reader: store } = services;
  const ports: LeaderboardPorts = { cache, store, prices: readPriceSettings, now: Date.now };
  const board = createLeaderboardReader(ports);
  const run = async (id: string, ...args: readonly unknown[]) => {
    await commands.executeCommand(id, ...args);
  };
  return {
    ...createSavedViewsHost('leaderboard', services),
    ...createFirstRunHost(),
    ...createSearchHost(context, services),
    readBoard: (query) => board.read(query),
    readReached: (keys, query) => board.readReached(keys, query),
    openRun: (runId) => run(commandIds.openRun, [runId]),
    compareRuns: (runIds) => run(commandIds.compareRuns, runIds),
    showCharts: (runIds) => run(commandIds.showCharts, runIds),
    openPriceSettings: () => run('workbench.action.openSettings', settingIds.pricePerHour),
    copy: async (text) => {
      await env.clipboard.writeText(text);
    },
    saveFile: async (name, text) => {
      await saveFile(name, text);
    },
  };
}
