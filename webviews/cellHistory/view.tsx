import { useEffect, useState } from 'preact/hooks';
import type {
  CellHistoryData,
  CellHistoryHost,
  CellHistoryState,
} from '../../src/protocol/cellHistoryPage';
import { Button, ProgressRing, RadioGroup } from '../shared/controls';
import { Icon } from '../shared/icon';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { useNow } from '../shared/useNow';
import { progress } from './progress';
import { chosenIndex, momentText, otherVersion, timeText } from './state';
import { useDetail } from './useDetail';
import { VersionList } from './versionList';
import { VersionView } from './versionView';

type Props = PageProps<CellHistoryHost, CellHistoryState, CellHistoryData>;

export function CellHistory(props: Props) {
  const { data, problem, dismissProblem } = props;
  return (
    <div class="page">
      {data !== undefined && <ProblemBar problem={problem} onDismiss={dismissProblem} />}
      {data !== undefined ? (
        <Versions {...props} data={data} />
      ) : problem === undefined ? (
        <Waiting />
      ) : (
        <main class="empty" role="alert">
          <h1>The history of this cell cannot be shown</h1>
          <p>{problem}</p>
        </main>
      )}
    </div>
  );
}

function Waiting() {
  const [read, setRead] = useState<{ readonly read: number; readonly total: number }>();
  useEffect(() => progress.add(setRead), []);
  return (
    <div class="loading" role="status">
      <ProgressRing label="Reading checkpoints" />
      {read !== undefined && read.total > 0 && (
        <p class="muted">
          {read.read.toLocaleString('en')} of {read.total.toLocaleString('en')} checkpoints
        </p>
      )}
    </div>
  );
}

function Versions({
  host,
  state,
  setState,
  data,
  attempt,
}: Props & { readonly data: CellHistoryData }) {
  const nowMs = useNow(60_000);
  const { versions } = data;
  const index = chosenIndex(versions, state);
  const version = versions[index];
  const other = otherVersion(versions, index, state.against);
  const detail = useDetail(host, version?.key, data, attempt);
  const otherDetail = useDetail(host, other?.key, data, attempt);
  const choose = (at: number) => {
    const next = versions[at];
    if (next !== undefined) setState({ version: next.key });
  };
  const count = versions.length;

  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Cell history">
        <h1 class="cell-name">
          Cell {data.cellIndex + 1} <span class="muted">of {data.notebook}</span>
        </h1>
        <span class="spacer" />
        <Button
          look="primary"
          disabled={version === undefined || (version.isCurrent && data.isCurrent)}
          title="Bring this version back into the open notebook; Undo takes it away again"
          onClick={() => version && attempt(host.restoreVersion(version.key))}
        >
          {data.isCurrent ? 'Restore This Version' : 'Bring Back This Cell'}
        </Button>
      </div>
      <div class="scrubber">
        <label for="scrub">
          Version <strong>{index + 1}</strong> of {count}
        </label>
        <input
          id="scrub"
          type="range"
          min={0}
          max={Math.max(0, count - 1)}
          value={index}
          disabled={count < 2}
          aria-valuetext={version && `${index + 1} of ${count}, ${timeText(version, nowMs)}`}
          onInput={(event) => choose(Number(event.currentTarget.value))}
        />
        <RadioGroup
          label="Beside"
          value={typeof state.against === 'number' ? 'chosen' : state.against}
          options={[
            { value: 'none', text: 'Nothing' },
            { value: 'before', text: 'The One Before' },
            { value: 'newest', text: 'The Newest' },
            ...(typeof state.against === 'number'
              ? [{ value: 'chosen' as const, text: 'The Chosen One' }]
              : []),
          ]}
          onChange={(next) => {
            if (next !== 'chosen') setState({ against: next });
          }}
        />
        <Button
          disabled={version === undefined || version.key === state.against}
          title="Keep this version beside whichever is chosen next"
          onClick={() => version && setState({ against: version.key })}
        >
          Compare Others with This
        </Button>
      </div>
      <div class="history">
        <nav class="side" aria-label="Versions">
          <VersionList
            versions={versions}
            chosen={index}
            against={other?.key}
            nowMs={nowMs}
            onChoose={choose}
          />
          <Past data={data} nowMs={nowMs} onOther={(cell) => attempt(host.showOtherCell(cell))} />
        </nav>
        <main class="scroll" aria-live="off">
          {detail !== undefined && (
            <VersionView
              host={host}
              language={data.language}
              detail={detail}
              other={other === undefined ? undefined : otherDetail}
              nowMs={nowMs}
              attempt={attempt}
            />
          )}
        </main>
      </div>
    </>
  );
}

interface PastProps {
  readonly data: CellHistoryData;
  readonly nowMs: number;
  readonly onOther: (cell: NonNullable<CellHistoryData['splitFrom']>['cell']) => void;
}

/** Where the cell came from, when it was not there, and where it went. */
function Past({ data, nowMs, onOther }: PastProps) {
  const { absences, splitFrom, mergedInto, isCurrent } = data;
  const lastMs = data.versions.at(-1)?.lastAtMs ?? 0;
  if (absences.length === 0 && !splitFrom && !mergedInto && isCurrent) return undefined;
  return (
    <ul class="past">
      {!isCurrent && (
        <li>
          <Icon name="minus" /> Not in the notebook since {momentText(lastMs, nowMs)}
        </li>
      )}
      {mergedInto !== undefined && (
        <li>
          <Icon name="same" /> Merged{' '}
          <button type="button" class="plain-button link" onClick={() => onOther(mergedInto.cell)}>
            into another cell
          </button>{' '}
          {momentText(mergedInto.atMs, nowMs)}
        </li>
      )}
      {absences.toReversed().map(({ fromMs, toMs }) => (
        <li key={fromMs}>
          <Icon name="interrupted" /> Absent from {momentText(fromMs, nowMs)} to{' '}
          {momentText(toMs, nowMs)}
        </li>
      ))}
      {splitFrom !== undefined && (
        <li>
          <Icon name="same" /> Split{' '}
          <button type="button" class="plain-button link" onClick={() => onOther(splitFrom.cell)}>
            from another cell
          </button>{' '}
          {momentText(splitFrom.atMs, nowMs)}
        </li>
      )}
    </ul>
  );
}
