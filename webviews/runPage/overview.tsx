import type { ComponentChildren } from 'preact';
import { formatNumber } from '../../src/core/format/formatNumber';
import { formatDuration } from '../../src/core/format/formatTime';
import { describeMetricComparison } from '../../src/core/present/compareMetrics';
import { describeBest, durationMs, statusWords } from '../../src/core/present/describeRun';
import { mainMetric } from '../../src/core/run/mainMetric';
import type { Run, RunId } from '../../src/core/run/run';
import { describeRunTrust } from '../../src/core/trust/describeTrust';
import type { RunChange } from '../../src/protocol/runPage';
import { Button } from '../shared/controls';
import { Icon } from '../shared/icon';
import { StatusLabel } from '../shared/statusLabel';
import { useNow } from '../shared/useNow';
import { NoteView } from './noteView';
import { ParamTable } from './paramTable';
import { PinnedFacts } from './pinnedFacts';
import type { SectionProps } from './sectionProps';

/** What a glance should tell of a run. */
export function Overview(props: SectionProps) {
  const { data, run, host, attempt } = props;
  const tags = Object.entries(run.tags);
  return (
    <div class="overview">
      <section class="card" aria-labelledby="summary-title">
        <h2 id="summary-title" class="visually-hidden">
          Summary
        </h2>
        <MainMetric {...props} />
        <PinnedFacts {...props} />
        <dl class="facts">
          <Fact name="Status">
            <StatusLabel status={run.status} />
            {run.exitCode !== undefined && run.exitCode !== 0 && (
              <span class="muted">, exit code {run.exitCode}</span>
            )}
          </Fact>
          <Fact name="Experiment">{run.experiment}</Fact>
          <Fact name={run.source.kind === 'notebook' ? 'Cell' : 'Command'}>
            <SourceText run={run} />
          </Fact>
          <Fact name="Started">{new Date(run.startedAtMs).toLocaleString()}</Fact>
          <Fact name="Duration">
            <Duration run={run} />
          </Fact>
          {data.cost !== undefined && (
            <Fact name="Cost">
              {data.cost}
              {run.status === 'running' && <span class="muted"> by now</span>}
            </Fact>
          )}
          {run.trust !== undefined && <Fact name="Result">{describeRunTrust(run.trust)}</Fact>}
          <Fact name="Tags">
            <span class="tags">
              {tags.map(([key, value]) => {
                const text = value === '' ? key : `${key}=${value}`;
                return (
                  <span key={key} class="tag">
                    {text}
                    <button
                      type="button"
                      class="plain-button"
                      aria-label={`Remove tag ${text}`}
                      title="Remove Tag"
                      onClick={() => attempt(host.editRun({ field: 'tag', key, value: undefined }))}
                    >
                      <Icon name="close" />
                    </button>
                  </span>
                );
              })}
              <button
                type="button"
                class="plain-button add-tag"
                title="Tag…"
                onClick={() => attempt(host.act('tag'))}
              >
                <Icon name="plus" /> Tag
              </button>
            </span>
          </Fact>
        </dl>
      </section>
      <NoteView
        key={data.runId}
        note={run.note}
        onSave={(value) => attempt(host.editRun({ field: 'note', value }))}
      />
      {data.parts.length > 0 && <Parts {...props} />}
      <ParamTable
        key={`params ${data.runId}`}
        params={run.params}
        pinned={data.pinned.params}
        onPin={(key, isPinned) => attempt(host.pin('params', key, isPinned))}
        onCopy={(text) => attempt(host.copy(text))}
      />
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function SourceText({ run }: { readonly run: Run }) {
  const { source } = run;
  if (source.kind === 'notebook') {
    return (
      <span>
        {source.notebook}, cell {source.cellIndex + 1}
      </span>
    );
  }
  if (source.commandLine === '') return <span>{source.logFile ?? 'Not known'}</span>;
  return <code class="command">{source.commandLine}</code>;
}

function Duration({ run }: { readonly run: Run }) {
  return run.status === 'running' ? (
    <LiveDuration run={run} />
  ) : run.endedAtMs === undefined ? (
    <span class="muted">Its end was not seen</span>
  ) : (
    <span>{formatDuration(durationMs(run, run.endedAtMs))}</span>
  );
}

function LiveDuration({ run }: { readonly run: Run }) {
  return <span>{formatDuration(durationMs(run, useNow(1000)))} by now</span>;
}

function MainMetric({ data, run, host, attempt }: SectionProps) {
  const main = mainMetric(run.metrics);
  if (main === undefined) {
    return (
      <p class="main-metric muted">
        {run.status === 'running'
          ? 'No metric yet: what it prints is being read.'
          : 'No metric was found. If its log has one, teach it: '}
        {run.status !== 'running' && run.logBytes > 0 && (
          <Button onClick={() => attempt(host.act('teachMetric'))}>Teach a Metric…</Button>
        )}
      </p>
    );
  }
  return (
    <div class="main-metric">
      <div class="main-key">{main.key}</div>
      <div class="main-value">{formatNumber(main.last)}</div>
      {!Object.is(main.best, main.last) && <div class="muted">{describeBest(main)}</div>}
      <ul class="changes">
        {data.sinceBefore && (
          <Change
            label="Run before"
            change={data.sinceBefore}
            onOpen={(to) => attempt(host.showRun(to))}
            onCompare={() => attempt(host.act('compareWithPrevious'))}
          />
        )}
        {data.sinceBaseline && (
          <Change
            label="Baseline"
            change={data.sinceBaseline}
            onOpen={(to) => attempt(host.showRun(to))}
            onCompare={() => attempt(host.act('compareWithBaseline'))}
          />
        )}
        {data.isBaseline && <li class="muted">This is the baseline.</li>}
      </ul>
    </div>
  );
}

interface ChangeProps {
  readonly label: string;
  readonly change: RunChange;
  readonly onOpen: (runId: RunId) => void;
  readonly onCompare: () => void;
}

/** How the main metric stands against another run, which a click opens; another says what changed. */
function Change({ label, change, onOpen, onCompare }: ChangeProps) {
  const { to, metric } = change;
  return (
    <li class="change">
      <span class="muted">{label}</span>{' '}
      {metric === undefined ? (
        <span>the same, or not there, in </span>
      ) : (
        <span class={metric.verdict === undefined ? '' : `verdict verdict-${metric.verdict}`}>
          {metric.verdict !== undefined && (
            <Icon name={metric.verdict === 'better' ? 'finished' : 'interrupted'} />
          )}
          {describeMetricComparison(metric)}
          <span class="muted"> in </span>
        </span>
      )}
      <button
        type="button"
        class="plain-button link"
        title={`Open ${to.name}`}
        onClick={() => onOpen(to.runId)}
      >
        {to.name}
      </button>
      {' · '}
      <button
        type="button"
        class="plain-button link"
        aria-label={`What changed since ${to.name}`}
        onClick={onCompare}
      >
        What Changed?
      </button>
    </li>
  );
}

function Parts({ data, host, attempt }: SectionProps) {
  const keys = [...new Set(data.parts.flatMap(({ metric }) => metric?.key ?? []))];
  return (
    <section class="card" aria-labelledby="parts-title">
      <h2 id="parts-title">Parts ({data.parts.length.toLocaleString('en')})</h2>
      <div class="table-scroll">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Status</th>
              {keys.map((key) => (
                <th key={key} scope="col" class="number">
                  {key}
                </th>
              ))}
              <th scope="col" class="number">
                Duration
              </th>
            </tr>
          </thead>
          <tbody>
            {data.parts.map((part) => (
              <tr key={part.runId}>
                <th scope="row">
                  <button
                    type="button"
                    class="plain-button link"
                    onClick={() => attempt(host.showRun(part.runId))}
                  >
                    {part.name}
                  </button>
                </th>
                <td>
                  <StatusLabel status={part.status} />
                </td>
                {keys.map((key) => (
                  <td key={key} class="number">
                    {part.metric?.key === key ? formatNumber(part.metric.last) : ''}
                  </td>
                ))}
                <td class="number">
                  {part.endedAtMs === undefined
                    ? statusWords[part.status]
                    : formatDuration(durationMs(part, part.endedAtMs))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
