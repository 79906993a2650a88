import { readFileSync } from 'node:fs';
import type { ExtractedMetric } from '../../../src/core/extract/extractor';

/** A point as the framework's own history has it. */
export interface LoggedPoint {
  readonly key: string;
  /** A text where it is not finite. */
  readonly value: number | string;
  readonly step?: number;
  readonly epoch?: number;
  /** Where the key does not say it. */
  readonly context?: string;
}

export interface CaptureTruth {
  readonly metrics: readonly LoggedPoint[];
  readonly params: Readonly<Record<string, string | number>>;
}

export function readTruth(file: string): CaptureTruth {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The points, one a line and sorted, in terms that both sides have. */
export function describeLogged(points: readonly LoggedPoint[]): readonly string[] {
  return points.map(describePoint).sort();
}

/**
 * What was extracted, in the same terms: a step beside an epoch, an epoch beside a step and a side of
 * the data are compared where the framework's history has them for the key.
 */
export function describeExtracted(
  found: readonly ExtractedMetric[],
  { metrics }: CaptureTruth,
): readonly string[] {
  const logged = new Set(metrics.map(({ key }) => key));
  const has = (field: 'step' | 'epoch' | 'context', key: string): boolean =>
    metrics.some((point) => point.key === key && point[field] !== undefined);
  return found
    .filter(({ key }) => logged.has(key) || !BYPRODUCT.test(key))
    .map(({ key, value, step, epoch, context }) =>
      describePoint({
        key,
        value: Number.isFinite(value) ? value : String(value).replace('NaN', 'nan'),
        ...(step === undefined || (!has('step', key) && has('epoch', key)) ? {} : { step }),
        ...(epoch === undefined || (!has('epoch', key) && has('step', key)) ? {} : { epoch }),
        ...(context === undefined || !has('context', key) ? {} : { context }),
      }),
    )
    .sort();
}

// Welcome beside the metrics, and no metric of a framework's history.
const BYPRODUCT = /^(?:lr|learning_rate|grad_norm|norm)$/;

function describePoint({ key, value, step, epoch, context }: LoggedPoint): string {
  return [
    `${key}=${value}`,
    step === undefined ? '' : ` step ${step}`,
    epoch === undefined ? '' : ` epoch ${epoch}`,
    context === undefined ? '' : ` (${context})`,
  ].join('');
}
