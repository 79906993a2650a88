import { commands, type Disposable, window } from 'vscode';
import type { ExtractionService } from '../app/extractionService';
import { describePatternProblem } from '../core/present/describePatternProblem';
import type { Remote } from '../core/rpc';
import { settingIds } from '../platform/contributionIds';
import type { Quietly } from '../platform/guard';
import { onSettingsChange, readSettings } from '../platform/settings';

/** Says, once for each, which patterns of the user cannot be used and why. */
export function watchPatterns(
  extraction: Pick<Remote<ExtractionService>, 'checkPatterns'>,
  quietly: Quietly,
): Disposable {
  const told = new Set<string>();
  const check = () =>
    quietly('Checking the metric patterns', async () => {
      const { metricPatterns } = readSettings();
      // The reader need not start for nothing.
      if (!Array.isArray(metricPatterns) || metricPatterns.length === 0) return;
      const problems = (await extraction.checkPatterns(metricPatterns)).map(describePatternProblem);
      const untold = problems.filter((problem) => !told.has(problem));
      for (const problem of untold) told.add(problem);
      if (untold.length === 0) return;
      const openSettings = 'Open Settings';
      const message = `Epochlog leaves out ${untold.join('; ')}. See ${settingIds.metricPatterns}.`;
      if ((await window.showWarningMessage(message, openSettings)) !== openSettings) return;
      await commands.executeCommand('workbench.action.openSettings', settingIds.metricPatterns);
    });
  check();
  return onSettingsChange(check);
}
