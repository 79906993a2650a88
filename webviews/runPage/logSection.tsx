import { formatBytes } from '../../src/core/format/formatBytes';
import { describeLogLeftOut } from '../../src/core/present/describeLeftOut';
import { Button } from '../shared/controls';
import type { SectionProps } from './sectionProps';

/** What the run printed. */
export function LogSection({ run, host, attempt }: SectionProps) {
  return (
    <div class="section-empty">
      <h2>Log</h2>
      <p>
        {run.logLeftOut
          ? describeLogLeftOut(run.logLeftOut)
          : run.logBytes === 0
            ? 'This run printed nothing.'
            : `It printed ${formatBytes(run.logBytes)}.`}
      </p>
      {run.logBytes > 0 && <Button onClick={() => attempt(host.act('openLog'))}>Open Log</Button>}
    </div>
  );
}
