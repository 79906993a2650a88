/** How a command or a cell that runs can be ended by the user. Its source knows. */
export interface Stopper {
  /** Asks it to end, as Ctrl+C in its terminal does. */
  interrupt(): PromiseLike<unknown> | undefined;
  /** Ends it without asking; left out where there is no such way. */
  kill?(): PromiseLike<unknown> | undefined;
}
