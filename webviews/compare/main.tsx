import type { Run } from '../../src/core/run/run';
import type { CompareHost, ComparePage, CompareState } from '../../src/protocol/comparePage';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { Compare, type ComparedData } from './view';

let version = 0;

mountPage<CompareHost, ComparePage, CompareState, ComparedData>({
  async read(host) {
    const runs: Run[] = [];
    for (let start: number | undefined = 0; start !== undefined; ) {
      const part: Awaited<ReturnType<CompareHost['readRuns']>> = await host.readRuns(start);
      runs.push(...part.runs);
      start = part.next;
    }
    version += 1;
    return { runs, version };
  },
  serve: (refresh) => ({ comparisonChanged: refresh }),
  View: Compare,
});
