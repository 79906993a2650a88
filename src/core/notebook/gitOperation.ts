/** A long checkout writes its first file so long before it says what it did. */
const maxCheckoutSeconds = 30;

/**
 * Which operation of git changed a file, by the log that git keeps of `HEAD`
 * (https://git-scm.com/docs/git-reflog; one line an entry: two hashes, who, seconds since 1970, time zone, a tab, what).
 *
 * @param reflog its last lines; the first may be cut.
 * @param changedAtMs when the file was changed.
 * @returns such as `git checkout (main → dev)`; undefined if no operation fits.
 */
export function describeGitOperation(reflog: string, changedAtMs: number): string | undefined {
  const changedAt = changedAtMs / 1000;
  let nearest: string | undefined;
  let nearestSeconds = Number.POSITIVE_INFINITY;
  for (const line of reflog.split('\n')) {
    const [, seconds, message] = /> (\d+) [+-]\d{4}\t(.*)$/.exec(line) ?? [];
    if (seconds === undefined || message === undefined) continue;
    // Whole seconds, rounded down.
    const late = Number(seconds) - changedAt;
    if (late < -2 || late > maxCheckoutSeconds) continue;
    const operation = describeMessage(message);
    // Of several within one second the last is what left the file as it is.
    if (operation === undefined || Math.abs(late) > nearestSeconds) continue;
    nearest = operation;
    nearestSeconds = Math.abs(late);
  }
  return nearest;
}

function describeMessage(message: string): string | undefined {
  const checkout = /^checkout: moving from (\S+) to (\S+)/.exec(message);
  if (checkout) return `git checkout (${short(checkout[1])} → ${short(checkout[2])})`;
  const reset = /^reset: moving to (\S+)/.exec(message);
  if (reset) return `git reset (${short(reset[1])})`;
  const merge = /^merge (\S+?):/.exec(message);
  if (merge) return `git merge (${short(merge[1])})`;
  const other = /^(pull|rebase|revert|cherry-pick|am|clone)\b/.exec(message);
  return other ? `git ${other[1]}` : undefined;
}

/** A commit by its first letters, a branch by its name. */
function short(name = ''): string {
  return /^[0-9a-f]{40,64}$/.test(name) ? name.slice(0, 7) : name;
}
