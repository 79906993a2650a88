/** Tells the starts of a notebook's kernel apart, by the kernel's own count of what it ran. */
export class KernelSessions<Notebook extends object> {
  readonly #sessions = new WeakMap<Notebook, { readonly id: string; readonly order: number }>();

  constructor(private readonly createId: () => string) {}

  /**
   * Notes that a cell starts.
   *
   * @param order what the kernel counts, from 1 after each of its starts; undefined where it is not known.
   * @returns the same for all that one kernel ran.
   */
  started(notebook: Notebook, order: number | undefined): string {
    const known = this.#sessions.get(notebook);
    const isRestarted = known !== undefined && order !== undefined && order <= known.order;
    const id = known === undefined || isRestarted ? this.createId() : known.id;
    this.#sessions.set(notebook, { id, order: order ?? known?.order ?? 0 });
    return id;
  }
}
