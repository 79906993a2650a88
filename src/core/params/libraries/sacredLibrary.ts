import { namesAfter } from '../../python/interpret/callFunction';
import { entriesOf } from '../../python/interpret/dict';
import type { Library, Machine } from '../../python/interpret/machine';
import { builtin, none, type PyValue, unknown } from '../../python/interpret/value';
import { strOf } from '../../python/interpret/valueText';
import type { CommandSpec, OptionSpec } from '../commandSpec';
import { type Described, type Findings, pathTextOf } from '../findings';

const maxNesting = 8;

/** What an experiment of sacred was given as its configuration; the later entry of a name counts. */
class Experiment implements Described {
  readonly entries = new Map<string, PyValue>();

  describe(): CommandSpec {
    const options = [...this.entries].flatMap(([key, value]) => flatOptions(key, value, 0));
    return { options };
  }
}

/** sacred: the local names of `@ex.config` functions, and what `add_config` is given. */
export function createSacred(findings: Findings): Library {
  return (path) => {
    if (!/^sacred\.(?:Experiment|Ingredient|experiment\.Experiment)$/.test(path)) return undefined;
    return builtin(path, () => {
      const experiment = new Experiment();
      findings.read.add(experiment);
      return {
        kind: 'object',
        payload: experiment,
        attribute: (name) => method(name, experiment, findings),
      };
    });
  };
}

function method(name: string, experiment: Experiment, findings: Findings): PyValue {
  switch (name) {
    case 'config':
      return builtin(name, ({ positional: [called] }, machine: Machine) => {
        if (called?.kind !== 'function') return called ?? unknown;
        for (const [key, value] of namesAfter(called, machine)) {
          if (!key.startsWith('_')) experiment.entries.set(key, value);
        }
        return called;
      });
    case 'add_config':
      return builtin(name, ({ positional: [given], keywords }) => {
        const file = pathTextOf(given);
        if (file !== undefined) findings.configs.push({ kind: 'file', path: file });
        const entries = given?.kind === 'dict' ? entriesOf(given) : [];
        for (const [key, value] of entries) experiment.entries.set(strOf(key) ?? '', value);
        for (const [key, value] of keywords) experiment.entries.set(key, value);
        return none;
      });
    case 'main':
    case 'automain':
    case 'command':
    case 'capture':
      return builtin(name, ({ positional: [called] }) => called ?? unknown);
    default:
      return unknown;
  }
}

function flatOptions(key: string, value: PyValue, nesting: number): OptionSpec[] {
  if (value.kind === 'dict' && value.entries.size > 0 && nesting < maxNesting) {
    return entriesOf(value).flatMap(([name, each]) =>
      flatOptions(`${key}.${strOf(name) ?? ''}`, each, nesting + 1),
    );
  }
  const text = strOf(value);
  return text === undefined ? [] : [{ key, flags: [], takes: 0, default: text }];
}
