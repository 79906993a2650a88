import type { SearchVocabulary } from '../../../src/core/search/suggestSearch';

/** Before the host has said what there is. */
export const emptyVocabulary: SearchVocabulary = {
  metrics: [],
  params: [],
  tags: [],
  attributes: {},
};

/** Whether some run has a metric, a param or a tag of this name. */
export function knowsKey({ metrics, params, tags }: SearchVocabulary, wanted: string): boolean {
  return [metrics, params, tags].some((words) => words.some(({ key }) => key === wanted));
}
