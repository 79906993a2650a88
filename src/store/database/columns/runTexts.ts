import type { BlobHash, CodeState, Run, RunSource } from '../../../core/run/run';
import type { FieldValue } from '../../../core/search/fieldValues';
import { foldText, searchableText } from '../../../core/search/searchText';
import { readTags } from '../editRows';
import type { SqlDatabase } from '../sqlDatabase';
import { toOptionalText, toText } from '../sqlValues';

/** The texts of those scripts that could be read. */
export type ScriptTexts = ReadonlyMap<BlobHash, string>;

/** What words are looked for in, of one run. */
interface RunText {
  /** Folded. */
  readonly text: string;
  /** The cell's source; runs of the same cell have the same. */
  readonly cell: string | undefined;
  readonly script: BlobHash | undefined;
}

/**
 * The texts of all runs, folded once: to look for a word in ten thousand of them takes milliseconds.
 * Nothing is read before the first word is looked for; then only runs that were touched are read anew.
 */
export class RunTexts {
  readonly #database: SqlDatabase;
  readonly #texts = new Map<number, RunText>();
  /** One string for all runs of a cell. */
  readonly #cells = new Map<string, string>();
  #stale: Set<number> | 'all' = 'all';

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  touch(row: number): void {
    if (this.#stale !== 'all') this.#stale.add(row);
  }

  /** Whether a run has words that stand by themselves, as `matchesSearch` has it. */
  wordTest(words: string, scripts: ScriptTexts): (row: number) => boolean {
    this.#update();
    const wanted = foldText(words);
    const isInCode = this.#codeTest(({ text = '' }) => foldText(text).includes(wanted), scripts);
    return (row) => (this.#texts.get(row)?.text.includes(wanted) ?? false) || isInCode(row);
  }

  /** Whether some code of a run, the cell's or the script's, is as a test says. */
  codeTest(test: (value: FieldValue) => boolean, scripts: ScriptTexts): (row: number) => boolean {
    this.#update();
    return this.#codeTest(test, scripts);
  }

  /** Many runs are of the same code, which is tested once. */
  #codeTest(test: (value: FieldValue) => boolean, scripts: ScriptTexts): (row: number) => boolean {
    const answers = new Map<string, boolean>();
    const ask = (key: string, text: string) => {
      let answer = answers.get(key);
      if (answer === undefined) {
        answer = test({ text });
        answers.set(key, answer);
      }
      return answer;
    };
    return (row) => {
      const { cell, script } = this.#texts.get(row) ?? {};
      if (cell !== undefined && ask(`cell ${cell}`, cell)) return true;
      const source = script === undefined ? undefined : scripts.get(script);
      return source !== undefined && ask(`script ${script}`, source);
    };
  }

  #update(): void {
    const stale = this.#stale;
    if (stale !== 'all' && stale.size === 0) return;
    this.#stale = new Set();
    const rows =
      stale === 'all'
        ? Array.from(this.#database.rows('SELECT run FROM runs'), ([row]) => Number(row))
        : [...stale];
    for (const row of rows) this.#texts.delete(row);
    this.#read(rows);
  }

  #read(rows: readonly number[]): void {
    const tags = readTags(this.#database, 'runs', rows);
    const params = this.#readParamValues(rows);
    const found = this.#database.rows(
      `SELECT run, name, note, source, experiment, code_state, source_path FROM runs
       WHERE started_stamp IS NOT NULL AND run IN (SELECT value FROM json_each(?))`,
      JSON.stringify(rows),
    );
    for (const [rowId, name, note, sourceJson, experiment, codeJson, path] of found) {
      const row = Number(rowId);
      // SAFETY: the columns hold what `writeStart` and `writeCodeState` wrote.
      const stored = JSON.parse(toText(sourceJson)) as RunSource;
      const source: RunSource =
        stored.kind === 'notebook' ? { ...stored, notebook: toText(path) } : stored;
      // SAFETY: as above.
      const code = codeJson == null ? undefined : (JSON.parse(toText(codeJson)) as CodeState);
      const named = { name: toOptionalText(name), note: toOptionalText(note) };
      const run: Pick<Run, 'tags' | 'source' | 'experiment'> = {
        tags: tags.get(row) ?? {},
        source,
        experiment: toText(experiment),
      };
      this.#texts.set(row, {
        text: [searchableText({ ...run, ...named, params: [] }), ...(params.get(row) ?? [])].join(
          '\n',
        ),
        cell: source.kind === 'notebook' ? this.#cell(source.cellSource) : undefined,
        script: code?.script,
      });
    }
  }

  /** As one folded text, each on a line of its own, if there are any; put together by SQLite, as there are dozens a run. */
  #readParamValues(rows: readonly number[]): Map<number, [string]> {
    const found = this.#database.rows(
      `SELECT run, group_concat(value, char(10) ORDER BY added_stamp) FROM params
       WHERE run IN (SELECT value FROM json_each(?)) GROUP BY run`,
      JSON.stringify(rows),
    );
    return new Map(Array.from(found, ([row, values]) => [Number(row), [foldText(toText(values))]]));
  }

  #cell(source: string): string {
    const known = this.#cells.get(source);
    if (known !== undefined) return known;
    this.#cells.set(source, source);
    return source;
  }
}
