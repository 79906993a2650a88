import type { RunGroup } from '../../src/core/table/groupRows';
import type { CellStore } from './cellStore';
import type { CurveStore } from './curveStore';

/** What cells are drawn from, besides the run of their row. */
export interface DrawContext {
  readonly cells: CellStore;
  readonly curves: CurveStore;
  readonly nowMs: number;
  /** The slot of the run that the others are held against. */
  readonly baseline: number | undefined;
  /** By column, the code of what is no difference; undefined where none are marked. */
  readonly references: ReadonlyMap<string, number> | undefined;
}

/** One cell on screen; the same element shows one run after the other. */
export interface CellView {
  readonly element: HTMLElement;
  drawRun(slot: number, context: DrawContext): void;
  drawGroup(group: RunGroup, context: DrawContext): void;
}

/** Changes a text only where it is another, so that nothing is laid out in vain. */
export function setText(node: Text, text: string): void {
  if (node.data !== text) node.data = text;
}

export function setClass(element: Element, name: string): void {
  if (element.className !== name) element.className = name;
}

export function setTitle(element: HTMLElement, title: string): void {
  if (element.title !== title) element.title = title;
}
