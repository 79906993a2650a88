import type { BlobHash, CodeState, Run, RunSource } from '../../core/run/run';
import { foldText, searchableText } from '../../core/search/searchText';
import { readTags } from './editRows';
import type { SqlDatabase } from './sqlDatabase';
import { toOptionalText, toText } from './sqlValues';

/** What words are looked for in, of one run; folded. */
interface RunText {
  readonly text: string;
  /** The cell's source; runs of the same cell have the same. */
  readonly cell: string | undefined;
  readonly script: BlobHash | undefined;
}

interface Words {
  readonly wanted: string;
  readonly scripts: ReadonlyMap<BlobHash, string>;
  /** Whether code has them, as many runs are of the same. */
  readonly inCode: Map<string, boolean>;
}

/**
 * The texts of all runs, folded once: to look for a word in ten thousand of them takes milliseconds.
 * Nothing is read before the first word is looked for; then only runs that were touched are read anew.
 */
export class TextIndex {
  readonly #database: SqlDatabase;
  readonly #texts = new Map<number, RunText>();
  readonly #cells = new Map<string, string>();
  #touched = new Set<number>();
  #isRead = false;
  #words: Words[] = [];

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  touch(row: number): void {
    if (this.#isRead) this.#touched.add(row);
  }

  /** To be called before a statement that looks for words. */
  update(): void {
    if (!this.#isRead) {
      this.#read(Array.from(this.#database.rows('SELECT run FROM runs'), ([row]) => Number(row)));
      this.#isRead = true;
    } else if (this.#touched.size > 0) {
      this.#read([...this.#touched]);
    }
    this.#touched = new Set();
  }

  forgetWords(): void {
    this.#words = [];
  }

  /** @param wanted folded. @returns a number for `has`. */
  addWords(wanted: string, scripts: ReadonlyMap<BlobHash, string>): number {
    this.#words.push({ wanted, scripts, inCode: new Map() });
    return this.#words.length - 1;
  }

  has(row: number, number: number): boolean {
    const texts = this.#texts.get(row);
    const words = this.#words[number];
    if (texts === undefined || words === undefined) return false;
    const { text, cell, script } = texts;
    if (text.includes(words.wanted)) return true;
    if (cell !== undefined && hasInCode(words, cell, () => cell)) return true;
    const source = script === undefined ? undefined : words.scripts.get(script);
    return (
      script !== undefined &&
      source !== undefined &&
      hasInCode(words, script, () => foldText(source))
    );
  }

  #read(rows: readonly number[]): void {
    const tags = readTags(this.#database, 'runs', rows);
    const found = this.#database.rows(
      `SELECT run, name, note, source, experiment, code_state FROM runs
       WHERE started_stamp IS NOT NULL AND run IN (SELECT value FROM json_each(?))`,
      JSON.stringify(rows),
    );
    for (const row of rows) this.#texts.delete(row);
    for (const [row, name, note, sourceJson, experiment, codeJson] of found) {
      // SAFETY: the columns hold what `writeStart` and `writeCodeState` wrote.
      const source = JSON.parse(toText(sourceJson)) as RunSource;
      // SAFETY: as above.
      const code = codeJson == null ? undefined : (JSON.parse(toText(codeJson)) as CodeState);
      const named = { name: toOptionalText(name), note: toOptionalText(note) };
      const run: Pick<Run, 'tags' | 'source' | 'experiment'> = {
        tags: tags.get(Number(row)) ?? {},
        source,
        experiment: toText(experiment),
      };
      this.#texts.set(Number(row), {
        text: searchableText({ ...run, ...named }),
        cell: source.kind === 'notebook' ? this.#cell(source.cellSource) : undefined,
        script: code?.script,
      });
    }
  }

  #cell(source: string): string {
    const folded = foldText(source);
    const known = this.#cells.get(folded);
    if (known !== undefined) return known;
    this.#cells.set(folded, folded);
    return folded;
  }
}

function hasInCode({ wanted, inCode }: Words, key: string, code: () => string): boolean {
  let answer = inCode.get(key);
  if (answer === undefined) {
    answer = code().includes(wanted);
    inCode.set(key, answer);
  }
  return answer;
}
