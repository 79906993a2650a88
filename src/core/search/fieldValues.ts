import { paramNumber } from '../run/paramNumber';
import type { MetricSummary, Run, RunFile } from '../run/run';
import type { SearchAttribute } from './searchAttribute';
import type { FilePart, SearchField } from './searchNode';

/** What a run does not hold itself. */
export interface SearchPorts {
  readonly nowMs: number;
  /** By `valueAtStep` of the series. */
  valueAt(run: Run, metric: string, step: number): number | undefined;
  /** By `meanOfLast` of the series. */
  meanOf(run: Run, metric: string, count: number): number | undefined;
  /** The text of the script as it was when it ran, if it was kept. */
  scriptText(run: Run): string | undefined;
  files(run: Run): readonly RunFile[];
}

/** One value of a field; where it can be compared as text or as a number it is both. */
export interface FieldValue {
  readonly text?: string;
  /** NaN is a number here; undefined: it is none. */
  readonly number?: number | undefined;
}

/** All that the run has of a field. */
export function fieldValues(
  run: Run,
  field: SearchField,
  ports: SearchPorts,
): readonly FieldValue[] {
  switch (field.kind) {
    case 'attribute':
      return attributeValues(run, field.name, ports);
    case 'param':
      return paramValues(run, field.key);
    case 'tag':
      return tagValues(run, field.key);
    case 'named': {
      const params = paramValues(run, field.key);
      if (params.length > 0) return params;
      const metrics = metricOf(run, field.key).map(({ last }) => ({ number: last }));
      return metrics.length > 0 ? metrics : tagValues(run, field.key);
    }
    case 'metric':
      return metricOf(run, field.key).map((metric) => ({ number: metric[field.figure] }));
    case 'metricAt': {
      if (metricOf(run, field.key).length === 0) return [];
      return some({ number: ports.valueAt(run, field.key, field.step) });
    }
    case 'metricMean': {
      if (metricOf(run, field.key).length === 0) return [];
      return some({ number: ports.meanOf(run, field.key, field.count) });
    }
    case 'dataset':
      if (field.part === 'context') return tagValues(run, contextTag);
      return filesOf(run, 'input', ports).flatMap((file) => fileValues(file, field.part));
    case 'artifact':
      return filesOf(run, 'output', ports).flatMap((file) => fileValues(file, field.part));
  }
}

/** MLflow's own tag of what data is used for; a run has it where an importer says so. */
export const contextTag = 'mlflow.data.context';

function paramValues(run: Run, key: string): readonly FieldValue[] {
  return run.params
    .filter((param) => param.key === key)
    .map(({ value }) => ({ text: value, number: paramNumber(value) }));
}

function tagValues(run: Run, key: string): readonly FieldValue[] {
  const value = Object.hasOwn(run.tags, key) ? run.tags[key] : undefined;
  return value === undefined ? [] : [{ text: value, number: paramNumber(value) }];
}

function metricOf(run: Run, key: string): readonly MetricSummary[] {
  return run.metrics.filter((metric) => metric.key === key);
}

function filesOf(run: Run, role: RunFile['role'], ports: SearchPorts): readonly RunFile[] {
  return ports.files(run).filter((file) => file.role === role);
}

function fileValues(file: RunFile, part: FilePart): readonly FieldValue[] {
  if (part === 'name') return [{ text: file.path }];
  if (part === 'digest') return some({ text: file.hash });
  return part === 'size' ? [{ number: file.sizeBytes }] : [];
}

function attributeValues(
  run: Run,
  name: SearchAttribute,
  ports: SearchPorts,
): readonly FieldValue[] {
  const { source } = run;
  const command = source.kind === 'notebook' ? undefined : source;
  const notebook = source.kind === 'notebook' ? source : undefined;
  switch (name) {
    case 'run_id':
      return some({ text: run.id });
    case 'run_name':
      return some({ text: run.name });
    case 'status':
      return some({ text: run.status });
    case 'experiment':
      return some({ text: run.experiment });
    case 'script':
      return some({ text: command?.script });
    case 'notebook':
      return some({ text: notebook?.notebook });
    case 'command':
      return some({ text: command?.commandLine });
    case 'source':
      return some({ text: source.kind });
    case 'note':
      return some({ text: run.note });
    case 'branch':
      return some({ text: run.codeState?.branch });
    case 'commit':
      return some({ text: run.codeState?.commit });
    case 'host':
      return some({ text: run.environment?.hostName });
    case 'parent':
      return some({ text: run.parentId });
    case 'code':
      return codeOf(run, ports).map((text) => ({ text }));
    case 'start_time':
      return some({ number: run.startedAtMs });
    case 'end_time':
      return some({ number: run.endedAtMs });
    case 'duration':
      return some({ number: (run.endedAtMs ?? ports.nowMs) - run.startedAtMs });
    case 'exit_code':
      return some({ number: run.exitCode });
    case 'log_size':
      return some({ number: run.logBytes });
    case 'user_id':
    case 'artifact_uri':
      // MLflow has them; no run of ours does.
      return [];
  }
}

/** The source of the cell, or of the script. */
export function codeOf(run: Run, ports: Pick<SearchPorts, 'scriptText'>): readonly string[] {
  const script = ports.scriptText(run);
  const cell = run.source.kind === 'notebook' ? run.source.cellSource : undefined;
  return [cell, script].filter((text) => text !== undefined);
}

/** None if what there is of it is undefined. */
function some(value: {
  text?: string | undefined;
  number?: number | undefined;
}): readonly FieldValue[] {
  const { text, number } = value;
  if (text !== undefined) return [{ text }];
  return number === undefined ? [] : [{ number }];
}
