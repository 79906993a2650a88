import { useMemo, useRef } from 'preact/hooks';
import type { RunId } from '../../src/core/run/run';
import type { ChartedRun } from '../../src/protocol/chartsPage';
import { keepPlaces, type LineStyle, lineStyle, mostStyles } from '../shared/chart/runStyles';
import { groupName } from './state';

export interface Styles {
  readonly styleOf: (runId: RunId) => LineStyle;
  readonly groupStyleOf: (group: string) => LineStyle;
  /** Of a run in the legend: of its group, where runs are put into groups. */
  readonly legendStyleOf: (run: ChartedRun) => LineStyle;
}

const noGroups: readonly string[] = [];

/** How runs and groups are drawn, in all charts alike. Other functions only when something is drawn otherwise. */
export function useStyles(
  stylePlaces: readonly string[],
  runs: readonly ChartedRun[],
  groupBy: string | undefined,
  isDark: boolean,
): Styles {
  const kept = useRef(noGroups);
  kept.current =
    groupBy === undefined
      ? noGroups
      : keepPlaces(kept.current, [...new Set(runs.map(({ group }) => groupName(group, groupBy)))]);
  const groups = kept.current;
  return useMemo(() => {
    const styles = (places: readonly string[]) => {
      const placeOf = new Map(places.map((id, place) => [id, place]));
      return (id: string) => {
        const style = lineStyle(placeOf.get(id) ?? 0, isDark);
        return places.length > mostStyles ? { ...style, dash: [] } : style;
      };
    };
    const styleOf = styles(stylePlaces);
    const groupStyleOf = styles(groups);
    return {
      styleOf,
      groupStyleOf,
      legendStyleOf: ({ runId, group }) =>
        groupBy === undefined ? styleOf(runId) : groupStyleOf(groupName(group, groupBy)),
    };
  }, [stylePlaces, groups, groupBy, isDark]);
}
