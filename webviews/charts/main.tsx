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
  keep: ({ runs, followsNewest, search }, { stylePlaces }) => ({
    runIds: followsNewest || search !== '' ? [] : runs.map((run) => run.runId),
    search,
    stylePlaces: keepPlaces(
      stylePlaces,
      runs.map((run) => run.runId),
    ),
  }),
  View: Charts,
});
