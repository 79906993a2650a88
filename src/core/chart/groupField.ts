import type { Run } from '../run/run';

/** What runs can be put into groups by: each of their params and tags, and where they come from. */
export function groupFieldsOf(runs: readonly Run[]): readonly string[] {
  const params = new Set<string>();
  const tags = new Set<string>();
  for (const run of runs) {
    for (const { key } of run.params) params.add(key);
    for (const key of Object.keys(run.tags)) tags.add(key);
  }
  return [
    'experiment',
    'status',
    ...Array.from(params, (key) => `params.${key}`),
    ...Array.from(tags, (key) => `tags.${key}`),
  ];
}

/** The group of a run; undefined where it has no such param or tag. */
export function groupOf(run: Run, field: string): string | undefined {
  if (field === 'experiment') return run.experiment;
  if (field === 'status') return run.status;
  if (field.startsWith('params.')) {
    const key = field.slice('params.'.length);
    return run.params.find((param) => param.key === key)?.value;
  }
  const key = field.slice('tags.'.length);
  return field.startsWith('tags.') && Object.hasOwn(run.tags, key) ? run.tags[key] : undefined;
}
