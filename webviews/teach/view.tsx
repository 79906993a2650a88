import { useCallback, useEffect, useState } from 'preact/hooks';
import type { TrialResult } from '../../src/core/extract/patterns/patternTrial';
import type { LogLine } from '../../src/core/log/logLine';
import type { SavePlace, TeachData, TeachHost, TeachState } from '../../src/protocol/teachPage';
import { Button, ProgressRing, RadioGroup } from '../shared/controls';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { FindBar } from './findBar';
import { LogList } from './logList';
import { MetricPanel } from './metricPanel';
import { pickNumber, type Role, toPattern } from './state';

/** How long to wait for the next key before a pattern is tried. */
const tryAfterMs = 150;

export function Teach(props: PageProps<TeachHost, TeachState, TeachData>) {
  const { data, problem, dismissProblem } = props;
  return (
    <div class="page">
      <ProblemBar problem={problem} onDismiss={dismissProblem} />
      {data === undefined ? (
        <div class="loading">
          {problem === undefined && <ProgressRing label="Reading the log" />}
        </div>
      ) : data.lineCount === 0 ? (
        <main class="empty">
          <h1>There is no log</h1>
          <p>{data.leftOut ?? 'This run has printed nothing.'}</p>
        </main>
      ) : (
        <Lesson {...props} data={data} />
      )}
    </div>
  );
}

type LessonProps = PageProps<TeachHost, TeachState, TeachData> & { readonly data: TeachData };

function Lesson({ host, state, setState, data, attempt }: LessonProps) {
  const [role, setRole] = useState<Role>('value');
  const [filter, setFilter] = useState<'all' | 'matching'>('all');
  const [focus, setFocus] = useState(state.line ?? 0);
  const [trial, setTrial] = useState<TrialResult>();
  const [objection, setObjection] = useState<string>();
  const [saved, setSaved] = useState<SavePlace>();

  const key = JSON.stringify(toPattern(state, 'value'));
  useEffect(() => {
    setSaved(undefined);
    setTrial(undefined);
    setObjection(undefined);
    if (state.pattern === '') {
      setFilter('all');
      return;
    }
    let isOld = false;
    const timer = setTimeout(() => {
      host.tryPattern(JSON.parse(key)).then(
        (result) => !isOld && setTrial(result),
        (error: Error) => !isOld && setObjection(`The pattern cannot be used: ${error.message}`),
      );
    }, tryAfterMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [host, key]);

  const isMatching = filter === 'matching' && trial !== undefined && trial.lineCount > 0;
  const read = useCallback(
    (start: number, end: number) => {
      const pattern = state.pattern === '' ? [] : [JSON.parse(key)];
      const reading = isMatching
        ? host.readMatching(start, end, JSON.parse(key))
        : host.readLines(start, end, ...pattern);
      attempt(reading.then(() => undefined));
      return reading;
    },
    // The marks change once the trial is there.
    [host, key, isMatching, data, trial],
  );

  const showLine = (line: number) => {
    setFilter('all');
    setFocus(line);
  };
  const onPick = (line: LogLine, start: number, as: Role | undefined) => {
    const picked = pickNumber(state, line, start, as ?? role);
    if (typeof picked === 'string') {
      setObjection(picked);
      return;
    }
    setObjection(undefined);
    const isFirst = state.picks === undefined;
    host.propose(line.line, picked.picks).then(
      ({ name, pattern }) => {
        const named = isFirst || as === 'value' || role === 'value' ? { name } : {};
        setState({ ...picked, pattern, ...named });
      },
      (error: Error) => setObjection(error.message),
    );
  };
  const onSave = (place: SavePlace) =>
    attempt(host.savePattern(toPattern(state), place).then(() => setSaved(place)));

  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Log">
        <h1 class="run-name">{data.runName}</h1>
        <FindBar host={host} from={focus} onFound={showLine} />
        <RadioGroup
          label="Lines"
          value={isMatching ? 'matching' : 'all'}
          options={[
            { value: 'all', text: 'All' },
            { value: 'matching', text: 'Matching' },
          ]}
          onChange={(next) => {
            setFilter(next);
            setFocus(next === 'all' ? (state.line ?? 0) : 0);
          }}
        />
        {state.pattern !== '' && (
          <Button
            onClick={() => {
              setState({ line: undefined, picks: undefined, name: '', pattern: '' });
              setRole('value');
            }}
          >
            Start Over
          </Button>
        )}
        <span class="spacer" />
        <span class="muted counts">{countText(data)}</span>
      </div>
      <div class="lesson">
        <main class="log-pane">
          <LogList
            label={isMatching ? 'Lines that match' : 'Lines of the log'}
            count={isMatching ? trial.lineCount : data.lineCount}
            read={read}
            picked={state}
            focus={focus}
            onFocus={setFocus}
            onPick={onPick}
          />
          <p id="log-keys" class="keys muted">
            <kbd>↑</kbd> <kbd>↓</kbd> line · <kbd>←</kbd> <kbd>→</kbd> number · <kbd>Enter</kbd>{' '}
            choose · <kbd>M</kbd> metric · <kbd>S</kbd> step · <kbd>E</kbd> epoch
          </p>
        </main>
        <aside class="metric-pane" aria-label="Metric">
          <h2>Metric</h2>
          <MetricPanel
            data={data}
            state={state}
            role={role}
            trial={trial}
            objection={objection}
            saved={saved}
            onRole={setRole}
            onChange={setState}
            onLine={showLine}
            onSave={onSave}
            onReread={(which) => attempt(host.reread(which))}
          />
          {data.leftOut !== undefined && <p class="muted">{data.leftOut}</p>}
        </aside>
      </div>
    </>
  );
}

function countText({ lineCount, isRunning }: TeachData): string {
  const lines = `${lineCount.toLocaleString('en')} ${lineCount === 1 ? 'line' : 'lines'}`;
  return isRunning ? `${lines} by now` : lines;
}
