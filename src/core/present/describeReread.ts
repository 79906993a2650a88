import type { RereadSummary } from '../recording/planReread';

/** What reading the log of a run again has changed, in one or two sentences. */
export function describeReread(summary: RereadSummary): string {
  const { added, changed, removed, paramCount, isCut } = summary;
  const parts = [
    listed(added, 'is new', 'are new'),
    listed(changed, 'has other points', 'have other points'),
    listed(removed, 'is gone', 'are gone'),
    paramCount === 0 ? [] : `${paramCount} ${paramCount === 1 ? 'param is' : 'params are'} new`,
  ].flat();
  const said = parts.length === 0 ? 'Nothing has changed' : `${parts.join('; ')}${points(summary)}`;
  const cut = isCut ? ' The log is not whole, so what was recorded before stays as it is.' : '';
  return `The log was read again. ${said}.${cut}`;
}

const maxNames = 4;

function listed(keys: readonly string[], one: string, many: string): readonly string[] {
  if (keys.length === 0) return [];
  const named = keys.slice(0, maxNames).join(', ');
  const rest = keys.length > maxNames ? ` and ${keys.length - maxNames} more` : '';
  return [`${named}${rest} ${keys.length === 1 ? one : many}`];
}

function points({
  pointsBefore,
  pointsAfter,
}: Pick<RereadSummary, 'pointsBefore' | 'pointsAfter'>): string {
  const difference = pointsAfter - pointsBefore;
  if (difference === 0) return '';
  const count = Math.abs(difference);
  const noun = count === 1 ? 'point' : 'points';
  return ` (${count.toLocaleString('en')} ${noun} ${difference > 0 ? 'more' : 'fewer'})`;
}

/** The same of several runs. */
export function describeRereads(summaries: readonly RereadSummary[], skipped: number): string {
  const [only] = summaries;
  const kept = skipped === 0 ? '' : ` ${skipped} ${skipped === 1 ? 'was' : 'were'} not read.`;
  if (summaries.length === 1 && only !== undefined) return `${describeReread(only)}${kept}`;
  const changed = summaries.filter(
    ({ added, changed, removed, paramCount }) =>
      added.length + changed.length + removed.length + paramCount > 0,
  );
  const count = `${summaries.length} ${summaries.length === 1 ? 'log was' : 'logs were'} read again`;
  const total = summaries.reduce((sum, each) => sum + each.pointsAfter - each.pointsBefore, 0);
  const difference = points({ pointsBefore: 0, pointsAfter: total });
  return `${count}; ${changed.length === 0 ? 'nothing has changed' : `${changed.length} changed${difference}`}.${kept}`;
}
