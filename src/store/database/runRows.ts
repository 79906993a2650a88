import type {
  CodeStateRecorded,
  EnvironmentRecorded,
  ParamsAdded,
  RunEnded,
  RunLinked,
  RunStarted,
} from '../../core/change/change';
import { paramNumber } from '../../core/run/paramNumber';
import type {
  CheckpointId,
  CodeState,
  Environment,
  MetricSummary,
  Param,
  ParamOrigin,
  Run,
  RunId,
  RunSource,
  RunStatus,
} from '../../core/run/run';
import type { RunTrust } from '../../core/trust/runTrust';
import type { Stamp } from '../journal/hybridClock';
import type { LogCut } from '../journal/journalFormat';
import { setLatest } from './editRows';
import { movedPath } from './notebookMoves';
import type { Row, SqlDatabase } from './sqlDatabase';
import { defined, toOptionalNumber, toOptionalText, toText } from './sqlValues';

const runColumns = `run, id, experiment, source, started_at_ms, status, ended_at_ms, exit_code,
  checkpoint_id, code_state, name, note, starred, deleted_at_ms, log_bytes, log_omitted_bytes,
  log_omitted_why, log_dropped, environment, parent_id,
  source_path, trust, archived_at_ms`;

export function writeStart(
  database: SqlDatabase,
  run: number,
  { experiment, source, startedAtMs, parentId }: RunStarted,
  stamp: Stamp,
): void {
  const path =
    source.kind === 'notebook' ? movedPath(database, source.notebook, stamp) : source.script;
  database.run(
    `UPDATE runs SET experiment = iif(experiment_stamp IS NULL, ?1, experiment), source_kind = ?2, source_path = ?3, source = ?4,
       started_at_ms = ?5, started_stamp = ?6, parent_id = ?8
     WHERE run = ?7 AND ifnull(started_stamp, '') < ?6`,
    ...[experiment, source.kind, path, JSON.stringify(source), startedAtMs, stamp, run, parentId],
  );
}

/** What its recorder said of the end stands before what another concluded from its silence. */
export function writeEnd(
  database: SqlDatabase,
  run: number,
  { status, endedAtMs, exitCode }: RunEnded,
  stamp: Stamp,
): void {
  database.run(
    `UPDATE runs SET status = ?1, ended_at_ms = ?2, exit_code = ?3, ended_stamp = ?4
     WHERE run = ?5 AND (ended_stamp IS NULL OR
       (?1 <> 'interrupted', ?4) > (status <> 'interrupted', ended_stamp))`,
    ...[status, endedAtMs, exitCode, stamp, run],
  );
}

function writeParam(database: SqlDatabase, run: number, param: Param, stamp: Stamp): void {
  database.run(
    `INSERT INTO params (run, key, value, origin, stamp, added_stamp, number)
       VALUES (?, ?, ?, ?, ?5, ?5, ?6)
     ON CONFLICT DO UPDATE SET
       value = iif(excluded.stamp > stamp, excluded.value, value),
       number = iif(excluded.stamp > stamp, excluded.number, number),
       origin = iif(excluded.stamp > stamp, excluded.origin, origin),
       stamp = max(excluded.stamp, stamp),
       added_stamp = min(excluded.added_stamp, added_stamp)`,
    ...[run, param.key, param.value, param.origin, stamp, paramNumber(param.value)],
  );
}

export function writeParams(
  database: SqlDatabase,
  run: number,
  { params }: ParamsAdded,
  stampOf: (index: number) => Stamp,
): void {
  for (const [index, param] of params.entries()) writeParam(database, run, param, stampOf(index));
}

export function writeCodeState(
  database: SqlDatabase,
  run: number,
  { codeState }: CodeStateRecorded,
  stamp: Stamp,
): void {
  setLatest(database, 'runs', run, 'code_state', JSON.stringify(codeState), stamp);
}

export function writeEnvironment(
  database: SqlDatabase,
  run: number,
  { environment }: EnvironmentRecorded,
  stamp: Stamp,
): void {
  setLatest(database, 'runs', run, 'environment', JSON.stringify(environment), stamp);
}

export function writeLink(
  database: SqlDatabase,
  run: number,
  { checkpointId, trust }: RunLinked,
  stamp: Stamp,
): void {
  database.run(
    `UPDATE runs SET checkpoint_id = ?1, checkpoint_stamp = ?2
     WHERE run = ?3 AND ifnull(checkpoint_stamp, '') < ?2`,
    ...[checkpointId, stamp, run],
  );
  if (trust !== undefined) {
    setLatest(database, 'runs', run, 'trust', JSON.stringify(trust), stamp);
  }
}

export function writeLogSize(database: SqlDatabase, run: number, sizeBytes: number): void {
  database.run('UPDATE runs SET log_bytes = max(log_bytes, ?) WHERE run = ?', sizeBytes, run);
}

export function writeOutputRead(database: SqlDatabase, run: number, endByte: number): void {
  database.run(
    'UPDATE runs SET output_read_bytes = max(output_read_bytes, ?) WHERE run = ?',
    ...[endByte, run],
  );
}

/** What was left out in all only grows; of two reasons for the same bytes the same one wins everywhere. */
export function writeLogCut(
  database: SqlDatabase,
  run: number,
  { bytes, why }: Pick<LogCut, 'bytes' | 'why'>,
): void {
  database.run(
    `UPDATE runs SET log_omitted_bytes = ?1, log_omitted_why = ?2
     WHERE run = ?3 AND (?1, ?2) > (log_omitted_bytes, ifnull(log_omitted_why, ''))`,
    ...[bytes, why, run],
  );
}

export function writeLogDropped(database: SqlDatabase, run: number): void {
  database.run('UPDATE runs SET log_dropped = 1 WHERE run = ?', run);
}

/** The rows of the given runs, to be completed by `toRun`. */
export function readRunRows(database: SqlDatabase, runs: readonly number[]): Row[] {
  return [
    ...database.rows(
      `SELECT ${runColumns} FROM runs WHERE run IN (SELECT value FROM json_each(?))`,
      JSON.stringify(runs),
    ),
  ];
}

/** Params of the given runs, by run; those of a run in the order they were first named. */
export function readParams(database: SqlDatabase, runs: readonly number[]): Map<number, Param[]> {
  const params = new Map<number, Param[]>();
  const rows = database.rows(
    `SELECT run, key, value, origin FROM params
     WHERE run IN (SELECT value FROM json_each(?)) ORDER BY run, added_stamp`,
    JSON.stringify(runs),
  );
  for (const [run, key, value, origin] of rows) {
    // SAFETY: `writeParam` writes nothing else.
    const param = { key: toText(key), value: toText(value), origin: toText(origin) as ParamOrigin };
    const found = params.get(Number(run));
    if (found === undefined) params.set(Number(run), [param]);
    else found.push(param);
  }
  return params;
}

export interface RunParts {
  readonly params: readonly Param[];
  readonly metrics: readonly MetricSummary[];
  readonly tags: Readonly<Record<string, string>>;
}

export function toRun(row: Row, { params, metrics, tags }: RunParts): Run {
  const [, id, experiment, source, startedAtMs, status, endedAtMs, exitCode] = row;
  const [checkpointId, codeState, name, note, starred, deletedAtMs, logBytes] = row.slice(8);
  const log = toLog(Number(logBytes), row.slice(15, 18));
  const [environment, parentId, path, trust, archivedAtMs] = row.slice(18);
  return {
    // SAFETY: these columns hold what the functions above wrote into them.
    id: toText(id) as RunId,
    experiment: toText(experiment),
    status: toText(status) as RunStatus,
    source: withPath(JSON.parse(toText(source)) as RunSource, toText(path)),
    startedAtMs: Number(startedAtMs),
    starred: starred === 1,
    ...log,
    params,
    metrics,
    tags,
    ...defined({
      endedAtMs: toOptionalNumber(endedAtMs),
      exitCode: toOptionalNumber(exitCode),
      // SAFETY: as above.
      checkpointId: toOptionalText(checkpointId) as CheckpointId | undefined,
      codeState: codeState == null ? undefined : (JSON.parse(toText(codeState)) as CodeState),
      environment:
        environment == null ? undefined : (JSON.parse(toText(environment)) as Environment),
      parentId: toOptionalText(parentId) as RunId | undefined,
      trust: trust == null ? undefined : (JSON.parse(toText(trust)) as RunTrust),
      name: toOptionalText(name),
      note: toOptionalText(note),
      deletedAtMs: toOptionalNumber(deletedAtMs),
      archivedAtMs: toOptionalNumber(archivedAtMs),
    }),
  };
}

/** A notebook's path is where it is now. */
function withPath(source: RunSource, path: string): RunSource {
  return source.kind === 'notebook' ? { ...source, notebook: path } : source;
}

/** What there is of the log, and what of it is not there any more or never was. */
function toLog(
  writtenBytes: number,
  [omittedBytes, why, isDropped]: Row,
): Pick<Run, 'logBytes' | 'logLeftOut'> {
  if (isDropped === 1) {
    const bytes = writtenBytes + Number(omittedBytes);
    return { logBytes: 0, logLeftOut: { bytes, why: 'cleanUp' } };
  }
  if (why == null) return { logBytes: writtenBytes };
  return {
    logBytes: writtenBytes,
    // SAFETY: `writeLogCut` writes nothing else.
    logLeftOut: { bytes: Number(omittedBytes), why: toText(why) as LogCut['why'] },
  };
}
