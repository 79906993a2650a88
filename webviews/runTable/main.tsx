import type { Run } from '../../src/core/run/run';
import type { RunTableHost, RunTablePage, RunTableState } from '../../src/protocol/runTablePage';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { RunTable } from './view';

mountPage<RunTableHost, RunTablePage, RunTableState, readonly Run[]>({
  read: (host) => host.readRuns(),
  serve: (refresh) => ({ runsChanged: refresh }),
  View: RunTable,
});
