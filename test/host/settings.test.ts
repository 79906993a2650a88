import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { ConfigurationTarget, NotebookEdit, Uri, WorkspaceEdit, workspace } from 'vscode';
import { settingIds } from '../../src/platform/contributionIds';
import { addMetricPattern, readMetricPatterns, readSettings } from '../../src/platform/settings';
import { recordedCheckpoints, until, workspaceRoot } from './epochlog';

const defaults = readSettings();

async function set(id: string, value: unknown): Promise<void> {
  await workspace.getConfiguration().update(id, value, ConfigurationTarget.Workspace);
}

const odd: readonly unknown[] = ['scratch/**', 7, true, { a: 1 }, [1, {}, ''], [['nested']]];

suite('settings', () => {
  teardown(async () => {
    for (const id of Object.values(settingIds)) await set(id, undefined);
  });

  test('the defaults are those of the manifest', () => {
    deepStrictEqual(defaults, {
      excludePaths: [],
      excludeCommands: [],
      includeCommands: [],
      metricPatterns: [],
      directions: [],
      codeLens: true,
      storeLocation: 'workspace',
      limits: { maxLogBytes: 256_000_000, maxTotalBytes: 0, maxOutputsBytes: 0 },
      sampleEveryMs: 5000,
      tellSame: true,
      tellStale: true,
      maxOutputBytes: 100_000_000,
    });
  });

  test('lists that are none are empty, and of a list the texts count', async () => {
    for (const value of odd) {
      for (const key of ['excludePaths', 'excludeCommands', 'includeCommands'] as const) {
        await set(settingIds[key], value);
        const expected = Array.isArray(value)
          ? value.filter((each) => typeof each === 'string')
          : [];
        deepStrictEqual(readSettings()[key], expected, `${key}: ${JSON.stringify(value)}`);
      }
    }
    await set(settingIds.excludePaths, ['scratch/**', 7]);
    deepStrictEqual(readSettings().excludePaths, ['scratch/**']);
  });

  test('metric patterns of the workspace and of the user add up, the former first', async () => {
    const own = { name: 'own', pattern: 'own (?<value>{number})' };
    const shared = { name: 'shared', pattern: 'shared (?<value>{number})' };
    try {
      await addMetricPattern(own, 'user');
      await addMetricPattern(shared, 'workspace');
      await addMetricPattern(shared, 'workspace');
      deepStrictEqual(readMetricPatterns(), [shared, own]);
      await set(settingIds.metricPatterns, [shared, 7, { name: 'no pattern' }]);
      deepStrictEqual(readMetricPatterns(), [shared, own]);
    } finally {
      const target = ConfigurationTarget.Global;
      await workspace.getConfiguration().update(settingIds.metricPatterns, undefined, target);
    }
  });

  test('a direction is max or min', async () => {
    await set(settingIds.metricDirection, { a: 'max', 'b*': 'min', c: 'up', d: 7 });
    deepStrictEqual(readSettings().directions, [
      { metric: 'a', direction: 'higher' },
      { metric: 'b*', direction: 'lower' },
    ]);
  });

  test('a switch that is no boolean is off, and an unknown place is the workspace', async () => {
    await set(settingIds.codeLens, 'yes');
    await set(settingIds.storeLocation, 'moon');
    strictEqual(readSettings().codeLens, false);
    strictEqual(readSettings().storeLocation, 'workspace');
    await set(settingIds.storeLocation, 'extension');
    strictEqual(readSettings().storeLocation, 'extension');
  });

  test('a limit is a number from 0 on, else its default', async () => {
    for (const value of [...odd.filter((each) => each !== 7), -1, '5']) {
      await set(settingIds.maxLogMB, value);
      await set(settingIds.maxOutputMB, value);
      await set(settingIds.sampleSeconds, value);
      strictEqual(readSettings().sampleEveryMs, defaults.sampleEveryMs);
      deepStrictEqual(readSettings().limits, defaults.limits, JSON.stringify(value));
      strictEqual(readSettings().maxOutputBytes, defaults.maxOutputBytes);
    }
    await set(settingIds.maxLogMB, 1.5);
    await set(settingIds.maxTotalGB, 2);
    await set(settingIds.maxOutputMB, 0);
    await set(settingIds.sampleSeconds, 0);
    strictEqual(readSettings().sampleEveryMs, 0);
    deepStrictEqual(readSettings().limits, {
      ...{ maxLogBytes: 1_500_000, maxTotalBytes: 2e9, maxOutputsBytes: 0 },
    });
    strictEqual(readSettings().maxOutputBytes, 0);
  });

  test('a save is recorded all the same, unless a pattern leaves it out', async () => {
    const saveAndCount = async (tag: string) => {
      const uri = Uri.joinPath(workspaceRoot(), 'explore.ipynb');
      const document = await workspace.openNotebookDocument(uri);
      const edit = new WorkspaceEdit();
      edit.set(uri, [NotebookEdit.updateCellMetadata(0, { metadata: { tags: [tag] } })]);
      await workspace.applyEdit(edit);
      strictEqual(await document.save(), true);
    };
    const count = async () => (await recordedCheckpoints()).length;
    const before = await count();
    await set(settingIds.excludePaths, ['', '[', 7, '**/[']);
    await set(settingIds.excludeCommands, 'python');
    await saveAndCount('odd settings');
    await until('the checkpoint', async () => (await count()) === before + 1);

    await set(settingIds.excludePaths, ['*.ipynb']);
    await saveAndCount('left out');
    await set(settingIds.excludePaths, undefined);
    await saveAndCount('not left out');
    await until('the checkpoint after', async () => (await count()) === before + 2);
  });
});
