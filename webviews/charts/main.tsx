import type { FirstLines, FirstView } from '../../src/core/chart/firstLines';
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

let firstLines: Promise<FirstLines | undefined> | undefined;

mountPage<ChartsHost, ChartsPage, ChartsState, ChartsData>({
  read(host, state) {
    if (firstLines === undefined) {
      // Before the runs, as their answer is what takes long: the page is made up meanwhile.
      firstLines = host.readFirstLines(firstView(state));
      // The cards ask again, and say what is wrong.
      firstLines.catch(() => undefined);
    }
    return host.readCharts(state.lines.groupBy);
  },
  serve: (refresh) => ({ chartsChanged: refresh }),
  keep: ({ runs, chosenIds, search }, { stylePlaces }) => ({
    runIds: chosenIds,
    search,
    stylePlaces: keepPlaces(
      stylePlaces,
      runs.map((run) => run.runId),
    ),
  }),
  View: (props) => <Charts {...props} firstLines={firstLines} />,
});

/** Beside the legend, as far as that is beside the charts; see the style. */
function firstView({ lines, layout, hiddenRuns }: ChartsState): FirstView {
  const besidePx = window.innerWidth > 720 ? 262 : 16;
  return { widthPx: window.innerWidth - besidePx, lines, layout, hiddenRuns };
}
