import {
  Disposable,
  type QuickInputButton,
  type QuickPickItem,
  ThemeIcon,
  Uri,
  window,
} from 'vscode';
import { importView } from '../app/keepView';
import { formatAge } from '../core/format/formatTime';
import { UserError } from '../core/userError';
import type { SavedView, ViewPage } from '../core/view/savedView';
import { viewPageName } from '../core/view/viewFile';
import { commandIds } from '../platform/contributionIds';
import type { Panels } from '../platform/panels';
import { askViewFile, readSharedView, renameView, shareView } from './savedViews';
import type { Services } from './services';

interface ViewItem extends QuickPickItem {
  readonly view: SavedView;
}

const pages: readonly ViewPage[] = ['runTable', 'charts', 'leaderboard'];
const rename: QuickInputButton = { iconPath: new ThemeIcon('edit'), tooltip: 'Rename' };
const share: QuickInputButton = { iconPath: new ThemeIcon('export'), tooltip: 'Share as File' };
const remove: QuickInputButton = { iconPath: new ThemeIcon('trash'), tooltip: 'Delete' };

/** Opens saved views of every page from the palette. */
export function registerViewCommands(
  services: Services,
  panels: Readonly<Record<ViewPage, Pick<Panels<object>, 'restore'>>>,
): Disposable {
  const { cache, editor, register, guard } = services;
  const all = () => pages.flatMap((page) => cache.views(page));
  const open = ({ page, state }: Pick<SavedView, 'page' | 'state'>) =>
    panels[page].restore(JSON.parse(state));

  async function ask(): Promise<void> {
    await cache.ready;
    if (all().length === 0) {
      throw new UserError('No view is saved yet: open the run table and choose Views.');
    }
    const pick = window.createQuickPick<ViewItem>();
    pick.title = 'Open Saved View';
    pick.matchOnDescription = true;
    const fill = () => {
      pick.items = all().map(toItem);
    };
    fill();
    const stop = cache.onDidChange(({ views }) => {
      if (views) fill();
    });
    pick.onDidTriggerItemButton(({ item: { view }, button }) => {
      if (button === remove) void guard('Deleting a view', () => deleteView(view));
      else {
        pick.hide();
        if (button === rename) void guard('Renaming a view', () => renameView(services, view));
        else void guard('Sharing a view', () => shareView(view));
      }
    });
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      pick.hide();
      if (item) void guard('Opening a view', async () => open(item.view));
    });
    const done = new Promise<void>((resolve) => pick.onDidHide(() => resolve()));
    pick.show();
    await done;
    stop();
    pick.dispose();
  }

  async function deleteView(view: SavedView): Promise<void> {
    await editor.deleteView(view.id);
    const undo = 'Undo';
    // Not waited for: the list stays open.
    void window
      .showInformationMessage(`Deleted the view “${view.name}”.`, undo)
      .then((chosen) =>
        chosen === undo ? guard('Bringing a view back', () => editor.saveView(view)) : undefined,
      );
  }

  return Disposable.from(
    register(commandIds.openView, ask),
    register(commandIds.openViewFile, async (file) => {
      const view = file instanceof Uri ? await readSharedView(file) : await askViewFile();
      open(await importView(services, view, Date.now));
    }),
  );
}

function toItem(view: SavedView): ViewItem {
  return {
    view,
    label: view.name,
    description: `${viewPageName(view.page)} · saved ${formatAge(view.savedAtMs, Date.now())}`,
    buttons: [rename, share, remove],
  };
}
