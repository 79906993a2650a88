import { createListeners } from '../core/listeners';
import type { Outcome } from '../core/recording/recordingReducer';
import type { RunId } from '../core/run/run';
import { ActiveRecording } from './activeRecording';
import type {
  ActiveRun,
  RecordingHandle,
  RecordingStart,
  RunRecorderPorts,
} from './recordingStart';
import type { Stopper } from './stopper';

export interface RunRecorder {
  start(start: RecordingStart): RecordingHandle;
  /** Those that are known to be runs. */
  activeRuns(): readonly ActiveRun[];
  /** Undefined once it is over, and where it cannot be stopped from here. */
  stopper(runId: RunId): Stopper | undefined;
  onDidChangeActive(listener: () => void): () => void;
  /** Ends all, as when the window closes; those that outlive it are left to another window. */
  endAll(outcome: Outcome): Promise<void>;
}

export function createRunRecorder(ports: RunRecorderPorts): RunRecorder {
  const active = new Map<RunId, ActiveRecording>();
  const changed = createListeners<void>();
  async function untilGone<T>({ runId }: ActiveRecording, ending: () => Promise<T>): Promise<T> {
    try {
      return await ending();
    } finally {
      active.delete(runId);
      changed.emit();
    }
  }
  return {
    start(start) {
      const recording = new ActiveRecording(start, ports, () => changed.emit());
      active.set(recording.runId, recording);
      return {
        runId: recording.runId,
        push: (text, place) => recording.push(text, place),
        settled: () => recording.settled(),
        end: (outcome, endedAtMs) => untilGone(recording, () => recording.end(outcome, endedAtMs)),
        leave: () => untilGone(recording, () => recording.leave()),
      };
    },
    activeRuns: () => [...active.values()].flatMap((recording) => recording.asActiveRun() ?? []),
    stopper: (runId) => active.get(runId)?.stopper,
    onDidChangeActive: (listener) => changed.add(listener),
    async endAll(outcome) {
      const endings = [...active.values()].map((recording) =>
        recording.isLasting ? recording.leave() : recording.end(outcome),
      );
      await Promise.all(endings);
      active.clear();
    },
  };
}
