import type {
  CompareHost,
  ComparePage,
  CompareState,
  Comparison,
} from '../../src/protocol/comparePage';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { Compare } from './view';

mountPage<CompareHost, ComparePage, CompareState, Comparison>({
  read: (host) => host.readComparison(),
  serve: (refresh) => ({ comparisonChanged: refresh }),
  keep: ({ runs }) => ({ runIds: runs.map((run) => run.id) }),
  View: Compare,
});
