import { useEffect, useState } from 'preact/hooks';
import type { SourceQuery } from '../../../src/core/history/sourceSearch';
import type { Remote } from '../../../src/core/rpc';
import type { RunPageHost } from '../../../src/protocol/runPage';

/** What is found of a query by now. */
export interface LogSearch {
  /** The first of the lines that have it, in their order. */
  readonly lines: readonly number[];
  /** Of all of them. */
  readonly count: number;
  /** All lines before this one were looked at. */
  readonly nextLine: number;
  readonly isWhole: boolean;
  /** The user stopped it before it was whole. */
  readonly isStopped?: boolean;
  readonly problem?: string;
}

const nothing: LogSearch = { lines: [], count: 0, nextLine: 0, isWhole: false };
/** Beyond these a search is too wide to be walked through, and is only counted. */
const maxLines = 100_000;
const typingMs = 120;

export interface StoppableSearch {
  readonly search: LogSearch;
  readonly stop: () => void;
  /** Goes on where it was stopped. */
  readonly goOn: () => void;
}

/** Looks through the whole log in turns, and through what comes to it, until it is stopped. */
export function useLogSearch(
  host: Remote<RunPageHost>,
  query: SourceQuery | undefined,
  lineCount: number,
): StoppableSearch {
  const key = query && JSON.stringify(query);
  const [stopped, setStopped] = useState<string>();
  const isStopped = key !== undefined && stopped === key;
  const [search, setSearch] = useState<{ readonly key?: string | undefined } & LogSearch>(nothing);
  useEffect(() => {
    if (query === undefined || key === undefined) {
      setSearch(nothing);
      setStopped(undefined);
      return;
    }
    if (isStopped) return;
    // Another search was begun: this one is to be looked for anew where it is entered again.
    if (stopped !== undefined) setStopped(undefined);
    let isOver = false;
    const before = search.key === key && search.problem === undefined ? search : nothing;
    let { lines, count, nextLine } = withoutLastLine(before);
    const look = async () => {
      try {
        while (!isOver) {
          const found = await host.findInLog(query, nextLine);
          if (isOver) return;
          count += found.lines.length;
          if (lines.length < maxLines) lines = [...lines, ...found.lines].slice(0, maxLines);
          nextLine = found.nextLine;
          setSearch({ key, lines, count, nextLine, isWhole: found.isWhole });
          if (found.isWhole) return;
        }
      } catch (error) {
        if (isOver) return;
        const problem = error instanceof Error ? error.message : String(error);
        setSearch({ ...nothing, key, isWhole: true, problem });
      }
    };
    const timer = setTimeout(look, before === nothing ? typingMs : 0);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [host, key, lineCount, isStopped]);
  const own = search.key === key ? search : nothing;
  return {
    search: isStopped && !own.isWhole ? { ...own, isStopped } : own,
    stop: () => setStopped(key),
    goOn: () => setStopped(undefined),
  };
}

/** The last line of what was looked at may have grown since: it is looked at again. */
function withoutLastLine(search: LogSearch): LogSearch {
  const { lines, count, nextLine } = search;
  // Of matches that are only counted it cannot be told whether it was one.
  if (nextLine === 0 || lines.length < count) return search;
  const kept = lines.at(-1) === nextLine - 1 ? lines.slice(0, -1) : lines;
  return { ...search, lines: kept, count: kept.length, nextLine: nextLine - 1 };
}

/** The place in `lines` of the next match from a line on; undefined if there is none. */
export function nextMatch(
  lines: readonly number[],
  from: number,
  step: 1 | -1,
): number | undefined {
  if (lines.length === 0) return undefined;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle] ?? 0) <= (step === 1 ? from : from - 1)) low = middle + 1;
    else high = middle;
  }
  // `low` is the first one after; before it stands the last one before.
  return step === 1 ? low % lines.length : (low - 1 + lines.length) % lines.length;
}
