import { describe, expect, it } from 'vitest';
import { extractText } from './extractText';
import { classical } from './families/classical';
import type { Family } from './families/family';
import { language } from './families/language';
import { reinforcement } from './families/reinforcement';
import { searches } from './families/searches';
import { speech } from './families/speech';
import { statistics } from './families/statistics';
import { training } from './families/training';
import { vision } from './families/vision';

const groups: Readonly<Record<string, readonly Family[]>> = {
  training,
  language,
  vision,
  speech,
  reinforcement,
  classical,
  searches,
  statistics,
};

describe.each(Object.entries(groups))('what programs print: %s', (_group, families) => {
  it.each(families.map((family) => [family.name, family] as const))('%s', (_name, family) => {
    expect(extractText(`${family.text.join('\n')}\n`)).toEqual(family.found);
  });
});
