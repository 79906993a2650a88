/**
 * A moment that orders the changes of all writers the same way everywhere: the wall clock, moved on by
 * every moment seen, with a counter for what happens within one millisecond
 * (Kulkarni et al., "Logical Physical Clocks", 2014).
 */
export interface Moment {
  readonly ms: number;
  readonly counter: number;
}

/** A moment and its writer as text that sorts as they do; no two changes have the same. */
export type Stamp = string & { readonly brand: 'Stamp' };

const msDigits = 9;
const counterDigits = 4;
const maxCounter = 36 ** counterDigits;

export function toStamp(moment: Moment, writerId: string): Stamp {
  const ms = moment.ms.toString(36).padStart(msDigits, '0');
  const counter = moment.counter.toString(36).padStart(counterDigits, '0');
  // SAFETY: this is the only place that makes one.
  return `${ms}${counter}${writerId}` as Stamp;
}

export function stampWriter(stamp: Stamp): string {
  return stamp.slice(msDigits + counterDigits);
}

/** The moment `count` ticks later. */
export function later(moment: Moment, count: number): Moment {
  const total = moment.counter + count;
  return { ms: moment.ms + Math.floor(total / maxCounter), counter: total % maxCounter };
}

export class HybridClock {
  #next: Moment = { ms: 0, counter: 0 };
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes `count` moments in a row and returns the first. */
  take(count: number): Moment {
    const now = Math.floor(this.#now());
    const first = now > this.#next.ms ? { ms: now, counter: 0 } : this.#next;
    this.#next = later(first, count);
    return first;
  }

  /** Later than every moment taken or seen. */
  get next(): Moment {
    return this.#next;
  }

  /** Makes every moment taken from here on later than `count` moments from this one. */
  see(moment: Moment, count: number): void {
    const end = later(moment, count);
    if (end.ms > this.#next.ms || (end.ms === this.#next.ms && end.counter > this.#next.counter)) {
      this.#next = end;
    }
  }
}
