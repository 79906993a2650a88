import { argvParams } from '../command/argvParams';
import { keyUse, looksLikePath } from './keyUse';
import type { PathLiteral } from './pathLiterals';

/** Settings that name no data: what configures a run is recorded as its configuration. */
const configKey = /(?:^|_)(?:config|cfg|conf|args|params|settings|script|entry)(?:_|$)/i;

/** Paths that the values of options and settings name; a list has them between blanks or commas. */
export function pathsInParams(
  params: readonly { readonly key: string; readonly value: string }[],
): readonly PathLiteral[] {
  return params.flatMap(({ key, value }) => {
    if (value.length > 2_000 || configKey.test(key)) return [];
    const use = keyUse(key.split('.').at(-1) ?? key);
    const names = new Set([value, ...value.split(/[\s,;[\]"']+/)]);
    return [...names]
      .filter((path) => looksLikePath(path) || (use !== 'unknown' && /^[\w.-]+$/.test(path)))
      .map((path) => ({ path, use }));
  });
}

/** Paths among the arguments of a command: values of options, and words of their own, which it reads. */
export function pathsInArguments(args: readonly string[]): readonly PathLiteral[] {
  const words = args.filter(
    (arg, at) =>
      !arg.startsWith('-') && !arg.includes('=') && !(args[at - 1] ?? '').startsWith('-'),
  );
  return [
    ...pathsInParams(argvParams(args)),
    ...words.filter(looksLikePath).map((path) => ({ path, use: 'read' as const })),
  ];
}
