import { attributeType, type SearchValueType } from './searchAttribute';
import type { SearchField } from './searchNode';

/** What a field is compared with; `any`: text or a number, as the value is written. */
export function fieldType(field: SearchField): SearchValueType | 'any' {
  switch (field.kind) {
    case 'attribute':
      return attributeType(field.name);
    case 'metric':
    case 'metricAt':
    case 'metricMean':
      return 'number';
    case 'dataset':
    case 'artifact':
      return field.part === 'size' ? 'size' : 'text';
    case 'param':
    case 'tag':
    case 'named':
      return 'any';
  }
}
