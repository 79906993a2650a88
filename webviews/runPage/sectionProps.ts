import type { Run } from '../../src/core/run/run';
import type { RunPageData, RunPageHost, RunPageState } from '../../src/protocol/runPage';
import type { PageProps } from '../shared/mountPage';

/** What each section of the page is given: all but the host's last answer is always there. */
export interface SectionProps extends PageProps<RunPageHost, RunPageState, RunPageData> {
  readonly data: RunPageData;
  readonly run: Run;
}
