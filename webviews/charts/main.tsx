import type {
  ChartsData,
  ChartsHost,
  ChartsPage,
  ChartsState,
} from '../../src/protocol/chartsPage';
import { keepPlaces } from '../shared/chart/runStyles';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { Charts } from './view';

mountPage<ChartsHost, ChartsPage, ChartsState, ChartsData>({
  read: (host, { lines }) => host.readCharts(lines.groupBy),
  serve: (refresh) => ({ chartsChanged: refresh }),
  keep: ({ runs, followsNewest }, { stylePlaces }) => ({
    runIds: followsNewest ? [] : runs.map((run) => run.runId),
    stylePlaces: keepPlaces(
      stylePlaces,
      runs.map((run) => run.runId),
    ),
  }),
  View: Charts,
});
