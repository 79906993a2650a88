import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { openStore } from '../../src/store/openStore';
import { repoRoot } from '../../tools/vscodeHost/hostPaths';
import { createVsCodeTest } from '../support/vscodeFixture';
import { edited, ended, points, runId, started } from '../unit/store/sampleChanges';

const wasmPath = join(repoRoot, 'node_modules/sql.js/dist/sql-wasm.wasm');

/** Three runs with logs, two of them deleted. */
async function prepare(dir: string): Promise<void> {
  const listener = { changed: () => {}, problem: () => {} };
  const store = await openStore(join(dir, '.epochlog'), listener, { wasmPath });
  for (const id of ['kept', 'gone1', 'gone2']) {
    await store.commit([started(id, Date.now()), points(id, 'loss', [2, 1])]);
    await store.appendLog(runId(id), new Uint8Array(40_000).fill(65));
    await store.commit([ended(id)]);
  }
  await store.commit([edited('kept', { field: 'name', value: 'kept run' })]);
  await store.commit(
    ['gone1', 'gone2'].map((id) => edited(id, { field: 'deletedAtMs', value: Date.now() })),
  );
  await store.close();
}

const test = createVsCodeTest({ prepare });
const logs = (dir: string) => readdirSync(join(dir, '.epochlog', 'logs'));

test('what takes space is shown, and what is deleted goes once that is confirmed', async ({
  workbench,
  workspaceDir,
}) => {
  await workbench.openActivity('Epochlog');
  await expect.poll(() => workbench.view('Runs').text()).toMatch(/train\.py {2}1 run/);
  await workbench.command('Epochlog: Clean Up Store…');
  expect(await workbench.picks()).toEqual(['2 deleted runs']);
  await workbench.page.keyboard.press('Enter');
  await expect(workbench.page.locator('.monaco-dialog-box')).toContainText(
    '2 deleted runs (80 kB)',
  );
  await workbench.dialog('Cancel');
  expect(logs(workspaceDir)).toHaveLength(3);

  await workbench.command('Epochlog: Clean Up Store…');
  await workbench.picks();
  await workbench.page.keyboard.press('Enter');
  await workbench.dialog('Remove');
  await workbench.notification('80 kB freed.').waitFor();
  expect(logs(workspaceDir)).toEqual(['kept.log']);

  await workbench.command('Epochlog: Clean Up Store…');
  await workbench.notification('Nothing to clean up: the store takes').waitFor();
});

test('a run is deleted for good from its menu, and cannot be brought back', async ({
  workbench,
  workspaceDir,
}) => {
  const runs = workbench.view('Runs');
  await runs.contextMenu('kept run', 'Delete for Good…');
  await expect(workbench.page.locator('.monaco-dialog-box')).toContainText('cannot be undone');
  await workbench.dialog('Delete for Good');
  await expect.poll(() => runs.labels()).not.toContain('kept run');
  await expect.poll(() => logs(workspaceDir)).toEqual([]);
  await workbench.command('Epochlog: Delete for Good…');
  await workbench.notification('Nothing is deleted.').waitFor();
});
