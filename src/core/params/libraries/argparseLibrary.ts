import { attributeOf, itemsOf } from '../../python/interpret/callValue';
import type { Library, Machine } from '../../python/interpret/machine';
import {
  builtin,
  type CallArguments,
  none,
  type PyObject,
  type PyValue,
  pyStr,
  pyTuple,
  unknown,
} from '../../python/interpret/value';
import { configFormat } from '../config/configFormat';
import { DescribingWork, type Findings, pathTextOf, textOf } from '../findings';
import { readArguments } from '../readArguments';
import { type Dialect, dialectOf } from './argparseDialects';
import { ArgumentParser, parserOf, suppressed } from './argparseParser';

const constants: Readonly<Record<string, string>> = {
  SUPPRESS: suppressed,
  REMAINDER: '...',
  OPTIONAL: '?',
  ZERO_OR_MORE: '*',
  ONE_OR_MORE: '+',
};

/** argparse and the parsers that are built on it; optparse too, which argparse grew out of. */
export function createArgparse(findings: Findings): Library {
  return (path) => {
    const constant = /^argparse\.(\w+)$/.exec(path)?.[1];
    if (constant !== undefined && Object.hasOwn(constants, constant)) {
      return pyStr(constants[constant] ?? '');
    }
    const dialect = dialectOf(path);
    if (dialect === undefined) return undefined;
    return builtin(path, (args, machine) => {
      const parser = new ArgumentParser(args, machine);
      // A parent is a part of others; only what is not counts, if no parser is seen to read.
      for (const part of itemsOf(args.keywords.get('parents') ?? none) ?? []) {
        const parent = parserOf(part);
        if (parent !== undefined) findings.made.delete(parent);
      }
      findings.made.add(parser);
      for (const file of itemsOf(args.keywords.get('default_config_files') ?? none) ?? []) {
        nameConfig(file, findings);
      }
      dialect.onMade?.(parser, args, machine);
      return parserObject(parser, dialect, findings);
    });
  };
}

/** configargparse and jsonargparse read files themselves. */
function nameConfig(file: PyValue, findings: Findings): void {
  const path = pathTextOf(file);
  if (path !== undefined && path !== '') {
    const format = configFormat(path) ?? 'ini';
    findings.configs.push({ kind: 'file', path, format });
  }
}

function parserObject(parser: ArgumentParser, dialect: Dialect, findings: Findings): PyObject {
  const self: PyObject = {
    kind: 'object',
    payload: parser,
    attribute(name) {
      const own = dialect.method?.(parser, name);
      if (own !== undefined) return own;
      if (dialect.reads.test(name)) {
        return builtin(name, (args, machine) => {
          findings.read.add(parser);
          return readResult(parser, name, args, findings, machine);
        });
      }
      return parserMethod(parser, name, () => self, findings);
    },
  };
  return self;
}

function parserMethod(
  parser: ArgumentParser,
  name: string,
  self: () => PyValue,
  findings: Findings,
): PyValue {
  switch (name) {
    case 'add_argument':
    case 'add_option':
    case 'add':
    case 'add_arg':
      return builtin(name, (args) => {
        parser.add(args);
        return unknown;
      });
    case 'add_argument_group':
    case 'add_option_group':
    case 'add_mutually_exclusive_group':
      return builtin(name, (args) => groupObject(parser, args, findings));
    case 'set_defaults':
      return builtin(name, ({ keywords }) => {
        parser.setDefaults(keywords);
        return none;
      });
    case 'get_default':
      return builtin(name, ({ positional: [dest] }) => parser.getDefault(textOf(dest) ?? ''));
    case 'add_subparsers':
      return builtin(name, (args) => {
        parser.useCommands(args);
        return commandsObject(parser, findings);
      });
    case '__enter__':
      return builtin(name, self);
    default:
      return unknown;
  }
}

/** What is added to a group is added to its parser. */
function groupObject(parser: ArgumentParser, args: CallArguments, findings: Findings): PyObject {
  const groupDefault = args.keywords.get('argument_default');
  const self: PyObject = {
    kind: 'object',
    payload: { groupOf: parser },
    attribute(name) {
      if (name !== 'add_argument' && name !== 'add_option' && name !== 'add') {
        return parserMethod(parser, name, () => self, findings);
      }
      return builtin(name, (given) => {
        parser.add(given, groupDefault);
        return unknown;
      });
    },
  };
  return self;
}

function commandsObject(parser: ArgumentParser, findings: Findings): PyObject {
  return {
    kind: 'object',
    payload: { commandsOf: parser },
    attribute: (name) =>
      name !== 'add_parser'
        ? unknown
        : builtin(name, (args, machine) => {
            const command = new ArgumentParser(args, machine);
            for (const part of itemsOf(args.keywords.get('parents') ?? none) ?? []) {
              const parent = parserOf(part);
              if (parent !== undefined) findings.made.delete(parent);
            }
            const aliases = itemsOf(args.keywords.get('aliases') ?? none) ?? [];
            const names = [args.positional[0], ...aliases].map(textOf);
            parser.addCommand(
              names.filter((each) => each !== undefined),
              command,
            );
            return parserObject(command, plainDialect, findings);
          }),
  };
}

const plainDialect: Dialect = { reads: /^parse_(?:known_)?(?:intermixed_)?args$/ };

function readResult(
  parser: ArgumentParser,
  method: string,
  args: CallArguments,
  findings: Findings,
  machine: Machine,
): PyValue {
  const given = args.positional[0] ?? args.keywords.get('args');
  const items = given?.kind === 'list' ? itemsOf(given) : undefined;
  const fixed = items?.map(textOf).filter((text) => text !== undefined);
  if (items !== undefined && fixed?.length === items.length) parser.fixedArguments = fixed;
  const result = namespaceObject(parser, fixed ?? findings.args);
  for (const dest of parser.configOptions) {
    const file = attributeOf(result, dest, machine);
    nameConfig(file, findings);
  }
  if (/dataclass/.test(method)) return unknown;
  return method.includes('known') ? pyTuple([result, unknown]) : result;
}

/** The result of a parser, which later arguments may depend on. */
function namespaceObject(parser: ArgumentParser, args: readonly string[]): PyObject {
  const changed = new Map<string, PyValue>();
  let values: ReadonlyMap<string, string> | undefined;
  return {
    kind: 'object',
    payload: { resultOf: parser },
    attribute(name) {
      if (name === '__setattr__') {
        return builtin(name, ({ positional: [key, value] }, machine) => {
          machine.set(changed, textOf(key) ?? '', value ?? unknown);
          return none;
        });
      }
      values ??= readArguments(new DescribingWork().describe(parser), args).values;
      return changed.get(name) ?? parser.valueOf(name, values.get(name));
    },
  };
}
