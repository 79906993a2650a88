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
  // The user may have chosen other sides since the page was opened.
  keep: ({ oldSide, newSide }) => ({ oldSide, newSide }),
  View: NotebookDiffView,
});
