import { Disposable, StatusBarAlignment, window } from 'vscode';
import type { RecordCache } from '../app/recordCache';
import type { RunRecorder } from '../app/runRecorder';
import type { SameRuns } from '../app/sameRuns';
import { formatNumber } from '../core/format/formatNumber';
import { describeSame } from '../core/present/describeSame';
import { mainMetric } from '../core/run/mainMetric';
import { sourceName } from '../core/run/runName';
import type { RegisterCommand } from '../platform/commands';
import { setContextKey } from '../platform/contextKeys';
import { commandIds, contextKeyIds } from '../platform/contributionIds';
import { createThrottle } from './throttle';

/** Whether the window records; kept for as long as the window lives. */
export interface RecordingSwitch {
  readonly isPaused: () => boolean;
}

export interface RecordingIndicator {
  /** Begins to show what is recorded. */
  show(recorder: RunRecorder, cache: RecordCache, sameRuns: SameRuns): Disposable;
}

/** The status bar item, shown while something is recorded or recording is paused, and its commands. */
export function registerRecordingSwitch(
  register: RegisterCommand,
): RecordingSwitch & RecordingIndicator & Disposable {
  let paused = false;
  const item = window.createStatusBarItem('epochlog.recording', StatusBarAlignment.Left, 10);
  item.name = 'Epochlog Recording';
  let draw: () => void = () => undefined;
  const set = (value: boolean) => {
    paused = value;
    setContextKey(contextKeyIds.paused, value);
    draw();
  };
  const registered = Disposable.from(
    item,
    register(commandIds.pauseRecording, () => set(true)),
    register(commandIds.resumeRecording, () => set(false)),
  );
  return {
    isPaused: () => paused,
    dispose: () => registered.dispose(),
    show(recorder, cache, sameRuns) {
      draw = () => drawItem(paused, recorder, cache, sameRuns);
      const refresh = createThrottle(() => draw());
      const stops = [
        recorder.onDidChangeActive(refresh.request),
        sameRuns.onDidChange(refresh.request),
        cache.onDidChange(({ runs }) => {
          if (runs && recorder.activeRuns().length > 0) refresh.request();
        }),
      ];
      return new Disposable(() => {
        refresh.dispose();
        for (const stop of stops) stop();
      });
    },
  };

  function drawItem(
    isPaused: boolean,
    recorder: RunRecorder,
    cache: RecordCache,
    sameRuns: SameRuns,
  ): void {
    const active = recorder.activeRuns();
    const [first] = active;
    if (isPaused) {
      item.text = '$(debug-pause) Epochlog paused';
      item.tooltip = 'New commands and saves are not recorded. Click to resume.';
      item.command = commandIds.resumeRecording;
      item.show();
    } else if (first) {
      const metric = mainMetric(cache.run(first.runId)?.metrics ?? []);
      const value = metric ? ` · ${metric.key} ${formatNumber(metric.last)}` : '';
      const name = active.length === 1 ? sourceName(first.source) : `${active.length} runs`;
      const earlier = active.length === 1 ? sameRuns.earlier(first.runId) : undefined;
      const same = earlier ? ` · ${describeSame(earlier, Date.now())}` : '';
      item.text = `$(record) ${name}${active.length === 1 ? value : ''}${same}`;
      item.tooltip = earlier
        ? 'Epochlog is recording what was run before. Click to show both.'
        : 'Epochlog is recording. Click to show the charts.';
      item.command = {
        command: commandIds.showCharts,
        title: 'Show Charts',
        arguments: [[...active.map(({ runId }) => runId), ...(earlier ? [earlier.id] : [])]],
      };
      item.show();
    } else {
      item.hide();
    }
    item.accessibilityInformation = { label: item.text.replace(/\$\([^)]*\)\s*/, '') };
  }
}
