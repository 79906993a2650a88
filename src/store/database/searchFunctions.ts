import { paramNumber } from '../../core/run/paramNumber';
import type { BlobHash } from '../../core/run/run';
import type { FieldValue } from '../../core/search/fieldValues';
import { foldText } from '../../core/search/searchText';
import { valueAtStep } from '../../core/search/valueAtStep';
import { readChunkedPoints } from './chunkRows';
import type { SqlDatabase } from './sqlDatabase';
import { toText } from './sqlValues';
import type { TextIndex } from './textIndex';

/** Answers of a test to texts that many runs share, such as a param's value. */
const maxRemembered = 10_000;
const maxRememberedChars = 200;

type ValueTest = (value: FieldValue) => boolean;

/**
 * What a search asks that SQLite cannot answer itself, as functions of SQL: each test has a number, which
 * the statement is given, as what a user typed is in none.
 */
export class SearchFunctions {
  readonly #index: TextIndex;
  #tests: ValueTest[] = [];
  #nowMs = 0;

  constructor(database: SqlDatabase, index: TextIndex) {
    this.#index = index;
    database.define('search_test', (test, text) => this.#test(test)({ text: toText(text) }));
    database.define('search_number', (text) => paramNumber(toText(text)) ?? null);
    database.define('search_at', (test, series, step) => {
      const points = readChunkedPoints(database, Number(series));
      const number = valueAtStep(points, Number(step));
      return number !== undefined && this.#test(test)({ number });
    });
    database.define('search_now', () => this.#nowMs);
    database.define('search_words', (test, run) => this.#index.has(Number(run), Number(test)));
  }

  /** Forgets the tests of the search before, whose statements have been read to their end. */
  begin(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#tests = [];
    this.#index.forgetWords();
  }

  /** @returns its number. */
  addTest(test: ValueTest): number {
    const known = new Map<string, boolean>();
    this.#tests.push((value) => {
      const { text } = value;
      if (text === undefined || text.length > maxRememberedChars) return test(value);
      let answer = known.get(text);
      if (answer === undefined) {
        answer = test(value);
        if (known.size < maxRemembered) known.set(text, answer);
      }
      return answer;
    });
    return this.#tests.length - 1;
  }

  /** @returns its number. */
  addWords(text: string, scripts: ReadonlyMap<BlobHash, string>): number {
    return this.#index.addWords(foldText(text), scripts);
  }

  #test(number: unknown): ValueTest {
    return this.#tests[Number(number)] ?? (() => false);
  }
}
