import type { FieldChoices } from '../../../src/core/plot/fieldChoices';
import { parsePlotField } from '../../../src/core/plot/parsePlotField';
import { fieldText } from '../../../src/core/plot/plotField';
import type { MetricFigure } from '../../../src/core/search/searchNode';

export interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few words. */
export function Select<T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  return (
    <select
      class="select"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = options.find((option) => option.value === currentTarget.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}

interface FieldSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: FieldChoices | undefined;
  /** What stands for no field, such as `None` or `Automatic`; left out, one must be chosen. */
  readonly none?: string;
  readonly kinds?: readonly FieldKind[];
  readonly onChange: (field: string | undefined) => void;
}

export type FieldKind = 'param' | 'metric' | 'attribute' | 'tag';

const allKinds: readonly FieldKind[] = ['metric', 'param', 'attribute', 'tag'];
const titles: Readonly<Record<FieldKind, string>> = {
  metric: 'Metrics',
  param: 'Params',
  attribute: 'Run',
  tag: 'Tags',
};
const attributes = [
  'duration',
  'start_time',
  'status',
  'experiment',
  'script',
  'notebook',
] as const;
const figures: readonly MetricFigure[] = ['best', 'last', 'min', 'max', 'first', 'count'];

/** A field of the runs; of a metric also which of its figures. */
export function FieldSelect(props: FieldSelectProps) {
  const { label, value = '', choices, none, kinds = allKinds, onChange } = props;
  const field = parsePlotField(value);
  const isMetric = field?.kind === 'metric';
  const shown = isMetric ? fieldText({ ...field, figure: 'best' }) : value;
  const groups = kinds.map((kind) => ({ kind, options: optionsOf(kind, choices) }));
  const isListed = groups.some(({ options }) => options.some((option) => option.value === shown));
  return (
    <div class="field-pair">
      <select
        class="select"
        aria-label={label}
        value={shown}
        onChange={({ currentTarget }) => {
          const chosen = parsePlotField(currentTarget.value);
          if (chosen?.kind === 'metric' && isMetric) {
            onChange(fieldText({ ...chosen, figure: field.figure }));
          } else onChange(currentTarget.value === '' ? undefined : currentTarget.value);
        }}
      >
        {none !== undefined && <option value="">{none}</option>}
        {!isListed && value !== '' && <option value={shown}>{value}</option>}
        {groups.map(
          ({ kind, options }) =>
            options.length > 0 && (
              <optgroup key={kind} label={titles[kind]}>
                {options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.text}
                  </option>
                ))}
              </optgroup>
            ),
        )}
      </select>
      {isMetric && (
        <Select
          label={`Figure of ${label}`}
          value={field.figure}
          options={figures.map((figure) => ({ value: figure, text: figure }))}
          onChange={(figure) => onChange(fieldText({ ...field, figure }))}
        />
      )}
    </div>
  );
}

function optionsOf(kind: FieldKind, choices: FieldChoices | undefined) {
  if (kind === 'attribute') {
    return attributes.map((name) => ({ value: name as string, text: name.replace('_', ' ') }));
  }
  if (choices === undefined) return [];
  if (kind === 'tag') {
    return choices.tags.map((key) => ({ value: fieldText({ kind, key }), text: key }));
  }
  if (kind === 'metric') {
    return choices.metrics.map(({ key }) => ({
      value: fieldText({ kind, key, figure: 'best' }),
      text: key,
    }));
  }
  return choices.params.map(({ key, valueCount }) => ({
    value: fieldText({ kind, key }),
    text: valueCount > 1 ? key : `${key} (the same in all runs)`,
  }));
}

export type ScaleChoice = 'auto' | 'linear' | 'log';

/** How an axis is divided. */
export function ScaleSelect(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (scale: 'linear' | 'log' | undefined) => void;
}) {
  const { label, value, onChange } = props;
  return (
    <Select<ScaleChoice>
      label={label}
      value={value === 'linear' || value === 'log' ? value : 'auto'}
      options={[
        { value: 'auto', text: 'Automatic' },
        { value: 'linear', text: 'Linear' },
        { value: 'log', text: 'Logarithmic' },
      ]}
      onChange={(scale) => onChange(scale === 'auto' ? undefined : scale)}
    />
  );
}
