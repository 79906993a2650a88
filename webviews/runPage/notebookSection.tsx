import { formatBytes } from '../../src/core/format/formatBytes';
import { describeLeftOut, describeThinned } from '../../src/core/present/describeLeftOut';
import { verdictMeanings, verdictWords } from '../../src/core/trust/describeTrust';
import type { CheckpointAction } from '../../src/protocol/runPage';
import { Button } from '../shared/controls';
import type { SectionProps } from './sectionProps';

/** The state of the notebook that the run stands on, and how far its result can be trusted. */
export function NotebookSection({ data, run, host, attempt }: SectionProps) {
  const { checkpoint } = data;
  const { trust, source } = run;
  const act = (action: CheckpointAction) => attempt(host.actOnCheckpoint(action));
  return (
    <>
      <section class="card" aria-labelledby="trust-title">
        <h2 id="trust-title">Can the result be trusted?</h2>
        {trust === undefined ? (
          <p class="muted">It was not judged when the cell ran.</p>
        ) : (
          <>
            <p>
              <b>{verdictWords[trust.verdict]}</b> when it ran. {verdictMeanings[trust.verdict]}
            </p>
            {trust.faults.length > 0 && (
              <ul class="faults">
                {trust.faults.map((fault) => (
                  <li key={fault}>{fault}</li>
                ))}
              </ul>
            )}
          </>
        )}
      </section>
      <section class="card" aria-labelledby="checkpoint-title">
        <h2 id="checkpoint-title">The notebook as it was</h2>
        {checkpoint === undefined ? (
          <p class="muted">
            {run.status === 'running'
              ? 'Its state is kept once the cell has run.'
              : 'No checkpoint of this run is there: it was deleted, or never taken.'}
          </p>
        ) : (
          <>
            <dl class="facts">
              <dt>Notebook</dt>
              <dd>{checkpoint.notebook}</dd>
              {source.kind === 'notebook' && (
                <>
                  <dt>Cell</dt>
                  <dd>
                    {source.cellIndex + 1} of {checkpoint.cellCount}
                  </dd>
                </>
              )}
              <dt>Taken</dt>
              <dd>
                {new Date(checkpoint.takenAtMs).toLocaleString()}, {checkpoint.kind}
              </dd>
              <dt>Size</dt>
              <dd>{formatBytes(checkpoint.sizeBytes)}</dd>
            </dl>
            {checkpoint.leftOut && <p class="muted">{describeLeftOut(checkpoint.leftOut)}</p>}
            {checkpoint.thinned && <p class="muted">{describeThinned(checkpoint.thinned)}</p>}
            {checkpoint.problem !== undefined && (
              <p class="muted">It could not be read as a notebook: {checkpoint.problem}</p>
            )}
            <div class="buttons">
              <Button onClick={() => act('openCheckpoint')}>Open (Read-Only)</Button>
              <Button onClick={() => act('diffWithCurrent')}>Diff with Now</Button>
              <Button onClick={() => act('diffWithPrevious')}>Diff with Previous</Button>
              <Button onClick={() => act('restoreCheckpoint')}>Restore…</Button>
            </div>
          </>
        )}
      </section>
    </>
  );
}
