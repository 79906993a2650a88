import type {
  ChartsData,
  ChartsHost,
  ChartsPage,
  ChartsState,
} from '../../src/protocol/chartsPage';
import { mountPage } from '../shared/mountPage';
import { bucketsFor } from './state';
import './style.css';
import { Charts } from './view';

let runCount = 1;

mountPage<ChartsHost, ChartsPage, ChartsState, ChartsData>({
  read: async (host) => {
    const data = await host.readCharts(bucketsFor(window.innerWidth, runCount));
    runCount = data.runs.length;
    return data;
  },
  serve: (refresh) => ({ chartsChanged: refresh }),
  keep: ({ runs, followsNewest }) => ({
    runIds: followsNewest ? [] : runs.map((run) => run.runId),
  }),
  View: Charts,
});
