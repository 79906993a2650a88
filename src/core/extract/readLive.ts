import { withinEpoch } from './barPlaces';
import type { ExtractedMetric } from './extraction';
import { EVERY_SIGN } from './lineSigns';
import { progress } from './recognisers/progress';

/** The values that an unfinished row shows, if it is a bar that has begun. */
export function readLive(text: string, epoch: number | undefined): readonly ExtractedMetric[] {
  const context = { epoch, step: undefined, hasMetrics: true, signs: EVERY_SIGN };
  const found = progress.recognise(text, context);
  if (found === undefined) return [];
  const finding = withinEpoch(found, epoch);
  return finding.readings
    .filter(({ certainty }) => certainty === 'sure')
    .map(({ key, value, context }) => ({
      key,
      value,
      ...(finding.step === undefined ? {} : { step: finding.step }),
      ...(finding.epoch === undefined ? {} : { epoch: finding.epoch }),
      ...(context === undefined ? {} : { context }),
    }));
}
