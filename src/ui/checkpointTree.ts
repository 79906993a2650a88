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
import { type CheckpointIndex, indexCheckpoints } from '../core/checkpoint/groupByDay';
import { formatBytes } from '../core/format/formatBytes';
import { checkpointKindWords, describeCheckpoint } from '../core/present/describeCheckpoint';
import { describeDay, timeOfDay } from '../core/present/describeDay';
import { describeLeftOut, describeThinned } from '../core/present/describeLeftOut';
import { commandIds, viewIds } from '../platform/contributionIds';
import { shownPath } from '../platform/workspacePath';
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
  // Made once for all nodes that are asked for until something changes.
  let index: CheckpointIndex<Checkpoint> | undefined;
  const provider: TreeDataProvider<CheckpointNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      await cache.ready;
      index ??= indexCheckpoints(cache.checkpoints());
      return [...childrenOf(node, index)];
    },
    getTreeItem: toTreeItem,
    // The texts of ten thousand rows that nobody points at would take half a second.
    resolveTreeItem(item, node) {
      if (node.kind === 'checkpoint') item.tooltip = tooltipOf(node.checkpoint);
      return item;
    },
  };
  const view = window.createTreeView(viewIds.notebooks, {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const stop = cache.onDidChange(({ checkpoints }) => {
    if (!checkpoints) return;
    index = undefined;
    refresh.request();
  });
  const owned = Disposable.from(view, changed, refresh, { dispose: stop });
  return { selection: () => view.selection, dispose: () => owned.dispose() };
}

function childrenOf(
  node: CheckpointNode | undefined,
  index: CheckpointIndex<Checkpoint>,
): readonly CheckpointNode[] {
  if (!node) return [...index.keys()].map((path) => ({ kind: 'notebook', path }));
  switch (node.kind) {
    case 'notebook':
      return (index.get(node.path) ?? []).map(({ day }) => ({
        kind: 'day',
        notebook: node.path,
        day,
      }));
    case 'day': {
      const group = index.get(node.notebook)?.find(({ day }) => day === node.day);
      return (group?.items ?? []).map((checkpoint) => ({ kind: 'checkpoint', checkpoint }));
    }
    case 'checkpoint':
      return [];
  }
}

function toTreeItem(node: CheckpointNode): TreeItem {
  switch (node.kind) {
    case 'notebook': {
      const item = new TreeItem(shownPath(node.path), TreeItemCollapsibleState.Expanded);
      item.id = `notebook:${node.path}`;
      item.tooltip = node.path;
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
  item.command = {
    command: commandIds.diffWithPrevious,
    title: 'Diff with Previous',
    arguments: [[checkpoint.id], keepFocus],
  };
  return item;
}

function tooltipOf(checkpoint: Checkpoint): string {
  return [
    `${shownPath(checkpoint.notebook)} · ${new Date(checkpoint.takenAtMs).toLocaleString()}`,
    `${checkpoint.cellCount} cells, ${formatBytes(checkpoint.sizeBytes)}`,
    checkpoint.problem,
    checkpoint.leftOut && describeLeftOut(checkpoint.leftOut),
    checkpoint.thinned && describeThinned(checkpoint.thinned),
    checkpoint.note,
  ]
    .filter((part) => part !== undefined)
    .join('\n');
}
