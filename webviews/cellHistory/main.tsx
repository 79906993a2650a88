import type {
  CellHistoryData,
  CellHistoryHost,
  CellHistoryPage,
  CellHistoryState,
} from '../../src/protocol/cellHistoryPage';
import { mountPage } from '../shared/mountPage';
import { progress } from './progress';
import './style.css';
import { CellHistory } from './view';

mountPage<CellHistoryHost, CellHistoryPage, CellHistoryState, CellHistoryData>({
  read: (host) => host.readHistory(),
  serve: (refresh) => ({
    historyChanged: refresh,
    progressed: (read, total) => progress.emit({ read, total }),
  }),
  View: CellHistory,
});
