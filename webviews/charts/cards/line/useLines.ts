import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CountedSeries, LinesRequest } from '../../../../src/core/chart/lineColumns';
import type { RunId } from '../../../../src/core/run/run';
import type { ChartedRun } from '../../../../src/protocol/chartsPage';
import type { CardContext } from '../../cardContext';

/** The points of one metric of one run. */
export interface RunLine {
  readonly run: ChartedRun;
  readonly key: string;
  readonly series: CountedSeries;
}

interface Known {
  readonly line: RunLine;
  readonly pointCount: number;
}

/**
 * The lines of some metrics of all shown runs, read again only of runs that have other points than
 * before. Undefined until the first answer.
 *
 * @param buckets how fine: at most four points for each; 0 for all points.
 */
export function useLines(
  { runs, readLines, attempt }: CardContext,
  keys: readonly string[],
  buckets: number,
): readonly RunLine[] | undefined {
  const [lines, setLines] = useState<readonly RunLine[]>();
  const known = useRef(new Map<string, Known>());
  const wantedAs = `${buckets} ${keys.join('\n')}`;
  const readAs = useRef(wantedAs);
  const turn = useRef(0);

  useLayoutEffect(() => {
    if (readAs.current !== wantedAs) {
      readAs.current = wantedAs;
      known.current = new Map();
    }
    const mine = ++turn.current;
    attempt(read());

    async function read(): Promise<void> {
      const at = (runId: RunId, key: string) => known.current.get(`${runId} ${key}`);
      const wanted = keys.map((key) => ({
        key,
        runs: runs.filter((run) => at(run.runId, key)?.pointCount !== run.pointCount),
      }));
      if (wanted.some((each) => each.runs.length > 0)) {
        const request: LinesRequest = {
          wanted: wanted.map(({ key, runs: some }) => ({
            key,
            runIds: some.map(({ runId }) => runId),
          })),
          buckets,
        };
        const answer = await readLines(request);
        if (turn.current !== mine && readAs.current !== wantedAs) return;
        let place = 0;
        for (const { key, runs: some } of wanted) {
          for (const run of some) {
            const series = answer[place++];
            if (series === undefined) continue;
            known.current.set(`${run.runId} ${key}`, {
              line: { run, key, series },
              pointCount: run.pointCount,
            });
          }
        }
      }
      if (turn.current !== mine) return;
      setLines(
        keys.flatMap((key) =>
          runs.flatMap((run) => {
            const line = at(run.runId, key)?.line;
            return line === undefined || line.series.values.length === 0 ? [] : [{ ...line, run }];
          }),
        ),
      );
    }
  }, [runs, wantedAs]);
  return lines;
}
