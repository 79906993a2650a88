import type { Disposable } from 'vscode';

export interface Throttle extends Disposable {
  /** Asks for the action; asked often, it is done at most every `intervalMs`. */
  request(): void;
}

/** The first request is served at once, so that nothing on screen waits without need. */
export function createThrottle(action: () => void, intervalMs = 200): Throttle {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs = 0;
  const act = () => {
    timer = undefined;
    lastMs = Date.now();
    action();
  };
  return {
    request() {
      if (timer !== undefined) return;
      timer = setTimeout(act, Math.max(0, lastMs + intervalMs - Date.now()));
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}
