import { type QuickPickItem, ThemeIcon, window } from 'vscode';
import type { RecordCache } from '../app/recordCache';
import { formatAge } from '../core/format/formatTime';
import { describeRun } from '../core/present/describeRun';
import type { Run, RunId } from '../core/run/run';
import { runName } from '../core/run/runName';
import { asksForMore } from '../core/search/asksForMore';
import { parseSearch } from '../core/search/parseSearch';
import { Cancelled, errorMessage } from '../core/userError';
import { runIcon } from './icons';

export interface RunItem extends QuickPickItem {
  readonly run: Run;
}

/** A line that says something, and cannot be chosen. */
interface SaidItem extends QuickPickItem {
  readonly run?: undefined;
  readonly isSaid: true;
}

interface SearchRunsOptions {
  readonly title: string;
  readonly placeholder?: string;
  /** Chosen to begin with: then several can be. */
  readonly picked?: readonly Run[];
  /** A search finds none but the runs that are offered; else archived ones too, where it asks for them. */
  readonly isOfOffered?: boolean;
  /** The offered are all that, which a search leaves out else. */
  readonly place?: 'archived' | 'deleted';
}

/** What the quick pick of runs needs of the record. */
export type SearchedCache = Pick<RecordCache, 'find' | 'run'>;

/**
 * A quick pick of runs that knows the search grammar: words find as in every quick pick, and a search
 * with conditions shows what the store finds by it. Rejects with `Cancelled` if the user closes it.
 */
export async function searchRuns(
  cache: SearchedCache,
  runs: readonly Run[],
  options: SearchRunsOptions,
): Promise<readonly Run[]> {
  const chosen = await searchRunsAnd<never>(cache, runs, [], options);
  return chosen.map(({ run }) => cache.run(run.id) ?? run);
}

/** As `searchRuns`, with items of other kinds after the runs, which words alone find. */
export async function searchRunsAnd<T extends QuickPickItem & { readonly run?: undefined }>(
  cache: SearchedCache,
  runs: readonly Run[],
  others: readonly T[],
  { title, placeholder, picked, isOfOffered = false, place }: SearchRunsOptions,
): Promise<readonly (RunItem | T)[]> {
  const isMany = picked !== undefined;
  const offered = runItems(runs);
  const items: readonly (RunItem | T)[] = [...offered, ...others];
  const byId = new Map(offered.map((item) => [item.run.id, item]));
  const pick = window.createQuickPick<RunItem | T | SaidItem>();
  pick.title = title;
  pick.placeholder = placeholder ?? 'Type words, or a search such as metrics.val_acc > 0.9';
  pick.canSelectMany = isMany;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const chosen = new Set<RunId>(picked?.map(({ id }) => id));
  let asked = 0;
  let isSetting = false;
  /** Other items lose what was ticked, so it is ticked again; what is ticked stays in sight. */
  const show = (shown: readonly (RunItem | T | SaidItem)[]) => {
    const ids = new Set(shown.flatMap(({ run }) => run?.id ?? []));
    const kept = isMany ? offered.filter(({ run }) => chosen.has(run.id) && !ids.has(run.id)) : [];
    const all = [...shown, ...kept.map(always)];
    isSetting = true;
    pick.items = all;
    if (isMany) {
      pick.selectedItems = all.filter(({ run }) => run !== undefined && chosen.has(run.id));
    }
    isSetting = false;
  };
  const search = async (text: string) => {
    asked += 1;
    const id = asked;
    const parsed = asksForMore(text);
    if (parsed === undefined) {
      if (pick.items.length !== items.length || pick.items[0] !== items[0]) show(items);
      return;
    }
    if (parsed.error) {
      show([said('error', parsed.error.message), ...offered.map(always)]);
      return;
    }
    try {
      const node = place && parseSearch(`(${text}) AND ${place}`).node;
      const found = await cache.find(node ?? parsed.node);
      if (id !== asked) return;
      const shown = found.flatMap((runId) => byId.get(runId) ?? unofferedItem(runId));
      show(shown.length === 0 ? [said('info', 'No run matches.')] : shown.map(always));
    } catch (error) {
      if (id === asked) show([said('error', errorMessage(error))]);
    }
  };
  return new Promise((resolve, reject) => {
    pick.onDidChangeValue((text) => void search(text));
    pick.onDidChangeSelection((selected) => {
      if (isSetting || !isMany) return;
      const ticked = new Set(selected.flatMap(({ run }) => run?.id ?? []));
      for (const { run } of pick.items) {
        if (run === undefined) continue;
        if (ticked.has(run.id)) chosen.add(run.id);
        else chosen.delete(run.id);
      }
    });
    pick.onDidAccept(() => {
      const [active] = pick.activeItems;
      if (isMany) resolve([...chosen].flatMap((runId) => byId.get(runId) ?? unofferedItem(runId)));
      else if (active !== undefined && !isSaid(active)) resolve([active]);
      else return;
      pick.hide();
    });
    pick.onDidHide(() => {
      asked += 1;
      reject(new Cancelled());
      pick.dispose();
    });
    show(items);
    pick.show();
  });

  function unofferedItem(runId: RunId): readonly RunItem[] {
    const run = isOfOffered ? undefined : cache.run(runId);
    return run === undefined ? [] : runItems([run]);
  }
}

/** What the store has found is shown, whatever words VS Code finds in it. */
function always<T extends QuickPickItem>(item: T): T {
  return { ...item, alwaysShow: true };
}

function isSaid(item: QuickPickItem): item is SaidItem {
  return 'isSaid' in item;
}

function said(icon: string, label: string): SaidItem {
  return { label, iconPath: new ThemeIcon(icon), alwaysShow: true, isSaid: true };
}

export function runItems(runs: readonly Run[]): readonly RunItem[] {
  const nowMs = Date.now();
  const wholes = new Map(runs.map((run) => [run.id, run]));
  return runs.map((run) => ({
    label: runName(run),
    iconPath: runIcon(run),
    description: describeRun(run, nowMs),
    detail: `${partOf(run, wholes)}${run.experiment} · ${formatAge(run.startedAtMs, nowMs)}`,
    run,
  }));
}

/** `part of train.py · `: a name such as `fold 2` says little alone. */
function partOf({ parentId }: Run, wholes: ReadonlyMap<RunId, Run>): string {
  const whole = parentId === undefined ? undefined : wholes.get(parentId);
  return whole === undefined ? '' : `part of ${runName(whole)} · `;
}
