import { useEffect, useRef, useState } from 'preact/hooks';
import type { Remote } from '../../../src/core/rpc';
import type { RunPageHost, ShownLogSize } from '../../../src/protocol/runPage';

/** While a run prints, its log is asked for what is new so often. */
const followMs = 400;

/** How far the log is known: read on until its end, and while the run goes on, beyond. */
export function useLogSize(
  host: Remote<RunPageHost>,
  runId: string,
  isRunning: boolean,
): { readonly size: ShownLogSize | undefined; readonly problem: string | undefined } {
  const [known, setKnown] = useState<{
    readonly runId: string;
    readonly size?: ShownLogSize;
    readonly problem?: string;
  }>({ runId });
  const last = useRef<ShownLogSize>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    last.current = undefined;
    const ask = async () => {
      try {
        const size = await host.readLogSize();
        if (isOver) return;
        const isNews =
          last.current?.lineCount !== size.lineCount ||
          last.current.doneBytes !== size.doneBytes ||
          last.current.isWhole !== size.isWhole;
        last.current = size;
        if (isNews) setKnown({ runId, size });
        if (!size.isWhole) void ask();
        else if (isRunning) timer = setTimeout(ask, followMs);
      } catch (error) {
        if (!isOver) {
          const problem = error instanceof Error ? error.message : String(error);
          setKnown((before) => ({ ...before, runId, problem }));
        }
      }
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [host, runId, isRunning]);
  const isOwn = known.runId === runId;
  return { size: isOwn ? known.size : undefined, problem: isOwn ? known.problem : undefined };
}
