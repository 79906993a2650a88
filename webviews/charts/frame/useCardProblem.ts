import { useCallback, useEffect, useState } from 'preact/hooks';

/** Why one card could not be read, while the others go on. */
export interface CardProblem {
  readonly problem: string | undefined;
  /** Another number whenever the card is to be read again from the beginning. */
  readonly turn: number;
  readonly retry: () => void;
  readonly attemptRead: (action: Promise<void>) => void;
}

/** @param runs what is read of; with others the problem may be gone, and the card is read again. */
export function useCardProblem(runs: unknown): CardProblem {
  const [problem, setProblem] = useState<string>();
  const [turn, setTurn] = useState(0);
  const attemptRead = useCallback((action: Promise<void>) => {
    action.catch((error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  }, []);
  const retry = useCallback(() => {
    setProblem(undefined);
    setTurn((before) => before + 1);
  }, []);
  useEffect(() => {
    if (problem !== undefined) retry();
  }, [runs]);
  return { problem, turn, retry, attemptRead };
}
