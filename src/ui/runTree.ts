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
import type { RecordReader } from '../app/recordReader';
import type { FilteredRuns, RunFilter } from '../app/runFilter';
import type { RunRecorder } from '../app/runRecorder';
import type { SameRuns } from '../app/sameRuns';
import { formatBytes } from '../core/format/formatBytes';
import { formatNumber } from '../core/format/formatNumber';
import { describeEnvironment } from '../core/present/describeEnvironment';
import { describeFiles } from '../core/present/describeFiles';
import { describeFilter } from '../core/present/describeFilter';
import { describeLogLeftOut } from '../core/present/describeLeftOut';
import {
  describeMetric,
  describePeak,
  describeRun,
  statusWords,
} from '../core/present/describeRun';
import { describeSame } from '../core/present/describeSame';
import { seriesKey } from '../core/recording/seriesKey';
import { isArchived } from '../core/run/archived';
import type { Run, RunFile } from '../core/run/run';
import { runName } from '../core/run/runName';
import { isSystemMetric } from '../core/run/systemMetric';
import { setContextKey } from '../platform/contextKeys';
import { commandIds, contextKeyIds, viewIds } from '../platform/contributionIds';
import { fileItem } from './fileItem';
import { runIcon } from './icons';
import {
  experimentNodes,
  type RunNode,
  runChildren,
  runContext,
  runNodeId,
  systemMetrics,
} from './runNodes';
import { runTooltip } from './runTooltip';
import { keepFocus } from './target';
import { createThrottle } from './throttle';
import type { TreeSurface } from './treeSurface';

/** The Runs view: experiments, their runs, and what is known of each. */
export function registerRunTree(
  cache: RecordCache,
  reader: Pick<RecordReader, 'listFiles'>,
  recorder: RunRecorder,
  sameRuns: SameRuns,
  filter: RunFilter,
): TreeSurface {
  const changed = new EventEmitter<void>();
  const refresh = createThrottle(() => changed.fire());
  let filtered: FilteredRuns | undefined;
  const provider: TreeDataProvider<RunNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      if (!node) {
        filtered = await filter.read();
        sayFilter(filtered);
        return [...experimentNodes(filtered.shown)];
      }
      const files = node.kind === 'run' ? await reader.listFiles(node.run.id) : [];
      return [...childrenOf(node, files, cache, recorder, sameRuns, filtered)];
    },
    getTreeItem: (node) => toTreeItem(node, cache, sameRuns),
    resolveTreeItem: (item, node) => {
      if (node.kind === 'run') {
        item.tooltip = runTooltip(node.run, Date.now(), cache.partsOf(node.run.id));
      }
      return item;
    },
  };
  const view = window.createTreeView(viewIds.runs, {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });
  /** VS Code shows the message above the tree, the description beside the title. */
  const sayFilter = ({ found, runCount }: FilteredRuns) => {
    view.description = filter.text() === '' ? '' : `filtered: ${filter.text()}`;
    view.message = found ? describeFilter(filter.text(), found.size, runCount) : '';
    setContextKey(contextKeyIds.runsFiltered, filter.text() !== '');
  };
  const showRunning = () => {
    const count = recorder.activeRuns().length;
    view.badge =
      count === 0
        ? undefined
        : {
            value: count,
            tooltip: count === 1 ? '1 run is recorded' : `${count} runs are recorded`,
          };
  };
  const stops = [
    cache.onDidChange(({ runs }) => {
      if (runs) refresh.request();
    }),
    sameRuns.onDidChange(refresh.request),
    filter.onDidChange(refresh.request),
    recorder.onDidChangeActive(() => {
      showRunning();
      refresh.request();
    }),
  ];
  const owned = Disposable.from(view, changed, refresh, {
    dispose: () => {
      for (const stop of stops) stop();
    },
  });
  return { selection: () => view.selection, dispose: () => owned.dispose() };
}

function childrenOf(
  node: RunNode,
  files: readonly RunFile[],
  cache: RecordCache,
  recorder: RunRecorder,
  sameRuns: SameRuns,
  filtered: FilteredRuns | undefined,
): readonly RunNode[] {
  switch (node.kind) {
    case 'experiment':
      return node.runs.map((run) => ({ kind: 'run', run }));
    case 'run': {
      const active = recorder.activeRuns().find(({ runId }) => runId === node.run.id);
      const { id, deletedAtMs } = node.run;
      const live = active?.live ?? [];
      const parts = (filtered ?? cache).partsOf(id);
      if (deletedAtMs !== undefined) return parts.map((run) => ({ kind: 'run', run }));
      return runChildren(node.run, live, files, sameRuns.earlier(id), parts);
    }
    case 'params':
      return node.run.params.map((param) => ({ kind: 'param', run: node.run, param }));
    case 'files':
      return node.files.map((file) => ({ kind: 'file', run: node.run, file }));
    case 'environment':
      return systemMetrics(node.run).map((metric) => ({ kind: 'metric', run: node.run, metric }));
    default:
      return [];
  }
}

function toTreeItem(node: RunNode, cache: RecordCache, sameRuns: SameRuns): TreeItem {
  const item = bareItem(node, cache, sameRuns);
  item.id = runNodeId(node);
  item.contextValue = node.kind === 'run' ? runContext(node.run) : node.kind;
  const description = typeof item.description === 'string' ? `, ${item.description}` : '';
  item.accessibilityInformation ??= { label: `${item.label}${description}` };
  return item;
}

function bareItem(node: RunNode, cache: RecordCache, sameRuns: SameRuns): TreeItem {
  switch (node.kind) {
    case 'experiment': {
      const item = new TreeItem(node.name, TreeItemCollapsibleState.Expanded);
      item.iconPath = new ThemeIcon('beaker');
      item.description = node.runs.length === 1 ? '1 run' : `${node.runs.length} runs`;
      return item;
    }
    case 'run': {
      const item = new TreeItem(runName(node.run), TreeItemCollapsibleState.Collapsed);
      if (node.run.deletedAtMs !== undefined) return deletedItem(item, node.run);
      item.iconPath = runIcon(node.run);
      const earlier = sameRuns.earlier(node.run.id);
      const same = earlier ? ` · ${describeSame(earlier, Date.now())}` : '';
      const archived = isArchived(node.run) ? 'archived · ' : '';
      const described = describeRun(node.run, Date.now(), cache.partsOf(node.run.id));
      item.description = archived + described + same;
      item.command = {
        command: commandIds.openRun,
        title: 'Open Run',
        arguments: [[node.run.id], keepFocus],
      };
      item.accessibilityInformation = {
        label: `${runName(node.run)}, ${statusWords[node.run.status]}, ${item.description}`,
      };
      return item;
    }
    case 'metric': {
      const item = new TreeItem(node.metric.key);
      item.iconPath = new ThemeIcon('graph-line');
      item.description = isSystemMetric(node.metric.key)
        ? describePeak(node.metric)
        : describeMetric(node.metric);
      return item;
    }
    case 'same': {
      const item = new TreeItem('Ran Before');
      item.iconPath = new ThemeIcon('files');
      item.description = `${runName(node.earlier)}, ${describeSame(node.earlier, Date.now())}`;
      item.tooltip =
        'The same code, params and data, as far as they are known. Click to look at it.';
      item.command = {
        command: commandIds.openRun,
        title: 'Open Run',
        arguments: [[node.earlier.id], keepFocus],
      };
      return item;
    }
    case 'live': {
      const item = new TreeItem(seriesKey(node.metric));
      item.iconPath = new ThemeIcon('pulse');
      item.description = `${formatNumber(node.metric.value)} (live)`;
      return item;
    }
    case 'params': {
      const item = new TreeItem('Params', TreeItemCollapsibleState.Collapsed);
      item.iconPath = new ThemeIcon('settings');
      item.description = String(node.run.params.length);
      return item;
    }
    case 'param': {
      const item = new TreeItem(node.param.key);
      item.iconPath = new ThemeIcon('symbol-parameter');
      item.description = node.param.value;
      item.tooltip = `${node.param.key} = ${node.param.value} (${node.param.origin})`;
      return item;
    }
    case 'files': {
      const item = new TreeItem('Files', TreeItemCollapsibleState.Collapsed);
      item.iconPath = new ThemeIcon('files');
      item.description = describeFiles(node.files);
      return item;
    }
    case 'file':
      return fileItem(node.file);
    case 'note': {
      const item = new TreeItem('Note');
      item.iconPath = new ThemeIcon('note');
      item.description = node.note;
      return item;
    }
    case 'code': {
      const { commit, branch, dirty, diffLeftOut } = node.codeState;
      const item = new TreeItem('Code');
      item.iconPath = new ThemeIcon('git-commit');
      item.description = [
        branch,
        commit?.slice(0, 8) ?? 'script only',
        diffLeftOut
          ? 'uncommitted changes, too large to keep'
          : dirty
            ? 'uncommitted changes'
            : undefined,
      ]
        .filter((part) => part !== undefined)
        .join(' · ');
      return item;
    }
    case 'environment': {
      const { environment } = node.run;
      const hasFigures = systemMetrics(node.run).length > 0;
      const item = new TreeItem(
        'Environment',
        hasFigures ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
      );
      item.iconPath = new ThemeIcon('package');
      if (environment) {
        item.description = describeEnvironment(environment);
        item.tooltip = environment.python?.executable ?? environment.hostName;
      }
      return item;
    }
    case 'log': {
      const item = new TreeItem('Log');
      item.iconPath = new ThemeIcon('output');
      const { logBytes, logLeftOut } = node.run;
      item.description = logLeftOut
        ? `${formatBytes(logBytes)}, ${formatBytes(logLeftOut.bytes)} left out`
        : formatBytes(logBytes);
      if (logLeftOut) item.tooltip = describeLogLeftOut(logLeftOut);
      item.command = {
        command: commandIds.openRun,
        title: 'Open Log',
        arguments: [[node.run.id], { section: 'log' }],
      };
      return item;
    }
  }
}

/** It can be restored; all else is told of runs that are there. */
function deletedItem(item: TreeItem, run: Run): TreeItem {
  item.iconPath = new ThemeIcon('trash');
  item.description = `deleted · ${describeRun(run, Date.now())}`;
  return item;
}
