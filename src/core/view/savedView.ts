/** Random, as several windows save views at once. */
export type ViewId = string & { readonly brand: 'ViewId' };

/** The pages that can be left and found again as a named view. */
export type ViewPage = 'runTable' | 'charts' | 'leaderboard';

/** What a user set up on a page and named. */
export interface SavedView {
  readonly id: ViewId;
  readonly name: string;
  readonly page: ViewPage;
  /** JSON that only its page reads; at most `maxViewStateBytes` in UTF-8. */
  readonly state: string;
  readonly savedAtMs: number;
}

export const maxViewStateBytes = 256 * 1024;
