import {
  Disposable,
  type ExtensionContext,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import type { Notify } from '../core/rpc';
import { connectPage } from './page';

/** One kind of page: how it is named, and what its host half answers. */
export interface PanelKind<TState extends object, TPage extends object> {
  /** The id that VS Code restores it by, also named in package.json's activation events. */
  readonly viewType: string;
  /** The bundle under `dist/webviews`. */
  readonly view: string;
  /** A wide page takes the place of the editor; one that goes with code stands beside it. */
  readonly placement: 'active' | 'beside';
  /** It has a search of its own; else VS Code's looks through what is drawn. */
  readonly hasOwnFind?: boolean;
  title(state: TState): string;
  /** Two panels of one kind are the same if their keys are. */
  key(state: TState): string;
  /** Reads what a page kept of itself; undefined if it makes no sense any more. */
  parseState(kept: unknown): TState | undefined;
  /** Builds the host half of one panel. */
  open(panel: OpenPanel<TState, TPage>): { readonly host: object; readonly dispose?: () => void };
}

export interface OpenPanel<TState, TPage> {
  readonly state: TState;
  /** Told only while the page is shown; a hidden page asks again when it comes back. */
  readonly page: Notify<TPage>;
  setTitle(title: string): void;
  /** The panel shows something else from now on: it is named, and found again, by that. */
  setState(state: TState): void;
}

export interface Panels<TState> extends Disposable {
  /** Whether there is a panel of this key. */
  isOpen(state: TState): boolean;
  /** Shows the panel of this key, or opens one. */
  show(state: TState, options?: { readonly preserveFocus?: boolean }): void;
  /** Shows what was saved, in the place of the panel of that key if there is one. */
  restore(kept: unknown): void;
}

/** Opens, finds again and restores the panels of one kind. */
export function registerPanels<TState extends object, TPage extends object>(
  context: ExtensionContext,
  kind: PanelKind<TState, TPage>,
): Panels<TState> {
  const open = new Map<string, WebviewPanel>();

  function fill(panel: WebviewPanel, state: TState): void {
    let key = kind.key(state);
    open.set(key, panel);
    panel.iconPath = Uri.joinPath(context.extensionUri, 'media', 'panel.svg');
    panel.title = kind.title(state);
    // The host half and its page need each other; nothing is told before both are there.
    const connection: { page?: Notify<TPage> } = {};
    const page = new Proxy(
      {},
      {
        get:
          (_target, name) =>
          (...args: unknown[]) =>
            // SAFETY: the name is one of the page's functions, as `Notify` says.
            panel.visible &&
            (connection.page as Record<PropertyKey, (...a: unknown[]) => void>)?.[name]?.(...args),
      },
      // SAFETY: each name gives the function of that name.
    ) as Notify<TPage>;
    const half = kind.open({
      state,
      page,
      setTitle: (title) => {
        panel.title = title;
      },
      setState(next) {
        if (open.get(key) === panel) open.delete(key);
        key = kind.key(next);
        open.set(key, panel);
        panel.title = kind.title(next);
      },
    });
    const connected = connectPage<TPage, object>(context, panel, kind.view, state, half.host);
    connection.page = connected.page;
    panel.onDidDispose(() => {
      if (open.get(key) === panel) open.delete(key);
      half.dispose?.();
      connected.dispose();
    });
  }

  const serializer = window.registerWebviewPanelSerializer(kind.viewType, {
    deserializeWebviewPanel: async (panel, kept) => {
      const state = kind.parseState(kept);
      if (state) fill(panel, state);
      else panel.dispose();
    },
  });
  const panels: Panels<TState> = {
    isOpen: (state) => open.has(kind.key(state)),
    restore(kept) {
      const state = kind.parseState(kept);
      if (state === undefined) return;
      // A page keeps its state for as long as its panel lives, so it goes.
      open.get(kind.key(state))?.dispose();
      panels.show(state);
    },
    show(state, { preserveFocus = false } = {}) {
      const shown = open.get(kind.key(state));
      if (shown) {
        shown.reveal(undefined, preserveFocus);
        return;
      }
      const isBeside =
        kind.placement === 'beside' &&
        (window.activeTextEditor !== undefined || window.activeNotebookEditor !== undefined);
      const viewColumn = isBeside ? ViewColumn.Beside : ViewColumn.Active;
      fill(
        window.createWebviewPanel(
          kind.viewType,
          kind.title(state),
          { viewColumn, preserveFocus },
          {
            enableScripts: true,
            enableFindWidget: kind.hasOwnFind !== true,
          },
        ),
        state,
      );
    },
    dispose: () => Disposable.from(serializer, ...open.values()).dispose(),
  };
  return panels;
}
