import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const fixture = (name: string) => join(root, 'test/fixtures/notebooks', `${name}.ipynb`);

function nbdiff(...args: readonly string[]) {
  return nbdiffOf(undefined, ...args);
}

function nbdiffOf(pairsFolder: string | undefined, ...args: readonly string[]) {
  const { EPOCHLOG_PAIRS_DIR: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'tools/nbdiff.ts', ...args],
    {
      cwd: root,
      encoding: 'utf8',
      env: pairsFolder === undefined ? env : { ...env, EPOCHLOG_PAIRS_DIR: pairsFolder },
    },
  );
  return { status, stdout, stderr };
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nbdiff-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('nbdiff', { timeout: 60_000 }, () => {
  it('prints one JSON object, checked', () => {
    const { status, stdout } = nbdiff(fixture('base'), fixture('edited'), '--json', '--check');
    expect(status).toBe(0);
    const diff = JSON.parse(stdout);
    expect(diff.summary).toEqual({
      changed: 1,
      added: 1,
      removed: 1,
      moved: 0,
      outputsChanged: 1,
      split: 0,
      merged: 0,
      displayedLines: 8,
    });
    expect(diff.cells[0]).toMatchObject({ kind: 'same', oldIndex: 0, newIndex: 0, hunks: [] });
    expect(diff.cells).toHaveLength(15);
  });

  it('prints a summary and the rows that differ', () => {
    const { status, stdout } = nbdiff(fixture('base'), fixture('moved'));
    expect(status).toBe(0);
    expect(stdout.split('\n\n')).toEqual([
      '1 cell changed, 2 moved',
      [
        '> moved #11 -> #3 (code)',
        '  @@ line 1 -> 1 @@',
        '  + import numpy as np',
        '  + y = load_digits().target',
      ].join('\n'),
      '> moved #12 -> #5 (code)\n',
    ]);
  });

  it('says what is wrong with its input, and exits with 2', () => {
    const damaged = join(folder, 'damaged.ipynb');
    writeFileSync(damaged, '{"cells": [');
    expect(nbdiff(fixture('base'), damaged)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `${damaged}: Damaged notebook: not JSON at line 1, column 12: the text ends too early.\n`,
    });
    const missing = nbdiff(fixture('base'), join(folder, 'none.ipynb'));
    expect(missing.status).toBe(2);
    expect(missing.stderr).toContain('ENOENT');
    expect(nbdiff(fixture('base')).status).toBe(2);
    expect(nbdiff('--wrong', 'a', 'b').stderr).toContain('Usage: ');
  });

  it('checks a folder of pairs, there and back, and shows as text what is no notebook', () => {
    const write = (id: string, old: string, fresh: string) => {
      mkdirSync(join(folder, 'pairs', id), { recursive: true });
      writeFileSync(join(folder, 'pairs', id, 'old.ipynb'), old);
      writeFileSync(join(folder, 'pairs', id, 'new.ipynb'), fresh);
    };
    const read = (name: string) => readFileSync(fixture(name), 'utf8');
    write('a', read('base'), read('moved'));
    write('b', read('base'), '{"cells": [');
    expect(nbdiffOf(join(folder, 'pairs'), '--check')).toEqual({
      status: 0,
      stdout:
        '2 pairs checked, 1 of them not a notebook, shown as text; 4 lines displayed; ' +
        '0 asymmetric; 0 failures\n',
      stderr: '',
    });
    const report = JSON.parse(nbdiffOf(join(folder, 'pairs'), '--json').stdout);
    expect(report).toMatchObject({ pairs: 2, asText: 1, failures: [] });
    // A folder without pairs proves nothing.
    expect(nbdiffOf(join(folder, 'pairs', 'a')).status).toBe(1);
  });
});
