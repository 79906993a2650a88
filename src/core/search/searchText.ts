import type { Param, Run } from '../run/run';

/** Text as it is compared where case does not count. */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

export interface SearchableRun extends Pick<Run, 'tags' | 'source' | 'experiment'> {
  readonly params: readonly Pick<Param, 'value'>[];
  readonly name?: string | undefined;
  readonly note?: string | undefined;
}

/** What a word is looked for in, besides code: each on a line of its own, folded. */
export function searchableText(run: SearchableRun): string {
  const { name, note, tags, source, experiment, params } = run;
  const isNotebook = source.kind === 'notebook';
  const texts = [
    name,
    note,
    ...Object.entries(tags).map(([key, value]) => (value === '' ? key : `${key}=${value}`)),
    isNotebook ? source.notebook : source.commandLine,
    isNotebook ? undefined : source.script,
    experiment,
    ...params.map(({ value }) => value),
  ];
  return foldText(texts.filter((text) => text !== undefined).join('\n'));
}
