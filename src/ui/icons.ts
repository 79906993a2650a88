import { ThemeColor, ThemeIcon } from 'vscode';
import type { CheckpointKind } from '../core/checkpoint/checkpoint';
import type { Run, RunStatus } from '../core/run/run';

const statusIcons: Readonly<Record<RunStatus, ThemeIcon>> = {
  running: new ThemeIcon('sync~spin', new ThemeColor('charts.blue')),
  finished: new ThemeIcon('pass', new ThemeColor('testing.iconPassed')),
  failed: new ThemeIcon('error', new ThemeColor('testing.iconFailed')),
  killed: new ThemeIcon('circle-slash', new ThemeColor('disabledForeground')),
  interrupted: new ThemeIcon('debug-disconnect', new ThemeColor('charts.yellow')),
};

export function runIcon(run: Pick<Run, 'status'>): ThemeIcon {
  return statusIcons[run.status];
}

const checkpointIcons: Readonly<Record<CheckpointKind, ThemeIcon>> = {
  save: new ThemeIcon('save'),
  execution: new ThemeIcon('play'),
  restore: new ThemeIcon('discard'),
  external: new ThemeIcon('file-symlink-file'),
  git: new ThemeIcon('git-commit'),
  unsaved: new ThemeIcon('circle-filled'),
};

export function checkpointIcon(kind: CheckpointKind): ThemeIcon {
  return checkpointIcons[kind];
}
