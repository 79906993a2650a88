import { isSameNumber } from './sameNumber';

/** Remembers the newest points, to know one that is said again. */
export interface PointMemory {
  /** Whether this point was said before, perhaps with other digits; remembers it if not. */
  isRepeated(
    series: SeriesPoints,
    step: number | undefined,
    epoch: number | undefined,
    value: number,
  ): boolean;
}

/** What a series said, by place: one value, or the newest few. */
export type SeriesPoints = Map<Place, number | number[]>;

/** A step and an epoch as one number, or as text where they do not fit into one. */
type Place = number | string;

const MAX_PLACES = 20_000;
// As many ranks or folds print one step before one of them repeats itself.
const MAX_VALUES_OF_A_PLACE = 8;
const STEP_RANGE = 2 ** 32;
const EPOCH_RANGE = 2 ** 20;

export function createPointMemory(): PointMemory {
  // The places of all series in the order in which they came, the oldest at `oldest`.
  const places: Place[] = [];
  const owners: SeriesPoints[] = [];
  let oldest = 0;

  function remember(series: SeriesPoints, place: Place): void {
    if (places.length < MAX_PLACES) {
      places.push(place);
      owners.push(series);
      return;
    }
    const gone = places[oldest];
    if (gone !== undefined) owners[oldest]?.delete(gone);
    places[oldest] = place;
    owners[oldest] = series;
    oldest = (oldest + 1) % MAX_PLACES;
  }

  return {
    isRepeated(series, step, epoch, value) {
      const place = placeOf(step, epoch);
      const before = series.get(place);
      if (before === undefined) {
        series.set(place, value);
        remember(series, place);
        return false;
      }
      if (typeof before === 'number') {
        if (isSameNumber(before, value)) return true;
        series.set(place, [before, value]);
        return false;
      }
      for (const each of before) if (isSameNumber(each, value)) return true;
      if (before.length === MAX_VALUES_OF_A_PLACE) before.shift();
      before.push(value);
      return false;
    },
  };
}

function placeOf(step: number | undefined, epoch: number | undefined): Place {
  const column = step === undefined ? 0 : step + 1;
  const row = epoch === undefined ? 0 : epoch + 1;
  const fits =
    Number.isInteger(column) &&
    Number.isInteger(row) &&
    column >= 0 &&
    row >= 0 &&
    column < STEP_RANGE &&
    row < EPOCH_RANGE;
  return fits ? row * STEP_RANGE + column : `${step} ${epoch}`;
}
