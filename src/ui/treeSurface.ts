import type { Disposable } from 'vscode';

/** A tree view, and what is selected in it. */
export interface TreeSurface extends Disposable {
  selection(): readonly unknown[];
}
