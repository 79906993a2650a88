import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change, Edit } from '../../../src/core/change/change';
import type { CheckpointId } from '../../../src/core/run/run';
import type { ViewId } from '../../../src/core/view/savedView';
import { migrate } from '../../../src/store/database/migrate';
import { Replica } from '../../../src/store/database/replica';
import { openSqlDatabase } from '../../../src/store/database/sqlDatabase';
import { StoreReader } from '../../../src/store/database/storeReader';
import { HybridClock } from '../../../src/store/journal/hybridClock';
import {
  encodeFrame,
  type StoredChange,
  scanFrames,
} from '../../../src/store/journal/journalFormat';
import { makeFolder, openTestStore, wasmPath } from './openTestStore';
import { readAll } from './readAll';
import {
  checkpointId,
  runId,
  sampleContent,
  sampleManifest,
  sampleManifestHash,
  started,
  taken,
} from './sampleChanges';

// Few ids and keys, so that changes meet; odd texts, as they come from terminals.
const anyRun = fc.constantFrom('r1', 'r2', 'r3').map(runId);
const anyCheckpoint = fc.constantFrom('c1', 'c2').map(checkpointId);
const anyView = fc.constantFrom('v1' as ViewId, 'v2' as ViewId);
const anyKey = fc.constantFrom('val/loss', 'acc', 'speed', '__proto__', 'a\0b');
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constant('x\ud800\0'));
const anyTime = fc.integer({ min: 0, max: 2_000_000_000_000 });

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    field: fc.constantFrom('name' as const, 'note' as const),
    value: fc.option(anyText, { nil: undefined }),
  }),
  fc.record({ field: fc.constant('starred' as const), value: fc.boolean() }),
  fc.record({
    field: fc.constant('deletedAtMs' as const),
    value: fc.option(anyTime, { nil: undefined }),
  }),
  fc.record({
    field: fc.constant('archivedAtMs' as const),
    value: fc.option(anyTime, { nil: undefined }),
  }),
  fc.record({ field: fc.constant('experiment' as const), value: anyText }),
  fc.record({
    field: fc.constant('tag' as const),
    key: anyKey,
    value: fc.option(anyText, { nil: undefined }),
  }),
);

const anyNotebook = fc.constantFrom('a.ipynb', 'b.ipynb', 'c.ipynb');
const anyHash = fc.constant(taken('any').checkpoint.content);
const anyPoints = fc.array(fc.tuple(fc.double(), fc.double(), anyTime), { maxLength: 5 });

const anyEdition = fc.option(fc.constantFrom('e1', 'e2'), { nil: undefined });
const anyFile = fc.record({
  role: fc.constantFrom('input' as const, 'output' as const),
  path: fc.constantFrom('model.pt', 'data.csv'),
  type: fc.constant('other' as const),
  sizeBytes: fc.nat(),
  modifiedAtMs: anyTime,
  isKept: fc.constant(false),
});

const anyChange: fc.Arbitrary<StoredChange> = fc.oneof(
  fc.record({
    kind: fc.constant('runStarted' as const),
    runId: anyRun,
    experiment: anyText,
    source: fc.oneof(
      fc.record({ kind: fc.constant('terminal' as const), commandLine: anyText }),
      fc.record({
        kind: fc.constant('notebook' as const),
        notebook: anyNotebook,
        cellIndex: fc.nat(),
        cellSource: anyText,
      }),
    ),
    startedAtMs: anyTime,
    parentId: anyRun,
  }),
  fc.record({
    kind: fc.constant('paramsAdded' as const),
    runId: anyRun,
    params: fc.array(
      fc.record({
        key: anyKey,
        value: anyText,
        origin: fc.constantFrom('argv' as const, 'printed' as const),
      }),
      { maxLength: 4 },
    ),
  }),
  fc
    .record({ runId: anyRun, key: anyKey, points: anyPoints, edition: anyEdition })
    .map(({ points, edition, ...rest }) => ({
      kind: 'pointsAppended' as const,
      ...rest,
      ...(edition !== undefined && { edition }),
      steps: Float64Array.from(points, ([step]) => step),
      values: Float64Array.from(points, ([, value]) => value),
      timesMs: Float64Array.from(points, ([, , time]) => time),
    })),
  fc.record({
    kind: fc.constant('seriesReplaced' as const),
    runId: anyRun,
    keys: fc.array(anyKey, { maxLength: 2 }),
    edition: fc.constantFrom('e1', 'e2'),
  }),
  fc.record({
    kind: fc.constant('outputRead' as const),
    runId: anyRun,
    endByte: fc.nat(),
  }),
  fc.record({
    kind: fc.constant('environmentRecorded' as const),
    runId: anyRun,
    environment: fc.record({ os: anyText }),
  }),
  fc.record({
    kind: fc.constant('filesRecorded' as const),
    runId: anyRun,
    files: fc.array(anyFile, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('runEnded' as const),
    runId: anyRun,
    status: fc.constantFrom('finished' as const, 'killed' as const, 'interrupted' as const),
    endedAtMs: anyTime,
  }),
  fc.record({
    kind: fc.constant('codeStateRecorded' as const),
    runId: anyRun,
    codeState: fc.record({ branch: anyText, dirty: fc.boolean() }),
  }),
  fc.record({
    kind: fc.constant('runLinked' as const),
    runId: anyRun,
    checkpointId: anyCheckpoint,
  }),
  fc.record({
    kind: fc.constant('runLinked' as const),
    runId: anyRun,
    checkpointId: anyCheckpoint,
    trust: fc.record({
      verdict: fc.constantFrom('fresh' as const, 'stale' as const),
      faults: fc.array(anyText, { maxLength: 2 }),
    }),
  }),
  fc.record({
    kind: fc.constant('viewSaved' as const),
    view: fc.record({
      id: anyView,
      name: anyText,
      page: fc.constantFrom('runTable' as const, 'charts' as const),
      state: anyText,
      savedAtMs: anyTime,
    }),
  }),
  fc.record({ kind: fc.constant('viewDeleted' as const), viewId: anyView, atMs: anyTime }),
  fc.record({ kind: fc.constant('runEdited' as const), runId: anyRun, edit: anyEdit }),
  anyCheckpoint.chain((id) =>
    fc.record({
      kind: fc.constant('checkpointTaken' as const),
      checkpoint: fc.record({
        id: fc.constant<CheckpointId>(id),
        notebook: anyNotebook,
        takenAtMs: anyTime,
        kind: fc.constantFrom('save' as const, 'execution' as const),
        content: anyHash,
        origin: anyText,
        sizeBytes: fc.nat(),
        cellCount: fc.nat(),
      }),
    }),
  ),
  fc.record({
    kind: fc.constant('notebookMoved' as const),
    from: anyNotebook,
    to: anyNotebook,
    atMs: anyTime,
  }),
  fc.record({
    kind: fc.constant('checkpointThinned' as const),
    checkpointId: anyCheckpoint,
    manifest: fc.constant(sampleManifestHash),
    thinned: fc.record({ outputs: fc.nat(), bytes: fc.nat() }),
  }),
  fc.record({
    kind: fc.constant('checkpointEdited' as const),
    checkpointId: anyCheckpoint,
    edit: anyEdit,
  }),
  fc.record({ kind: fc.constant('logGrew' as const), runId: anyRun, sizeBytes: fc.nat() }),
  fc.record({
    kind: fc.constant('logLeftOut' as const),
    runId: anyRun,
    bytes: fc.nat({ max: 3 }),
    why: fc.constantFrom('maxLogMB' as const, 'maxTotalGB' as const),
  }),
  fc.record({ kind: fc.constant('logDropped' as const), runId: anyRun }),
  // Seldom, as little is left to compare after them.
  fc.record({ kind: fc.constant('runPurged' as const), runId: fc.constant(runId('r3')) }),
  fc.record({
    kind: fc.constant('checkpointPurged' as const),
    checkpointId: fc.constant(checkpointId('c2')),
  }),
);

/** The others are the store's own. */
function isChange(change: StoredChange): change is Change {
  return !['logGrew', 'logLeftOut', 'logDropped', 'pointsPacked'].includes(change.kind);
}

/** No two windows ever name an edition alike. */
function withOwnEdition(change: StoredChange, writer: number): StoredChange {
  if (change.kind !== 'seriesReplaced' && change.kind !== 'pointsAppended') return change;
  return change.edition === undefined ? change : { ...change, edition: change.edition + writer };
}

/** More moments than any commit takes. */
const maxTicks = 20;

const anyCommit = fc.array(anyChange, { minLength: 1, maxLength: 4 });

test('the state after a replay is the state that was shown, whatever was committed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyCommit, { maxLength: 12 }), async (commits) => {
      const folder = makeFolder();
      const live = await openTestStore(folder);
      await live.putBlob(sampleContent);
      await live.putBlob(sampleManifest);
      // Runs left open would be closed by the next to open the store.
      const endings = (['r1', 'r2', 'r3'] as const).map((id) => ({
        kind: 'runEnded' as const,
        runId: runId(id),
        status: 'finished' as const,
        endedAtMs: 1,
      }));
      for (const commit of [...commits, endings]) {
        await live.commit(commit.filter(isChange));
      }
      const shown = await readAll(live);
      // Beside it, from the journals alone.
      expect(await readAll(await openTestStore(folder))).toEqual(shown);
      await live.close();
      // And from the snapshot.
      expect(await readAll(await openTestStore(folder))).toEqual(shown);
    }),
    { numRuns: 40 },
  );
}, 60_000);

/** What a store shows after it read the journals in the given order of turns. */
async function replay(journals: readonly Uint8Array[], turns: readonly number[]) {
  const database = await openSqlDatabase(wasmPath);
  migrate(database);
  const replica = new Replica(database, new HybridClock(() => 0));
  const scans = journals.map((bytes) => [...scanFrames(bytes, 1).frames]);
  for (const turn of turns) {
    const frame = scans[turn]?.shift();
    if (frame !== undefined) replica.apply(`writer${turn}`, [frame], frame.sequence);
  }
  // Both extremes are kept, whichever of them is the best one.
  const highest = new StoreReader(replica, () => 'higher').listRuns({ includeDeleted: true });
  const reader = new StoreReader(replica, () => 'lower');
  const runs = reader.listRuns({ includeDeleted: true });
  const series = runs.flatMap(({ id, metrics }) =>
    metrics.map(({ key }) => {
      const { steps, values, timesMs } = reader.readSeries(id, key);
      return [id, key, [...steps], [...values], [...timesMs]];
    }),
  );
  const files = runs.map(({ id }) => reader.listFiles(id));
  const checkpoints = reader.listCheckpoints({ includeDeleted: true });
  const views = reader.listViews();
  database.close();
  return { runs, highest, series, files, checkpoints, views };
}

test('in whatever order journals are read, the state is the same', async () => {
  const anyWrites = fc.array(fc.tuple(fc.nat({ max: 2 }), anyCommit), {
    minLength: 2,
    maxLength: 14,
  });
  await fc.assert(
    fc.asyncProperty(
      anyWrites,
      fc.infiniteStream(fc.nat({ max: 1000 })),
      async (writes, chance) => {
        const frames: Uint8Array[][] = [[], [], []];
        for (const [writer, changes] of writes) {
          const own = frames[writer] ?? [];
          // Writers that do not know of each other, so that their moments meet.
          const moment = { ms: 1000, counter: own.length * maxTicks };
          const ofWriter = changes.map((change) => withOwnEdition(change, writer));
          own.push(encodeFrame({ sequence: own.length + 1, moment, changes: ofWriter }));
        }
        const journals = frames.map((own) => Buffer.concat(own));
        const inOrder = frames.flatMap((own, writer) => own.map(() => writer));
        const shuffled = inOrder
          .map((writer) => [chance.next().value, writer] as const)
          .sort(([a], [b]) => a - b)
          .map(([, writer]) => writer);
        expect(await replay(journals, shuffled)).toEqual(await replay(journals, inOrder));
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);

test('of two reasons for as much that was left out of a log the same one is shown everywhere', async () => {
  const journal = (why: 'maxLogMB' | 'maxTotalGB') =>
    encodeFrame({
      sequence: 1,
      moment: { ms: 1000, counter: 0 },
      changes: [started('r1'), { kind: 'logLeftOut', runId: runId('r1'), bytes: 7, why }],
    });
  const journals = [journal('maxTotalGB'), journal('maxLogMB')];
  expect(await replay(journals, [0, 1])).toEqual(await replay(journals, [1, 0]));
});
