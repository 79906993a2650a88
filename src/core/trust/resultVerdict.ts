/**
 * What can be said of the result that a cell shows.
 *
 * - `fresh`: running the notebook from top to bottom would give it again.
 * - `stale`: the cell, or one on which it depends, was changed or ran since.
 * - `outOfOrder`: it used a value that it would not have had from top to bottom.
 * - `hiddenState`: it used what a source left behind that is no longer in the notebook.
 * - `failed`: it raised an error, or was interrupted.
 * - `notRun`: there is no result.
 * - `unknown`: what is known does not suffice for any of these.
 */
export type ResultVerdict =
  | 'fresh'
  | 'stale'
  | 'outOfOrder'
  | 'hiddenState'
  | 'failed'
  | 'notRun'
  | 'unknown';
