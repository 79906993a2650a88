import { SetupError } from '../../tools/start/step.cjs';

/**
 * Which parts of a benchmark are asked for by `--only=a,b`; all of them without it.
 *
 * @param flags the other options that it has.
 * @throws SetupError if an option or a part is not known.
 */
export function chooseParts(
  options: readonly string[],
  parts: readonly string[],
  flags: readonly string[] = [],
): readonly string[] {
  const only = options.find((option) => option.startsWith('--only='))?.slice('--only='.length);
  const names = only?.split(',') ?? parts;
  const unknown = options.find(
    (option) => !flags.includes(option) && !option.startsWith('--only='),
  );
  if (unknown !== undefined || names.some((name) => !parts.includes(name))) {
    throw new SetupError(
      `The benchmark has no option ${unknown ?? `--only=${only}`}`,
      `use ${flags.map((flag) => `${flag}, or `).join('')}--only= with some of ${parts.join(',')}.`,
    );
  }
  return names;
}
