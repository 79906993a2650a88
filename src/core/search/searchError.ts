/** Why a text is no search, from `start` up to, not including, `end`. The message says what to write instead. */
export interface SearchError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
