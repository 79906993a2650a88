import type {
  NotebookDiffData,
  NotebookDiffHost,
  NotebookDiffPage,
  NotebookDiffState,
} from '../../src/protocol/notebookDiffPage';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { NotebookDiffView } from './view';

mountPage<NotebookDiffHost, NotebookDiffPage, NotebookDiffState, NotebookDiffData>({
  read: (host) => host.readDiff(),
  serve: (refresh) => ({ diffChanged: refresh }),
  View: NotebookDiffView,
});
