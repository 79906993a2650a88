import {
  type NamedColumn,
  type ParamsImportance,
  paramsImportance,
} from '../core/plot/paramsImportance';

/** Figures over many runs that take too long for the extension host; the other side of a worker. */
export interface PlotService {
  paramsImportance(params: readonly NamedColumn[], target: Float64Array): ParamsImportance;
}

export function createPlotService(): PlotService {
  return { paramsImportance };
}
