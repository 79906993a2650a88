import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type CommandRecorder,
  createCommandRecorder,
  type Workspace,
} from '../../../src/app/commandRecorder';
import type { Companion } from '../../../src/app/companion';
import {
  createExtractionService,
  type ExtractionService,
} from '../../../src/app/extractionService';
import { createRunRecorder, type RunRecorder } from '../../../src/app/runRecorder';
import type { RecordingPolicy } from '../../../src/core/recording/recordingPolicy';
import type { Outcome } from '../../../src/core/recording/recordingReducer';
import type { Remote } from '../../../src/core/rpc';
import type { Run } from '../../../src/core/run/run';
import type { StoreOptions } from '../../../src/store/storeOptions';
import { eventually, makeFolder, openTestStore, type TestStore } from '../store/openTestStore';
import { serveInMemory } from './memoryRpc';

export interface BenchOptions {
  readonly policy?: Partial<RecordingPolicy>;
  readonly paused?: boolean;
  readonly trusted?: boolean;
  readonly store?: Partial<StoreOptions>;
  readonly companions?: readonly Companion[];
  /** Of another bench: a further window on its workspace and store. */
  readonly besides?: Pick<RecordingBench, 'root' | 'folder'>;
  /** Stands in for the extraction service. */
  readonly extraction?: Remote<ExtractionService>;
}

/** A window's recorders on a real store, with a workspace folder of the test's own. */
export interface RecordingBench {
  /** The workspace folder. */
  readonly root: string;
  /** The store's folder. */
  readonly folder: string;
  readonly store: TestStore;
  readonly recorder: RunRecorder;
  readonly commands: CommandRecorder;
  readonly workspace: Workspace;
  /** What was told of what went wrong. */
  readonly errors: readonly { readonly what: string; readonly message: string }[];
  /** What was told of what the program should do better. */
  readonly advice: readonly string[];
  /** Writes a file of the workspace and gives its path. */
  write(path: string, content: string | Uint8Array): string;
  /** Runs a command that prints `output`, to its end. */
  play(commandLine: string, output: readonly string[], outcome?: Outcome): Promise<boolean>;
  /** The only run there is. */
  onlyRun(): Promise<Run>;
}

/** A folder of the test's own, removed after it. */
export function makeWorkspaceFolder(): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'epochlog-workspace-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
  return root;
}

/** Waits as long as a busy machine may take. */
export const soon = <T>(check: () => Promise<T>) => eventually(check, 10_000);

export const exited = (exitCode: number | undefined): Outcome => ({ kind: 'exited', exitCode });

export async function openBench(options: BenchOptions = {}): Promise<RecordingBench> {
  const { root, folder } = options.besides ?? {
    root: makeWorkspaceFolder(),
    folder: makeFolder(),
  };
  const store = await openTestStore(folder, options.store);
  const errors: { what: string; message: string }[] = [];
  const advice: string[] = [];
  const onError = (what: string, error: unknown) => {
    errors.push({ what, message: error instanceof Error ? error.message : String(error) });
  };
  const recorder = createRunRecorder({
    onAdvice: (message) => advice.push(message),
    store,
    extraction: options.extraction ?? serveInMemory(createExtractionService()),
    now: Date.now,
    companions: options.companions ?? [],
    onError,
  });
  const workspace: Workspace = {
    isPaused: () => options.paused ?? false,
    isTrusted: () => options.trusted ?? true,
    policy: () => ({
      excludePaths: [],
      excludeCommands: [],
      includeCommands: [],
      ...options.policy,
    }),
    rootPath: root,
    toWorkspacePath: (path) => relative(root, path).replaceAll('\\', '/'),
  };
  const commands = createCommandRecorder(recorder, store, workspace, onError);
  return {
    ...{ root, folder, store, recorder, commands, workspace, errors, advice },
    write(path, content) {
      const full = join(root, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, content);
      return full;
    },
    async play(commandLine, output, outcome = exited(0)) {
      const handle = commands.start(commandLine, root);
      if (!handle) return false;
      for (const text of output) handle.push(text);
      return handle.end(outcome);
    },
    async onlyRun() {
      const runs = await store.listRuns({ includeDeleted: true });
      const [run] = runs;
      if (!run || runs.length > 1) throw new Error(`${runs.length} runs are there`);
      return run;
    },
  };
}
