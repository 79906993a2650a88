import type { TeachData, TeachHost, TeachPage, TeachState } from '../../src/protocol/teachPage';
import { mountPage } from '../shared/mountPage';
import './style.css';
import { Teach } from './view';

mountPage<TeachHost, TeachPage, TeachState, TeachData>({
  read: (host) => host.readLog(),
  serve: (refresh) => ({ logChanged: refresh }),
  View: Teach,
});
