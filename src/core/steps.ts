/** Long work in small pieces: whoever runs it can let others have their turn after each. */
export type Steps<T> = Generator<void, T, void>;

/** All of it at once. */
export function runSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
