const rereadPrefix = 'log ';
const systemPrefix = 'system/';

/** Names the points that come of reading a log again; a random part keeps two windows apart. */
export function rereadEdition(random: string): string {
  return `${rereadPrefix}${random}`;
}

/** Whether the points of a series were printed, not told by a better witness or read off the machine. */
export function isPrintedSeries(key: string, edition: string | undefined): boolean {
  return (
    !key.startsWith(systemPrefix) && (edition === undefined || edition.startsWith(rereadPrefix))
  );
}
