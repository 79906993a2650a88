import type { ConfusionSpec } from '../../../../src/core/chart/chartSpec';
import type { MatrixNormalization } from '../../../../src/core/media/confusionMatrix';

export function normalizationOf({ by }: ConfusionSpec): MatrixNormalization {
  return by === 'row' || by === 'column' ? by : 'none';
}
