import type { OpenTable } from './finding';
import { createLineForm, readForm } from './lineForm';
import {
  agree,
  follow,
  type LinePlan,
  makePlan,
  type PlannedLine,
  type WholeReading,
} from './linePlan';

/**
 * Learns how lines of one form are read, since a training prints the same few forms again and again
 * with other numbers. A plan is used when whole readings have confirmed it; a form whose values are
 * no numbers of the line, or not always the same ones, gets none.
 */
export interface LinePlans {
  /**
   * The next line as its plan reads it; `undefined` if it must be read whole, and then `learn`ed. A row
   * is read by the plan of its own table alone; a table that is open is told of any other line.
   *
   * @param kind sets bars apart from lines.
   */
  read(raw: string, kind: number, table: OpenTable | undefined): PlannedLine | undefined;
  /** What the line that was given to `read` last turned out to be, with the table that was open. */
  learn(raw: string, table: OpenTable | undefined, whole: WholeReading): void;
}

const MAX_CHANGES = 24;
const MAX_PLANS = 2_000;
const SEEN_SLOTS = 1 << 16;
const KEY_BITS = 0x3fffffff;

export function createLinePlans(): LinePlans {
  // The plans used lately, and those used before: a form that comes again is kept.
  let plans = new Map<number, LinePlan | Hopeless>();
  let older: typeof plans = new Map();
  // Most lines that are no report come once: their forms are not worth a plan.
  const seen = new Uint8Array(SEEN_SLOTS);
  let seenCount = 0;
  const form = createLineForm();

  function give(key: number, plan: LinePlan | Hopeless): void {
    if (plans.size >= MAX_PLANS && !plans.has(key)) {
      older = plans;
      plans = new Map();
    }
    plans.set(key, plan);
  }

  function isSeen(check: number): boolean {
    const slot = check & (SEEN_SLOTS - 1);
    if (seen[slot] === 1) return true;
    // A full table would call everything seen.
    if (++seenCount > SEEN_SLOTS / 4) {
      seen.fill(0);
      seenCount = 1;
    }
    seen[slot] = 1;
    return false;
  }

  function planOf(key: number, check: number): LinePlan | Hopeless | undefined {
    let plan = plans.get(key);
    if (plan === undefined) {
      plan = older.get(key);
      if (plan !== undefined) give(key, plan);
    }
    // Of two forms with one key the one seen last has it.
    return plan?.check === check ? plan : undefined;
  }

  return {
    read(raw, kind, table) {
      readForm(raw, form, kind);
      const { key, check } = form;
      const row = table && planOf(key ^ (table.key & KEY_BITS), check ^ table.key);
      if (row?.isReady === true) return follow(row, raw, form);
      const plan = planOf(key, check);
      const line = plan?.isReady === true ? follow(plan, raw, form) : undefined;
      if (line === undefined || table === undefined || isEarly(plan)) return line;
      const isRow = table.holds(line.line);
      if (isRow === true) return undefined;
      if (isRow === false) table.pass(false);
      return line;
    },
    learn(raw, table, whole) {
      const within = whole.isRow ? (table?.key ?? 0) : 0;
      const key = form.key ^ (within & KEY_BITS);
      const check = form.check ^ within;
      const before = planOf(key, check);
      if (before === undefined) {
        if (isSeen(check)) give(key, makePlan(raw, form, check, whole) ?? { check });
        return;
      }
      if (before.isReady === undefined) return;
      const plan = makePlan(raw, form, check, whole);
      const common = plan && agree(before, plan);
      const changes = before.changes + 1;
      const isLost = plan === undefined || (common === undefined && changes > MAX_CHANGES);
      give(key, common ?? (isLost ? { check } : { ...plan, changes }));
    },
  };
}

/** A form that gets no plan. */
interface Hopeless {
  readonly check: number;
  readonly isReady?: undefined;
}

function isEarly(plan: LinePlan | Hopeless | undefined): boolean {
  return plan?.isReady !== undefined && plan.isEarly;
}
