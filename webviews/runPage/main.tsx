import type { RunPage, RunPageData, RunPageHost, RunPageState } from '../../src/protocol/runPage';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { RunView } from './view';

mountPage<RunPageHost, RunPage, RunPageState, RunPageData>({
  read: (host) => host.readRun(),
  serve: (refresh) => ({ runChanged: refresh }),
  // Whoever opens the next run may show it in this page.
  keep: ({ runId, place }) => ({
    runId,
    ...(place?.section === undefined ? {} : { section: place.section }),
  }),
  View: RunView,
});
