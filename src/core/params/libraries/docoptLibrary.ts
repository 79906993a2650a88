import type { Library } from '../../python/interpret/machine';
import { builtin, unknown } from '../../python/interpret/value';
import type { OptionSpec } from '../commandSpec';
import { argumentAt, type Findings, textOf } from '../findings';

/** docopt: the options are those that the help text describes. */
export function createDocopt(findings: Findings): Library {
  return (path) =>
    path !== 'docopt.docopt'
      ? undefined
      : builtin(path, (args) => {
          const text = textOf(argumentAt(args, 'doc', 0) ?? argumentAt(args, 'docstring'));
          if (text !== undefined) {
            const options = describedOptions(text);
            findings.read.add({ describe: () => ({ options, allowsAbbreviation: true }) });
          }
          return unknown;
        });
}

/** Source: `parse_defaults` and `Option.parse` in docopt. */
function describedOptions(text: string): OptionSpec[] {
  return text
    .split(/^[ \t]*(?=-)/m)
    .slice(1)
    .flatMap((part) => {
      // Two blanks part the option from what is said of it.
      const [declared = '', ...rest] = part.split(/ {2,}|\t|\n/);
      const words = declared.replace(/[,=]/g, ' ').trim().split(/\s+/);
      const flags = words.filter((word) => word.startsWith('-'));
      const name = flags.find((flag) => flag.startsWith('--')) ?? flags[0];
      if (name === undefined || !/^--?[\w-]+$/.test(name) || /^--?(?:help|version)$/.test(name))
        return [];
      const takes = words.some((word) => !word.startsWith('-')) ? 1 : 0;
      const value = /\[default: (.*?)\]/is.exec(rest.join(' '))?.[1];
      const otherwise = takes === 0 ? 'False' : (value ?? 'None');
      const key = name.replace(/^--?/, '').replaceAll('-', '_');
      return [{ key, flags, takes, default: otherwise, ...(takes === 0 ? { on: 'True' } : {}) }];
    });
}
