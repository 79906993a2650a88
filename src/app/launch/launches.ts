import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '../../core/run/run';
import { errorMessage, UserError } from '../../core/userError';
import type { Stopper } from '../stopper';
import { type LaunchRequest, launchPaths, readStart, writeJson } from './launchFolder';
import { createLaunchFollower, type LaunchFollowerOptions } from './launchFollower';
import { launchStopper } from './launchStopper';

export interface LaunchesOptions extends Omit<LaunchFollowerOptions, 'folder'> {
  readonly storeFolder: string;
  /** The built `dist/workers/launcher.js`. */
  readonly launcherPath: string;
}

/** Starts programs that outlive this window, and records them. */
export interface Launches {
  /** What a terminal is to run, under Node, so that this is started. Rejects with a `UserError`. */
  prepare(request: LaunchRequest): Promise<LauncherCommand>;
  /** The same for a task, which VS Code may start again. */
  taskCommand(request: LaunchRequest): LauncherCommand;
  /** Of one that runs, whichever window records it. */
  stopper(runId: RunId): Stopper | undefined;
  /** Says that one of them is about to start. */
  expect(): void;
  close(): Promise<void>;
}

/** Arguments of Node. */
export type LauncherCommand = readonly string[];

export function createLaunches(options: LaunchesOptions): Launches {
  const folder = join(options.storeFolder, 'launches');
  const follower = createLaunchFollower({ ...options, folder });
  return {
    async prepare(request) {
      const paths = launchPaths(join(folder, randomUUID()));
      try {
        await mkdir(paths.folder, { recursive: true, mode: 0o700 });
        writeJson(paths.request, request);
      } catch (error) {
        throw new UserError(`${folder} cannot be written to: ${errorMessage(error)}`);
      }
      return [options.launcherPath, 'run', paths.folder];
    },
    taskCommand: (request) => [options.launcherPath, 'task', folder, JSON.stringify(request)],
    stopper(runId) {
      const paths = launchPaths(join(folder, runId));
      const start = options.isTrusted() ? readStart(paths.start) : undefined;
      return start && launchStopper(paths, start, options.pressCtrlC);
    },
    expect: () => follower.expect(),
    close: () => follower.close(),
  };
}
