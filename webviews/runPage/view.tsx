import { useEffect, useState } from 'preact/hooks';
import type {
  RunPageData,
  RunPageHost,
  RunPageState,
  RunSection,
} from '../../src/protocol/runPage';
import { ProgressRing } from '../shared/controls';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { CodeSection } from './codeSection';
import { EnvironmentSection } from './environmentSection';
import { FilesSection } from './filesSection';
import { Gone } from './gone';
import { Header } from './header';
import { LogSection } from './logSection';
import { MetricsSection } from './metricsSection';
import { NotebookSection } from './notebookSection';
import { Overview } from './overview';
import type { SectionProps, SectionTarget } from './sectionProps';
import { shownSections } from './state';
import { Tabs, tabId } from './tabs';

export function RunView(props: PageProps<RunPageHost, RunPageState, RunPageData>) {
  const { data, state, problem, dismissProblem, refresh, host } = props;
  useEffect(() => {
    // The host forgets it when the window is reloaded; the page does not.
    void host.keepOpen(state.isKept).catch(() => undefined);
  }, [host, state.isKept]);
  return (
    <div class="page">
      <ProblemBar
        problem={problem}
        onDismiss={dismissProblem}
        onRetry={data === undefined ? refresh : undefined}
      />
      {data === undefined ? (
        <div class="loading">
          {problem === undefined && <ProgressRing label="Reading the run" />}
        </div>
      ) : data.run === undefined ? (
        <Gone {...props} />
      ) : (
        <Shown {...props} data={data} run={data.run} />
      )}
    </div>
  );
}

function Shown(given: Omit<SectionProps, 'target' | 'goTo'>) {
  const { data, run, state, setState } = given;
  const [target, setTarget] = useState<SectionTarget>();
  const { logLine } = data.place ?? {};
  useEffect(() => {
    if (logLine !== undefined) setTarget({ line: logLine });
  }, [data.place]);
  const props: SectionProps = {
    ...given,
    target,
    goTo(next, at) {
      setTarget(at);
      setState({ section: next });
    },
  };
  const sections = shownSections(run);
  const section = sections.find(({ id }) => id === state.section)?.id ?? 'overview';
  const View = views[section];
  return (
    <>
      <Header {...props} />
      <Tabs
        sections={sections}
        selected={section}
        onSelect={(next) => {
          setTarget(undefined);
          setState({ section: next });
        }}
      />
      <main class="section-room">
        <div
          key={`${data.runId} ${section}`}
          id="section"
          class={`section section-${section}`}
          role="tabpanel"
          aria-labelledby={tabId(section)}
        >
          <View {...props} />
        </div>
      </main>
    </>
  );
}

const views: Readonly<Record<RunSection, (props: SectionProps) => preact.JSX.Element>> = {
  overview: Overview,
  metrics: MetricsSection,
  log: LogSection,
  files: FilesSection,
  code: CodeSection,
  environment: EnvironmentSection,
  notebook: NotebookSection,
};
