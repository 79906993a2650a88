export interface Gatherer {
  /** Does it at once after a rest; what is asked soon after waits, and of that only the last is done. */
  request(action: () => void): void;
  stop(): void;
}

/** Answers the first of many requests without delay, and those that follow within `restMs` together. */
export function createGatherer(restMs: number): Gatherer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void) | undefined;
  const act = (action: () => void) => {
    timer = setTimeout(rested, restMs);
    action();
  };
  const rested = () => {
    timer = undefined;
    const next = waiting;
    waiting = undefined;
    if (next !== undefined) act(next);
  };
  return {
    request(action) {
      if (timer === undefined) act(action);
      else waiting = action;
    },
    stop() {
      clearTimeout(timer);
      timer = waiting = undefined;
    },
  };
}
