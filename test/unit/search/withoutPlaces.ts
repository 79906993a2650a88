import type { SearchNode } from '../../../src/core/search/searchNode';

/** The tree alone, to be compared with another of the same meaning that stood elsewhere. */
export function withoutPlaces(node: SearchNode | undefined): unknown {
  return strip(node);
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key === 'at' ? [] : [[key, strip(each)]])),
  );
}
