import type { ViewId } from '../core/view/savedView';

/** A view as the menu of a page lists it. */
export interface ListedView {
  readonly id: ViewId;
  readonly name: string;
  /** Whether the page opens with it. */
  readonly isDefault?: boolean;
}

export interface OpenedView extends ListedView {
  /** The JSON that the page gave when it was saved, or that came in a file: to be checked. */
  readonly state: string;
}

/** What the menu of saved views asks of the host of its page; the views are those of this page. */
export interface SavedViewsHost {
  /** By name. */
  readViews(): Promise<readonly ListedView[]>;
  /** Rejects if it is not there any more. */
  readView(viewId: ViewId): Promise<OpenedView>;
  /** Asks for a name; one that is taken is offered to be replaced. Undefined: the user closed it. */
  saveViewAs(state: string): Promise<ListedView | undefined>;
  /** Puts what is shown now in the place of what was saved. */
  updateView(viewId: ViewId, state: string): Promise<void>;
  /** Asks for another name. */
  renameView(viewId: ViewId): Promise<void>;
  /** The page opens with this view from now on where it has no state of its own; undefined: with none. */
  setDefaultView(viewId: ViewId | undefined): Promise<void>;
  deleteView(viewId: ViewId): Promise<void>;
  /** Takes back the last `deleteView` of this page. */
  undoDeleteView(): Promise<void>;
  /** Asks where to, and writes a file that others can open. */
  shareView(viewId: ViewId): Promise<void>;
  /** Asks which file, and keeps its view. Undefined: the user closed it. */
  openViewFile(): Promise<OpenedView | undefined>;
}
