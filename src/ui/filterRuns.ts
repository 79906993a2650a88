import {
  Disposable,
  type ExtensionContext,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  window,
} from 'vscode';
import type { RunFilter } from '../app/runFilter';
import { parseSearch } from '../core/search/parseSearch';
import { type SearchVocabulary, suggestSearch } from '../core/search/suggestSearch';
import { commandIds } from '../platform/contributionIds';
import { readRecentSearches, rememberSearch } from './recentSearches';
import type { Services } from './services';

interface FilterItem extends QuickPickItem {
  /** What the text is then. */
  readonly text: string;
  /** Filters by it; else one goes on writing. */
  readonly isWhole: boolean;
}

const maxSuggestions = 12;

/** "Filter Runs…" and "Clear Filter" of the tree. */
export function registerFilterRuns(
  { workspaceState }: ExtensionContext,
  { cache, reader, register, guard }: Services,
  filter: RunFilter,
): Disposable {
  async function ask(): Promise<void> {
    const pick = window.createQuickPick<FilterItem>();
    let vocabulary: SearchVocabulary | undefined;
    let asked = 0;
    pick.title = 'Filter Runs';
    pick.placeholder = 'Words, or metrics.val_acc > 0.9 AND params.lr < 0.01';
    pick.matchOnDescription = false;
    const show = async () => {
      asked += 1;
      const id = asked;
      const text = pick.value;
      const { node, error } = parseSearch(text);
      // Some letters are no search yet, but what completes them is offered below.
      const own: FilterItem[] =
        text.trim() === ''
          ? []
          : [
              error === undefined
                ? whole(text, 'filter', 'Press Enter to filter by this')
                : { ...whole(text, 'error', error.message), isWhole: false },
            ];
      const shown = [...own, ...offers(text)];
      setItems(shown);
      if (node === undefined || text.trim() === '') return;
      const { length } = await cache.find(node);
      const [first, ...others] = shown;
      if (id !== asked || first === undefined) return;
      setItems([{ ...first, description: length === 1 ? '1 run' : `${length} runs` }, ...others]);
    };
    /** What the user wrote comes first and is what Enter takes. */
    const setItems = (items: readonly FilterItem[]) => {
      pick.items = items;
      const [first] = items;
      if (first !== undefined && pick.value.trim() !== '') pick.activeItems = [first];
    };
    const offers = (text: string): readonly FilterItem[] => {
      if (text.trim() === '') {
        const recent = readRecentSearches(workspaceState);
        const views = cache.views('runTable').flatMap((view) => viewOffer(view));
        return [
          ...headed('Saved views', views),
          ...headed(
            'Earlier',
            recent.map((each) => whole(each, 'history')),
          ),
          ...headed('What can be searched', completions(text)),
        ];
      }
      return completions(text);
    };
    const completions = (text: string): readonly FilterItem[] =>
      vocabulary === undefined
        ? []
        : suggestSearch(text, text.length, vocabulary)
            .slice(0, maxSuggestions)
            .map(({ kind, label, insert, replaces }) => ({
              label,
              description: kind,
              alwaysShow: true,
              iconPath: new ThemeIcon(kind === 'metric' ? 'graph-line' : 'symbol-keyword'),
              text: `${text.slice(0, replaces.offset)}${insert} `,
              isWhole: false,
            }));
    const guarded = () => void guard('Filtering runs', show);
    const done = new Promise<void>((resolve) => pick.onDidHide(() => resolve()));
    pick.onDidChangeValue(guarded);
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      const text = item?.text ?? pick.value;
      const isGood = parseSearch(text).error === undefined;
      if (isGood && (item === undefined || item.isWhole)) {
        pick.hide();
        void guard('Filtering runs', async () => {
          await filter.set(text);
          await rememberSearch(workspaceState, text);
        });
      } else if (item !== undefined && text !== pick.value) {
        pick.value = text;
        guarded();
      }
    });
    pick.value = filter.text();
    guarded();
    pick.show();
    void guard('Reading what can be searched', async () => {
      vocabulary = await reader.readVocabulary();
      await show();
    });
    await done;
    asked += 1;
    pick.dispose();
  }
  return Disposable.from(
    register(commandIds.filterRuns, (text) =>
      typeof text === 'string' ? filter.set(text) : ask(),
    ),
    register(commandIds.clearRunFilter, () => filter.set('')),
  );
}

function whole(text: string, icon: string, detail?: string): FilterItem {
  return {
    ...{ label: text, text, isWhole: true, alwaysShow: true },
    iconPath: new ThemeIcon(icon),
    ...(detail !== undefined && { detail }),
  };
}

/** The search of a saved view of the table, named as the view. */
function viewOffer({
  name,
  state,
}: {
  readonly name: string;
  readonly state: string;
}): FilterItem[] {
  const { search } = readState(state);
  if (typeof search !== 'string' || search.trim() === '') return [];
  if (parseSearch(search).error !== undefined) return [];
  return [{ ...whole(search, 'bookmark'), label: name, description: search }];
}

function readState(state: string): { readonly search?: unknown } {
  try {
    const read: unknown = JSON.parse(state);
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}

function headed(label: string, items: readonly FilterItem[]): readonly FilterItem[] {
  if (items.length === 0) return [];
  const kind = QuickPickItemKind.Separator;
  return [{ label, kind, text: '', isWhole: false }, ...items];
}
