import type {
  TimelineData,
  TimelineHost,
  TimelinePage,
  TimelineState,
} from '../../src/protocol/timelinePage';
import { mountPage } from '../shared/mountPage';
import { found } from './found';
import './style.css';
import { Timeline } from './view';

mountPage<TimelineHost, TimelinePage, TimelineState, TimelineData>({
  read: (host) => host.readTimeline(),
  serve: (refresh) => ({
    timelineChanged: refresh,
    found: (id, part) => found.emit({ id, part }),
  }),
  View: Timeline,
});
