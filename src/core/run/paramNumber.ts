/**
 * The value of a param as a number, where it is written as one: as Python, YAML and JSON write it, so
 * `.5`, `5.`, `1e-3`, `+2` and `1_000` are.
 */
export function paramNumber(value: string): number | undefined {
  return /^[-+]?(?:\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(value)
    ? Number(value.replaceAll('_', ''))
    : undefined;
}
