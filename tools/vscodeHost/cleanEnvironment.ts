const foreign =
  /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|NODE_PATH$|PORT$|PASSWORD$|HASHED_PASSWORD$)/;

/** Our environment without what npm, a test runner or another VS Code around us has put there. */
export function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0]),
  );
  return Object.fromEntries(kept);
}
