import { Uri, window, workspace } from 'vscode';
import { importView, keepView, type ViewServices } from '../app/keepView';
import { Cancelled, UserError } from '../core/userError';
import type { SavedView, ViewId, ViewPage } from '../core/view/savedView';
import {
  cleanViewName,
  isSameViewName,
  maxViewFileBytes,
  printViewFile,
  readViewFile,
  type SharedView,
} from '../core/view/viewFile';
import type { SavedViewsHost } from '../protocol/savedViewsHost';
import type { Services } from './services';

export const viewFileSuffix = '.epochlog-view.json';
const filters = { 'Epochlog view': ['epochlog-view.json', 'json'] };

/** The host half of the menu of saved views of one panel. */
export function createSavedViewsHost(
  page: ViewPage,
  services: ViewServices & Pick<Services, 'cache' | 'defaultViews'>,
): SavedViewsHost {
  const { cache, editor, defaultViews } = services;
  let deleted: SavedView | undefined;
  const find = (viewId: ViewId) => findView(services, page, viewId);
  return {
    async readViews() {
      await cache.readViews();
      const chosen = defaultViews.find(page)?.id;
      return cache.views(page).map(({ id, name }) => ({ id, name, isDefault: id === chosen }));
    },
    readView: async (viewId) => find(viewId),
    saveViewAs: (state) =>
      unlessCancelled(async () => {
        const name = await askViewName(services, page, 'Save View As');
        return keepView(services, { name, page, state }, Date.now);
      }),
    async updateView(viewId, state) {
      await editor.saveView({ ...find(viewId), state, savedAtMs: Date.now() });
    },
    renameView: async (viewId) => {
      await unlessCancelled(() => renameView(services, find(viewId)));
    },
    setDefaultView: (viewId) => defaultViews.set(page, viewId),
    async deleteView(viewId) {
      deleted = find(viewId);
      await editor.deleteView(viewId);
    },
    async undoDeleteView() {
      if (deleted === undefined) return;
      await editor.saveView(deleted);
      deleted = undefined;
    },
    shareView: async (viewId) => {
      await unlessCancelled(() => shareView(find(viewId)));
    },
    openViewFile: () =>
      unlessCancelled(async () => importView(services, await askViewFile(page), Date.now)),
  };
}

function findView({ cache }: ViewServices, page: ViewPage, viewId: ViewId): SavedView {
  const found = cache.views(page).find(({ id }) => id === viewId);
  if (found === undefined) throw new UserError('This view has been deleted: save it again.');
  return found;
}

export async function renameView(services: ViewServices, view: SavedView): Promise<void> {
  const name = await askViewName(services, view.page, 'Rename View', view);
  await services.editor.saveView({ ...view, name, savedAtMs: Date.now() });
}

/** Rejects with `Cancelled` if the user closes it. */
async function askViewName(
  { cache }: ViewServices,
  page: ViewPage,
  title: string,
  renamed?: SavedView,
): Promise<string> {
  const taken = (name: string) =>
    cache.views(page).find((view) => view.id !== renamed?.id && isSameViewName(view.name, name));
  const given = await window.showInputBox({
    title,
    value: renamed?.name ?? '',
    prompt: renamed
      ? 'Name this view.'
      : 'Name what is shown now, to find it again. A name that is there already is replaced.',
    validateInput(text) {
      const name = cleanViewName(text);
      if (name === undefined) return 'Write a name.';
      // Saving asks nothing more: to take the name of another is how a view is replaced.
      return renamed && taken(name)
        ? `There is a view “${name}” already: write another.`
        : undefined;
    },
  });
  const name = given === undefined ? undefined : cleanViewName(given);
  if (name === undefined) throw new Cancelled();
  return name;
}

export async function shareView(view: SavedView): Promise<void> {
  const fileName = `${view.name.replaceAll(/[^\p{L}\p{N} ._-]+/gu, ' ').trim() || 'view'}${viewFileSuffix}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    title: 'Share View as File',
    saveLabel: 'Share',
    ...(folder && { defaultUri: Uri.joinPath(folder, fileName) }),
    filters,
  });
  if (!target) throw new Cancelled();
  await workspace.fs.writeFile(target, new TextEncoder().encode(printViewFile(view)));
}

/** @param page the page that it must be of; undefined: any. */
export async function askViewFile(page?: ViewPage): Promise<SharedView> {
  const [file] =
    (await window.showOpenDialog({ title: 'Open View from File', openLabel: 'Open', filters })) ??
    [];
  if (!file) throw new Cancelled();
  return readSharedView(file, page);
}

export async function readSharedView(file: Uri, page?: ViewPage): Promise<SharedView> {
  const { size } = await workspace.fs.stat(file);
  if (size > maxViewFileBytes) {
    throw new UserError('This file is too large for a view: choose another.');
  }
  const bytes = await workspace.fs.readFile(file);
  const { view, problem } = readViewFile(new TextDecoder().decode(bytes), page);
  if (view === undefined) throw new UserError(problem);
  return view;
}

async function unlessCancelled<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    throw error;
  }
}
