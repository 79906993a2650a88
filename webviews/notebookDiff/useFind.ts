import { useEffect, useState } from 'preact/hooks';
import type { FindMatch, FindQuery, FindResult } from '../../src/core/notebook/view/findInDiff';
import type { Remote } from '../../src/core/rpc';
import type { DiffParts, NotebookDiffHost } from '../../src/protocol/notebookDiffPage';

export interface Find {
  readonly isOpen: boolean;
  readonly text: string;
  readonly matchCase: boolean;
  readonly result: FindResult | undefined;
  /** Index of the match that is shown. */
  readonly at: number | undefined;
  readonly match: FindMatch | undefined;
  open(): void;
  close(): void;
  setText(text: string): void;
  setMatchCase(matchCase: boolean): void;
  go(by: 1 | -1): void;
}

/** Waits for the next letter before it searches. */
const pauseMs = 120;
const none: FindResult = { matches: [], more: false };

/** Finds a text in all of the diff, also in what is not drawn. */
export function useFind(
  host: Remote<NotebookDiffHost>,
  diffId: number,
  parts: DiffParts,
  attempt: (action: Promise<void>) => void,
): Find {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const [result, setResult] = useState<FindResult>();
  const [at, setAt] = useState<number>();

  useEffect(() => {
    setResult(undefined);
    setAt(undefined);
    if (!isOpen || text === '') return;
    let isOld = false;
    const query: FindQuery = { text, matchCase, parts };
    const timer = setTimeout(() => {
      attempt(
        (async () => {
          const found = (await host.readMatches(diffId, query)) ?? none;
          if (isOld) return;
          setResult(found);
          if (found.matches.length > 0) setAt(0);
        })(),
      );
    }, pauseMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [isOpen, text, matchCase, parts, diffId]);

  const count = result?.matches.length ?? 0;
  return {
    ...{ isOpen, text, matchCase, result, at, setText, setMatchCase },
    match: at === undefined ? undefined : result?.matches[at],
    open: () => setOpen(true),
    close: () => setOpen(false),
    go(by) {
      if (count > 0) setAt(((at ?? -by) + by + count) % count);
    },
  };
}
