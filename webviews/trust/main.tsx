import type { NotebookTrust, TrustHost, TrustPage, TrustState } from '../../src/protocol/trustPage';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { Trust } from './view';

mountPage<TrustHost, TrustPage, TrustState, NotebookTrust>({
  read: (host) => host.readTrust(),
  serve: (refresh) => ({ trustChanged: refresh }),
  View: Trust,
});
