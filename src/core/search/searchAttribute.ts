/** What a run has besides params, metrics and tags, by the name that is printed. */
export type SearchAttribute = (typeof names)[number];

export type SearchValueType = 'text' | 'number' | 'duration' | 'size' | 'date';

const names = [
  ...(['run_id', 'run_name', 'status', 'experiment', 'script', 'notebook', 'command'] as const),
  ...(['source', 'note', 'branch', 'commit', 'host', 'parent', 'code'] as const),
  ...(['user_id', 'artifact_uri', 'start_time', 'end_time', 'duration'] as const),
  ...(['exit_code', 'log_size'] as const),
];

export const searchAttributes: readonly SearchAttribute[] = names;

const types: Readonly<Partial<Record<SearchAttribute, SearchValueType>>> = {
  start_time: 'date',
  end_time: 'date',
  duration: 'duration',
  exit_code: 'number',
  log_size: 'size',
};

/** MLflow's other names, and the words that come to mind. */
const aliases: Readonly<Record<string, SearchAttribute>> = {
  id: 'run_id',
  name: 'run_name',
  created: 'start_time',
  started: 'start_time',
  start: 'start_time',
  ended: 'end_time',
  finished: 'end_time',
  end: 'end_time',
  notes: 'note',
  user: 'user_id',
  parent_id: 'parent',
  experiment_name: 'experiment',
};

const byName: ReadonlyMap<string, SearchAttribute> = new Map([
  ...names.map((name) => [name, name] as const),
  ...Object.entries(aliases),
]);

/** The attribute that is meant by `Run Name`, `run_name` or `name`. */
export function findAttribute(name: string): SearchAttribute | undefined {
  return byName.get(name.trim().toLowerCase().replaceAll(/\s+/g, '_'));
}

export function attributeType(name: SearchAttribute): SearchValueType {
  return types[name] ?? 'text';
}
