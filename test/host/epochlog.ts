import { setTimeout as delay } from 'node:timers/promises';
import { extensions, type Uri, workspace } from 'vscode';
import type { Checkpoint } from '../../src/core/checkpoint/checkpoint';
import type { Run } from '../../src/core/run/run';
import { isSystemMetric } from '../../src/core/run/systemMetric';
import type { EpochlogApi } from '../../src/extension';

/** The installed extension, activated. */
export async function activateEpochlog() {
  const extension = extensions.getExtension<EpochlogApi>('epochlog.epochlog');
  if (!extension) throw new Error('VS Code does not know the extension');
  return { extension, api: await extension.activate() };
}

/** Without what tells of the machine, which comes when it comes. */
export async function recordedRuns(): Promise<readonly Run[]> {
  const { api } = await activateEpochlog();
  // SAFETY: the record gives runs as they are.
  const runs = (await api.snapshot()).runs as readonly Run[];
  return runs.map((run) => ({
    ...run,
    metrics: run.metrics.filter(({ key }) => !isSystemMetric(key)),
  }));
}

export async function recordedCheckpoints(): Promise<readonly Checkpoint[]> {
  const { api } = await activateEpochlog();
  // SAFETY: the record gives checkpoints as they are.
  return (await api.snapshot()).checkpoints as readonly Checkpoint[];
}

/** The copy of the sample that this window has open. */
export function workspaceRoot(): Uri {
  const root = workspace.workspaceFolders?.[0]?.uri;
  if (!root) throw new Error('No folder is open');
  return root;
}

/** Asks until there is an answer. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const deadlineMs = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadlineMs) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await delay(50);
  }
}
