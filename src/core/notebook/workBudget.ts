/**
 * Bounds the work of a diff by counting it, not by the clock, so that the same two notebooks give
 * the same diff on every machine. One unit is about the comparison of two small numbers.
 */
export interface WorkBudget {
  /** Takes `units` if that many are left; once it has refused, `exhausted` stays true. */
  spend(units: number): boolean;
  readonly exhausted: boolean;
}

export function createWorkBudget(units: number): WorkBudget {
  let left = units;
  let exhausted = false;
  return {
    spend(cost) {
      if (cost > left) {
        exhausted = true;
        return false;
      }
      left -= cost;
      return true;
    },
    get exhausted() {
      return exhausted;
    },
  };
}
