import { defaultLayout, parseLayout } from '../core/chart/chartLayout';
import { defaultLineView, parseLineView } from '../core/chart/lineView';
import type { RunId } from '../core/run/run';
import type { ChartsState } from './chartsPage';

/** A page of charts as it is before anybody changed it; without runs it follows the newest. */
export function newCharts(runIds: readonly RunId[]): ChartsState {
  return {
    runIds,
    search: '',
    lines: defaultLineView,
    layout: defaultLayout,
    filter: '',
    hiddenRuns: [],
    pinnedRuns: [],
    stylePlaces: [],
  };
}

/** Charts that open with a view: of these runs, or where none are given, of those that the view shows. */
export function chartsOfView(view: unknown, runIds: readonly RunId[]): ChartsState {
  const { stylePlaces: _others, ...state } = parseChartsState(view);
  if (runIds.length === 0) return { ...state, stylePlaces: [] };
  return { ...state, ...{ runIds, search: '', hiddenRuns: [], pinnedRuns: [], stylePlaces: [] } };
}

/** Reads what a page kept, or a view that was saved or shared; what makes no sense is as in a new one. */
export function parseChartsState(kept: unknown): ChartsState {
  if (typeof kept !== 'object' || kept === null) return newCharts([]);
  // SAFETY: any object can be read by name; each field is checked here.
  const given = kept as Readonly<Record<string, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    runIds: readIds(given.runIds),
    search: text(given.search),
    lines: parseLineView(given.lines),
    layout: parseLayout(given.layout),
    filter: text(given.filter),
    hiddenRuns: readIds(given.hiddenRuns),
    pinnedRuns: readIds(given.pinnedRuns),
    stylePlaces: readIds(given.stylePlaces),
  };
}

function readIds(value: unknown): readonly RunId[] {
  // SAFETY: an id that is not there is found nowhere.
  return Array.isArray(value) ? value.filter((id): id is RunId => typeof id === 'string') : [];
}
