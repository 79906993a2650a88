/** Something that can go wrong in ordinary use; its message says to the user what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The user closed a question; nothing is to be said. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('Cancelled');
  }
}

/** What was thrown, in words; it need not be an error. */
export function errorMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
