import { useState } from 'preact/hooks';
import type { Package } from '../../src/core/environment/packages';
import { environmentRows } from '../../src/core/present/describeEnvironment';
import { TextField } from '../shared/controls';
import { Answered } from './answered';
import { MetricCharts } from './metricChart';
import type { SectionProps } from './sectionProps';
import { isFound, machineMetrics } from './state';
import { useAnswer } from './useAnswer';

/** What the run ran on. */
export function EnvironmentSection({ data, run, host }: SectionProps) {
  const { environment } = run;
  const machine = machineMetrics(run);
  const packages = useAnswer(
    () => host.readPackages(),
    data.runId,
    environment?.python?.packages ?? '',
  );
  return (
    <>
      <section class="card" aria-labelledby="environment-title">
        <h2 id="environment-title">Python, hardware and system</h2>
        {environment === undefined ? (
          <p class="muted">
            It was not recorded: that takes a run on this machine, whose interpreter is known.
          </p>
        ) : (
          <dl class="facts">
            {environmentRows.flatMap(([name, read]) => {
              const value = read(environment);
              return value === undefined
                ? []
                : [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>];
            })}
          </dl>
        )}
      </section>
      {machine.length > 0 && (
        <section class="card" aria-labelledby="machine-title">
          <h2 id="machine-title">What it used of the machine</h2>
          <MetricCharts {...{ data, run, host }} metrics={machine} xAxis="relativeTime" />
        </section>
      )}
      <Answered answer={packages} what="the packages">
        {(all) => <Packages key={data.runId} packages={all} />}
      </Answered>
    </>
  );
}

function Packages({ packages }: { readonly packages: readonly Package[] | undefined }) {
  const [typed, setTyped] = useState('');
  const found = (packages ?? []).filter(({ name, version }) => isFound(typed, name, version));
  return (
    <section class="card" aria-labelledby="packages-title">
      <div class="card-head">
        <h2 id="packages-title">Packages</h2>
        {packages !== undefined && packages.length > 0 && (
          <TextField
            label="Search packages"
            placeholder="Search packages"
            value={typed}
            onInput={setTyped}
          />
        )}
        <span class="muted" role="status">
          {packages === undefined
            ? ''
            : `${found.length.toLocaleString('en')} of ${packages.length.toLocaleString('en')}`}
        </span>
      </div>
      {packages === undefined ? (
        <p class="muted">What was installed was not recorded.</p>
      ) : (
        <ul class="packages mono">
          {found.map(({ name, version }) => (
            <li key={name}>
              {name} <span class="muted">{version}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
