import { maskText } from './maskText';
import { secretMark } from './secretMark';
import { secretNameStrength } from './secretNames';
import { isSecretValue } from './secretValues';

export interface MaskedJson {
  readonly value: unknown;
  readonly count: number;
}

/**
 * The same data with the credentials in its texts masked. A text in lines, as a notebook keeps its
 * sources and outputs, is read as one, so that a secret on several lines is found.
 */
export function maskJson(value: unknown): MaskedJson {
  let count = 0;

  function maskString(text: string, name: string): string {
    const strength = secretNameStrength(name);
    if (strength !== undefined && isSecretValue({ name, strength, value: text, quote: '"' })) {
      count++;
      return secretMark;
    }
    const masked = maskText(text);
    count += masked.count;
    return masked.text;
  }

  function maskLines(lines: readonly string[], name: string): readonly string[] {
    const before = count;
    const text = maskString(lines.join(''), name);
    return count === before ? lines : text.split(/(?<=\n)/);
  }

  function walkAll(items: readonly unknown[], name: string): readonly unknown[] {
    return items.map((item) => walk(item, name));
  }

  function walk(part: unknown, name: string): unknown {
    if (typeof part === 'string') return maskString(part, name);
    if (Array.isArray(part)) return isLines(part) ? maskLines(part, name) : walkAll(part, name);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, key)]));
  }

  return { value: walk(value, ''), count };
}

function isLines(items: readonly unknown[]): boolean {
  return (
    items.length > 1 &&
    items.every(
      (item, index) =>
        typeof item === 'string' && (index === items.length - 1 || item.endsWith('\n')),
    )
  );
}
