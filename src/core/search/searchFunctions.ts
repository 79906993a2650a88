import type { MetricFigure } from './searchNode';

/** Figures of a metric that are asked for by name, such as `best(metrics.val_acc)`. */
export const figureFunctions: readonly MetricFigure[] = [
  ...(['best', 'last', 'first', 'min', 'max', 'count'] as const),
];

export const searchFunctions: readonly string[] = [...figureFunctions, 'mean', 'at', 'has'];

/** What `metrics.`, `params.` … at the beginning of a key mean; MLflow has all of these words. */
export const keyPrefixes: ReadonlyMap<
  string,
  'metric' | 'param' | 'tag' | 'attribute' | 'dataset' | 'artifact'
> = new Map([
  ...['metric', 'metrics'].map((word) => [word, 'metric'] as const),
  ...['param', 'params', 'parameter', 'parameters'].map((word) => [word, 'param'] as const),
  ...['tag', 'tags'].map((word) => [word, 'tag'] as const),
  ...['attribute', 'attributes', 'attr', 'run'].map((word) => [word, 'attribute'] as const),
  ...['dataset', 'datasets'].map((word) => [word, 'dataset'] as const),
  ...['artifact', 'artifacts'].map((word) => [word, 'artifact'] as const),
]);
