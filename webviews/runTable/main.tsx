import type { RunTableHost, RunTablePage, RunTableState } from '../../src/protocol/runTablePage';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { TableModel } from './tableModel';
import { createRunTable } from './view';

const model = new TableModel();

mountPage<RunTableHost, RunTablePage, RunTableState, undefined>({
  // The page asks by itself for what is in sight.
  read: async () => undefined,
  serve: () => ({
    runsChanged: (slots) => model.runsChanged(slots),
    baselineChanged: (runId) => model.baselineChanged(runId),
  }),
  View: createRunTable(model),
});
