import type { Baseline } from '../app/baseline';
import type { CheckpointKeeper } from '../app/checkpointKeeper';
import type { RunDiffs } from '../app/compare/runDiffs';
import type { DefaultViews } from '../app/defaultViews';
import type { ExtractionService } from '../app/extractionService';
import type { NotebookHistories } from '../app/history/notebookHistories';
import type { HistoryImporter } from '../app/historyImporter';
import type { Launches } from '../app/launch/launches';
import type { KeptLogs } from '../app/log/keptLogs';
import type { LogFileFollower } from '../app/logFileFollower';
import type { RunMediaReader } from '../app/media/runMediaReader';
import type { NotebookSnapshots } from '../app/notebookSnapshots';
import type { OpenDiffs } from '../app/openDiffs';
import type { Pins } from '../app/pins';
import type { PlotReader } from '../app/plotReader';
import type { RecordCache } from '../app/recordCache';
import type { RecordEditor } from '../app/recordEditor';
import type { RecordExporter } from '../app/recordExporter';
import type { RecordReader } from '../app/recordReader';
import type { RunEdits } from '../app/runEdits';
import type { RunRecorder } from '../app/runRecorder';
import type { StoreCleaner } from '../app/storeCleaner';
import type { TrustKeeper } from '../app/trustKeeper';
import type { Remote } from '../core/rpc';
import type { RegisterCommand } from '../platform/commands';
import type { Guard } from '../platform/guard';
import type { TargetFinder } from './target';

/** What the surfaces stand on. */
export interface Services {
  readonly cache: RecordCache;
  readonly reader: RecordReader;
  readonly find: TargetFinder;
  readonly editor: RecordEditor;
  /** Edits of runs that can be taken back. */
  readonly edits: RunEdits;
  /** The run that the others are held against. */
  readonly baseline: Baseline;
  /** The metrics and params that pages of runs show first. */
  readonly pins: Pins;
  /** The views that pages open with. */
  readonly defaultViews: DefaultViews;
  readonly cleaner: StoreCleaner;
  readonly exporter: RecordExporter;
  readonly recorder: RunRecorder;
  readonly logFiles: LogFileFollower;
  readonly launches: Launches;
  readonly keeper: CheckpointKeeper;
  readonly snapshots: NotebookSnapshots;
  readonly importer: HistoryImporter;
  readonly runDiffs: Remote<RunDiffs>;
  readonly openDiffs: Remote<OpenDiffs>;
  readonly histories: NotebookHistories;
  readonly trust: TrustKeeper;
  readonly extraction: Remote<ExtractionService>;
  readonly logs: KeptLogs;
  readonly plots: PlotReader;
  readonly media: RunMediaReader;
  readonly register: RegisterCommand;
  readonly guard: Guard;
}
