import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDefaults } from '../../../src/core/params/readDefaults';
import { resolveParams } from '../../../src/core/params/resolveParams';

const folder = resolve(__dirname, '../../fixtures/defaults/scripts');
const scripts = readdirSync(folder).filter((file) => file.endsWith('.py'));

interface Case {
  readonly args: readonly string[];
  readonly params: Readonly<Record<string, string>>;
}

function truthOf(script: string): readonly Case[] {
  // SAFETY: record.py writes nothing else.
  return JSON.parse(
    readFileSync(join(folder, script.replace(/\.py$/, '.truth.json')), 'utf8'),
  ) as Case[];
}

/** What is given is kept as it was typed: `1` where the parser makes `1.0` of it, `a b` of a list. */
function typed(text: string): string {
  return text
    .replace(/[[\]()',]/g, ' ')
    .trim()
    .split(/\s+/)
    .map((word) => (Number.isNaN(Number(word)) ? word.toLowerCase() : String(Number(word))))
    .join(' ');
}

describe('what is read from the source, against what the real parsers said', () => {
  it('covers every library', () => {
    expect(scripts.length).toBeGreaterThanOrEqual(30);
    expect(scripts.filter((script) => script.startsWith('argparse')).length).toBeGreaterThanOrEqual(
      15,
    );
  });

  for (const script of scripts) {
    it.each(truthOf(script).map((each) => [each.args.join(' '), each] as const))(
      `${script} %s`,
      (_, { args, params }) => {
        const source = readFileSync(join(folder, script), 'utf8');
        const defaults = readDefaults(source, { args, path: `/project/${script}` });
        const read = resolveParams({ ...defaults, constants: [] }, args);
        const found = Object.fromEntries(
          read.map(({ key, value, origin }) => [key, origin === 'argv' ? typed(value) : value]),
        );
        const given = new Set(read.flatMap(({ key, origin }) => (origin === 'argv' ? [key] : [])));
        const expected = Object.fromEntries(
          Object.entries(params).map(([key, value]) => [
            key,
            given.has(key) ? typed(value) : value,
          ]),
        );
        // Hydra has no param for the choice of a group, but the command line names it.
        if (script.startsWith('hydra')) delete found.optimizer;
        expect(found).toEqual(expected);
      },
    );
  }
});
