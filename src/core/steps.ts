/** Long work in small pieces: whoever runs it can let others have their turn after each. */
export type Steps<T> = Generator<void, T, void>;
