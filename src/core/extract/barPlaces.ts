import type { Finding } from './finding';
import type { DataSide } from './vocabulary';

/** Gives the bars that name no epoch their place in the one that is open. */
export interface BarPlaces {
  /**
   * @param epoch the one that a heading above has opened.
   * @param side of the data, that a line above has announced.
   */
  place(finding: Finding, epoch: number | undefined, side: DataSide | undefined): Finding;
}

/**
 * Keras names an epoch once, in a line above its bar. A second bar below the same line is no part of
 * that epoch: it is an evaluation, or a prediction.
 */
export function createBarPlaces(): BarPlaces {
  let epochOfLastBar: number | undefined;

  return {
    place(finding, epoch, side) {
      const { bar } = finding;
      if (bar === undefined || epoch === undefined) return finding;
      const isSecond = epochOfLastBar === epoch;
      epochOfLastBar = epoch;
      if (isSecond) {
        const readings = finding.readings.map((reading) => ({
          ...reading,
          context: reading.context ?? side ?? 'test',
        }));
        // Below `Eval begin...` stands the validation of the epoch.
        return bar === 'keras' && side !== 'val'
          ? { readings, isFinal: true }
          : withinEpoch({ ...finding, readings }, epoch);
      }
      return withinEpoch(finding, epoch);
    },
  };
}

/** The same in the epoch that is open, unless it counts for itself. */
export function withinEpoch(finding: Finding, epoch: number | undefined): Finding {
  const isPlaced =
    finding.bar === undefined || finding.bar === 'tqdm' || finding.epoch !== undefined;
  return isPlaced || epoch === undefined ? finding : { ...finding, epoch, step: undefined };
}
