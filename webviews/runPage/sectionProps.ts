import type { Run } from '../../src/core/run/run';
import type {
  RunPageData,
  RunPageHost,
  RunPageState,
  RunSection,
} from '../../src/protocol/runPage';
import type { PageProps } from '../shared/mountPage';

/** What each section of the page is given: all but the host's last answer is always there. */
export interface SectionProps extends PageProps<RunPageHost, RunPageState, RunPageData> {
  readonly data: RunPageData;
  readonly run: Run;
  /** What in the section was gone to, if anything. */
  readonly target: SectionTarget | undefined;
  readonly goTo: (section: RunSection, target: SectionTarget) => void;
}

export interface SectionTarget {
  /** Of the log, from 0. */
  readonly line?: number;
  /** The key of a metric. */
  readonly metric?: string;
}
