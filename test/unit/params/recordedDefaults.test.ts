import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProjectReader } from '../../../src/app/projectReader';
import type { ProjectFiles } from '../../../src/core/params/config/projectFiles';
import { readRunParams } from '../../../src/core/params/readRunParams';

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
    .replace(/[[\]()',":]/g, ' ')
    .trim()
    .split(/\s+/)
    .map((word) => (Number.isNaN(Number(word)) ? word.toLowerCase() : String(Number(word))))
    .map((word) => (word === 'none' ? 'null' : word))
    .join(' ');
}

/** The project lay in `/project` when the truth was recorded. */
function projectFiles(): ProjectFiles {
  const reader = new ProjectReader();
  const here = (path: string) => path.replace(/^\/project\b/, folder);
  return {
    readConfig: (path) => reader.readConfig(here(path)),
    readModule: (path) => reader.readModule(here(path)),
    isFolder: (path) => reader.isFolder(here(path)),
  };
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
        const text = readFileSync(join(folder, script), 'utf8');
        const read = readRunParams(
          {
            script: { text, path: `/project/${script}` },
            args,
            launcherArgs: [],
            given: [],
            folder: '/project',
          },
          projectFiles(),
        );
        expect(read.problems).toEqual([]);
        // Only what is a constant of the module is none of the parser's.
        const known = read.params.filter(
          ({ key, origin }) => key in params || !/^[A-Z_]+$/.test(key) || origin !== 'default',
        );
        const isTyped = (key: string) =>
          known.some((each) => each.key === key && each.origin !== 'default');
        const found = Object.fromEntries(
          known.map(({ key, value }) => [key, isTyped(key) ? typed(value) : value]),
        );
        const expected = Object.fromEntries(
          Object.entries(params).map(([key, value]) => [key, isTyped(key) ? typed(value) : value]),
        );
        if (script.startsWith('hydra')) {
          // Hydra has no param for the choice of a group, nor for what is added as a map, nor for its
          // own options.
          for (const key of Object.keys(found)) {
            if (!(key in expected) && !key.includes('.')) delete found[key];
            else if (key.includes('@')) delete found[key];
          }
        }
        // absl gives the content of the file for its name.
        if (script === 'configFlags.py') delete found.config;
        // Each of what they hold is a param by itself.
        for (const holder of ['cfg_options', 'opts']) {
          if (args.includes(`--${holder.replace('_', '-')}`)) delete expected[holder];
        }
        expect(found).toEqual(expected);
      },
    );
  }
});
