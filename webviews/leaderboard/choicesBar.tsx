import { useState } from 'preact/hooks';
import { Checkbox } from '../shared/controls';
import { Icon } from '../shared/icon';
import { Select } from '../shared/select';
import type { BarProps } from './goalBar';
import { chooseParam, count } from './state';

/** Which runs are ranked, and which of them are one configuration. */
export function ChoicesBar({ query, shown, setState }: BarProps) {
  const [isOpen, setOpen] = useState(false);
  const { dataSets, dataKey = '', params } = shown;
  const uncounted = params.filter(({ isCounted }) => !isCounted);
  const names = uncounted.slice(0, 4).map(({ key }) => key);
  const more = uncounted.length - names.length;
  return (
    <div class="choices">
      <div class="choices-line">
        {dataSets.length > 0 && (
          <Select
            label="Data"
            value={dataKey}
            options={dataSets.map(({ key, label, runCount }) => ({
              value: key,
              text: `${label}, ${count(runCount, 'run')}`,
            }))}
            onChange={(next) => setState({ dataKey: next })}
          />
        )}
        <Checkbox
          checked={query.withUnknownData}
          onChange={(withUnknownData) => setState({ withUnknownData })}
        >
          Also runs whose data is not known
        </Checkbox>
        <button
          type="button"
          class="plain-button link"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'opened' : 'forward'} />
          {names.length === 0
            ? 'Configuration: all params'
            : `Configuration: all params but ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`}
        </button>
      </div>
      {isOpen && (
        <fieldset class="params">
          <legend>
            Runs are one configuration if they have the same script and the same of these params.
            Take away what only repeats a run, such as a seed.
          </legend>
          <div class="param-list">
            {params.map(({ key, isCounted }) => (
              <Checkbox
                key={key}
                checked={isCounted}
                onChange={(next) => setState(chooseParam(query, key, next))}
              >
                {key}
              </Checkbox>
            ))}
            {params.length === 0 && <span class="muted">These runs have no params.</span>}
          </div>
          <Checkbox checked={query.isByCode} onChange={(isByCode) => setState({ isByCode })}>
            Also the same code, to the byte
          </Checkbox>
        </fieldset>
      )}
    </div>
  );
}
