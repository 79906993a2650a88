import {
  Disposable,
  EventEmitter,
  type NotebookCell,
  NotebookCellStatusBarAlignment,
  NotebookCellStatusBarItem,
  notebooks,
} from 'vscode';
import type { TrustKeeper } from '../app/trustKeeper';
import { describeFault, verdictMeanings, verdictWords } from '../core/trust/describeTrust';
import type { ResultVerdict } from '../core/trust/resultVerdict';
import { commandIds } from '../platform/contributionIds';
import { notebookType } from '../platform/notebookDocument';
import { onSettingsChange, readSettings } from '../platform/settings';
import { createThrottle } from './throttle';

/** Only what may mislead is worth a word; what failed says so itself. */
const icons: Partial<Record<ResultVerdict, string>> = {
  stale: 'history',
  outOfOrder: 'list-ordered',
  hiddenState: 'eye-closed',
};

/** Says below a cell that its result is stale, out of order, or of hidden state. */
export function registerCellTrust(trust: TrustKeeper): Disposable {
  const changed = new EventEmitter<void>();
  const refresh = createThrottle(() => changed.fire(), 200);
  const stop = trust.onDidChange(refresh.request);
  return Disposable.from(
    changed,
    refresh,
    { dispose: stop },
    onSettingsChange(refresh.request),
    notebooks.registerNotebookCellStatusBarItemProvider(notebookType, {
      onDidChangeCellStatusBarItems: changed.event,
      provideCellStatusBarItems: (cell) => (readSettings().tellStale ? itemOf(cell, trust) : []),
    }),
  );
}

function itemOf(cell: NotebookCell, trust: TrustKeeper): NotebookCellStatusBarItem[] {
  const found = trust
    .report(cell.notebook.uri.toString())
    ?.cells.find(({ cellIndex }) => cellIndex === cell.index);
  const icon = found && icons[found.verdict];
  if (found === undefined || icon === undefined || !found.hasResult) return [];
  const word = verdictWords[found.verdict];
  const item = new NotebookCellStatusBarItem(
    `$(${icon}) ${word}`,
    NotebookCellStatusBarAlignment.Right,
  );
  const reasons = found.faults.map(describeFault);
  item.tooltip = [verdictMeanings[found.verdict], ...reasons].join('\n');
  item.command = {
    command: commandIds.showReproducibility,
    title: 'Can This Be Reproduced Top to Bottom?',
    arguments: [{ notebook: cell.notebook.uri.toString() }],
  };
  item.accessibilityInformation = { label: `Result: ${word}. ${reasons.join(' ')}` };
  return [item];
}
