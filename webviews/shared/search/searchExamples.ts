import { quoteKey, quoteText } from '../../../src/core/search/printSearch';
import type { SearchVocabulary } from '../../../src/core/search/suggestSearch';

export interface SearchExample {
  readonly text: string;
  readonly meaning: string;
}

/** Ten searches to begin from, of the user's own metrics and params where there are some. */
export function searchExamples({
  metrics,
  params,
  tags,
}: SearchVocabulary): readonly SearchExample[] {
  const metric = `metrics.${quoteKey(metrics[0]?.key ?? 'val_acc')}`;
  const numeric = params.find(({ isNumber }) => isNumber)?.key ?? 'lr';
  const worded = params.find(({ isNumber, values }) => !isNumber && values.length > 0);
  const words = worded?.values.slice(0, 2) ?? ['resnet18', 'resnet50'];
  const tag = tags[0]?.key ?? 'data';
  return [
    {
      text: 'resnet baseline',
      meaning: 'both words, in names, notes, tags, commands, cells or scripts',
    },
    { text: `${metric} > 0.9`, meaning: 'the last value of a metric' },
    { text: `best(${metric}) > 0.95`, meaning: 'its best; also first, last, min, max, count' },
    { text: `at(${metric}, 100) < 0.5`, meaning: 'its value at step 100' },
    {
      text: `params.${quoteKey(numeric)} < 0.01 AND starred`,
      meaning: 'a param as a number, and a star',
    },
    {
      text: `params.${quoteKey(worded?.key ?? 'model')} IN (${words.map(quoteText).join(', ')})`,
      meaning: 'one of several values',
    },
    {
      text: `tags.${quoteKey(tag)} IS NOT NULL OR NOT status = 'failed'`,
      meaning: 'has a tag, or has not failed',
    },
    { text: 'started > last week AND duration > 1h', meaning: 'when it began, how long it took' },
    { text: "command LIKE '%--amp%'", meaning: 'a pattern: % is any text, _ any character' },
    { text: 'code =~ /Adam\\w*\\(/', meaning: 'a regular expression on cells and scripts' },
  ];
}
