import type { Machine } from '../python/interpret/machine';
import type { PyValue } from '../python/interpret/value';
import { strOf } from '../python/interpret/valueText';
import type { OptionSpec } from './commandSpec';

const maxConstants = 50;
const maxLength = 100;

/**
 * What a module assigns on its top level, where it is a number, a yes or no, a short word or a list
 * of those: the weakest sign of a param. With `onlyCapitals`, names in capitals alone.
 * @param assigned names that literals are assigned to on the top level, by `collectDefinitions`.
 */
export function moduleConstants(
  machine: Machine,
  assigned: ReadonlySet<string>,
  onlyCapitals: boolean,
): OptionSpec[] {
  return [...machine.module.names]
    .flatMap(([key, value]): OptionSpec[] => {
      if (!assigned.has(key) || (onlyCapitals && !/^[A-Z][A-Z\d_]*$/.test(key))) return [];
      const text = isPlain(value) ? strOf(value) : undefined;
      if (text === undefined || text.length > maxLength || /[\n\t]|\s\s/.test(text)) return [];
      return [{ key, flags: [], takes: 0, default: text }];
    })
    .slice(0, maxConstants);
}

function isPlain(value: PyValue): boolean {
  switch (value.kind) {
    case 'bool':
    case 'int':
    case 'float':
      return true;
    case 'str':
      return value.value !== '' && !/\s/.test(value.value.trim());
    case 'list':
    case 'tuple':
      return (
        value.items.length > 0 &&
        value.items.every(({ kind }) => /^(?:bool|int|float|str)$/.test(kind))
      );
    default:
      return false;
  }
}
