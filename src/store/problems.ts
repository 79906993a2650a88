import type { StoreProblem } from './store';

/** A folder that comes and goes tells of it for as long as the window is open. */
const maxKept = 200;

/** What the user is to know. What does not go away is told once, not at every look. */
export class Problems {
  readonly #now: () => number;
  readonly #tell: (problem: StoreProblem) => void;
  readonly #all: StoreProblem[] = [];
  readonly #lasting = new Set<string>();

  constructor(now: () => number, tell: (problem: StoreProblem) => void) {
    this.#now = now;
    this.#tell = tell;
  }

  /** Oldest first. */
  get all(): readonly StoreProblem[] {
    return this.#all;
  }

  report(message: string, action?: StoreProblem['action']): void {
    if (this.#lasting.has(message)) return;
    this.#lasting.add(message);
    const problem = { message, atMs: this.#now(), ...(action && { action }) };
    this.#all.push(problem);
    if (this.#all.length > maxKept) this.#all.shift();
    this.#tell(problem);
  }

  /** From here on the message is told again. */
  passed(message: string): void {
    this.#lasting.delete(message);
  }
}
