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
