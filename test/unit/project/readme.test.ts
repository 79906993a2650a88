import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../../src/core/search/parseSearch';

const readme = readFileSync(join(resolve(__dirname, '../../..'), 'README.md'), 'utf8');
const manifest = JSON.parse(
  readFileSync(join(resolve(__dirname, '../../..'), 'package.json'), 'utf8'),
);

describe('the readme', () => {
  const [, table = ''] = readme.split('| search | finds |\n|---|---|\n');
  const searches = [...(table.split('\n\n')[0]?.matchAll(/^\| `(.+?)` \|/gm) ?? [])];

  it('has searches that can be read', () => {
    expect(searches.length).toBeGreaterThanOrEqual(5);
    for (const [, text = ''] of searches) expect(parseSearch(text).error, text).toBeUndefined();
  });

  it('names each setting, and no other', () => {
    const named = [...readme.matchAll(/`(epochlog\.[a-z]\w+\.\w+)`/g)].map(([, id = '']) => id);
    const settings = Object.keys(manifest.contributes.configuration.properties);
    expect([...new Set(named)].sort()).toEqual(settings.sort());
  });
});
