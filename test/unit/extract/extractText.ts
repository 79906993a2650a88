import { createExtractor } from '../../../src/core/extract/extractor';

/** Everything that the extractor finds in a text, one `key=value step epoch (context)` a line. */
export function extractText(text: string, command?: string): readonly string[] {
  const extractor = createExtractor(command === undefined ? {} : { command });
  return [extractor.push(text), extractor.end()]
    .flatMap(({ metrics }) => metrics)
    .map(({ key, value, step, epoch, context }) =>
      [
        `${key}=${value}`,
        step === undefined ? '' : `s${step}`,
        epoch === undefined ? '' : `e${epoch}`,
        context === undefined ? '' : `(${context})`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
}

export function extractParams(text: string, command?: string): Readonly<Record<string, string>> {
  const extractor = createExtractor(command === undefined ? {} : { command });
  return Object.fromEntries(
    [extractor.push(text), extractor.end()].flatMap(({ params }) =>
      params.map(({ key, value }) => [key, value]),
    ),
  );
}
