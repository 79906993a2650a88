import {
  Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import type { RecordCache } from '../app/recordCache';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { formatBytes } from '../core/format/formatBytes';
import { checkpointKindWords, describeCheckpoint } from '../core/present/describeCheckpoint';
import { dayKey, describeDay, timeOfDay } from '../core/present/describeDay';
import { describeLeftOut, describeThinned } from '../core/present/describeLeftOut';
import { commandIds, viewIds } from '../platform/contributionIds';
import { checkpointIcon } from './icons';
import { keepFocus } from './target';
import { createThrottle } from './throttle';
import type { TreeSurface } from './treeSurface';

export type CheckpointNode =
  | { readonly kind: 'notebook'; readonly path: string }
  | { readonly kind: 'day'; readonly notebook: string; readonly day: string }
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint };

/** The Notebooks view: notebooks, their days, and the checkpoints of each day with what changed. */
export function registerCheckpointTree(cache: RecordCache): TreeSurface {
  const changed = new EventEmitter<void>();
  const refresh = createThrottle(() => changed.fire());
  const provider: TreeDataProvider<CheckpointNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      await cache.ready;
      return [...childrenOf(node, cache.checkpoints())];
    },
    getTreeItem: toTreeItem,
  };
  const view = window.createTreeView(viewIds.notebooks, {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const stop = cache.onDidChange(({ checkpoints }) => {
    if (checkpoints) refresh.request();
  });
  const owned = Disposable.from(view, changed, refresh, { dispose: stop });
  return { selection: () => view.selection, dispose: () => owned.dispose() };
}

function childrenOf(
  node: CheckpointNode | undefined,
  checkpoints: readonly Checkpoint[],
): readonly CheckpointNode[] {
  if (!node) {
    const paths = new Set(checkpoints.map(({ notebook }) => notebook));
    return [...paths].map((path) => ({ kind: 'notebook', path }));
  }
  switch (node.kind) {
    case 'notebook': {
      const own = checkpoints.filter(({ notebook }) => notebook === node.path);
      const days = new Set(own.map(({ takenAtMs }) => dayKey(takenAtMs)));
      return [...days].map((day) => ({ kind: 'day', notebook: node.path, day }));
    }
    case 'day':
      return checkpoints
        .filter(
          ({ notebook, takenAtMs }) => notebook === node.notebook && dayKey(takenAtMs) === node.day,
        )
        .map((checkpoint) => ({ kind: 'checkpoint', checkpoint }));
    case 'checkpoint':
      return [];
  }
}

function toTreeItem(node: CheckpointNode): TreeItem {
  switch (node.kind) {
    case 'notebook': {
      const item = new TreeItem(node.path, TreeItemCollapsibleState.Expanded);
      item.id = `notebook:${node.path}`;
      item.iconPath = new ThemeIcon('notebook');
      item.contextValue = 'notebook';
      return item;
    }
    case 'day': {
      const label = describeDay(node.day, Date.now());
      const recent = label !== node.day;
      const item = new TreeItem(
        label,
        recent ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
      );
      item.id = `day:${node.notebook}:${node.day}`;
      item.iconPath = new ThemeIcon('calendar');
      item.contextValue = 'day';
      return item;
    }
    case 'checkpoint':
      return checkpointItem(node.checkpoint);
  }
}

function checkpointItem(checkpoint: Checkpoint): TreeItem {
  const word = checkpointKindWords[checkpoint.kind];
  const item = new TreeItem(`${timeOfDay(checkpoint.takenAtMs)} ${word}`);
  item.id = checkpoint.id;
  item.iconPath = checkpointIcon(checkpoint.kind);
  item.description = describeCheckpoint(checkpoint);
  item.contextValue = 'checkpoint';
  item.tooltip = [
    `${checkpoint.notebook} · ${new Date(checkpoint.takenAtMs).toLocaleString()}`,
    `${checkpoint.cellCount} cells, ${formatBytes(checkpoint.sizeBytes)}`,
    checkpoint.problem,
    checkpoint.leftOut && describeLeftOut(checkpoint.leftOut),
    checkpoint.thinned && describeThinned(checkpoint.thinned),
    checkpoint.note,
  ]
    .filter((part) => part !== undefined)
    .join('\n');
  item.command = {
    command: commandIds.diffWithPrevious,
    title: 'Diff with Previous',
    arguments: [[checkpoint.id], keepFocus],
  };
  return item;
}
