import type { LeftOut, Thinned } from '../checkpoint/checkpoint';
import { formatBytes } from '../format/formatBytes';
import type { LogLeftOut } from '../run/run';

/** Why there is less of a log than the run printed, with the setting that says so. */
export function describeLogLeftOut({ bytes, why }: LogLeftOut): string {
  switch (why) {
    case 'maxLogMB':
      return `${formatBytes(bytes)} of output were left out: the setting epochlog.store.maxLogMB says how much of one log is kept.`;
    case 'maxTotalGB':
      return `${formatBytes(bytes)} of output were left out: the store had reached the setting epochlog.store.maxTotalGB.`;
    case 'cleanUp':
      return `The log of ${formatBytes(bytes)} was removed by Clean Up Store.`;
  }
}

/** What retention dropped of a checkpoint; each says in its place what it was. */
export function describeThinned({ outputs, bytes }: Thinned): string {
  const what = outputs === 1 ? 'An output' : `${outputs} outputs`;
  return `${what} of ${formatBytes(bytes)} ${outputs === 1 ? 'was' : 'were'} dropped to save space. Its sources and text are whole.`;
}

/** Why there is less of a checkpoint than the notebook held. */
export function describeLeftOut({ what, bytes }: LeftOut): string {
  return what === 'content'
    ? `Its content of ${formatBytes(bytes)} was not kept: the store had reached the setting epochlog.store.maxTotalGB.`
    : `Outputs of ${formatBytes(bytes)} were left out: the setting epochlog.store.maxOutputMB says how much is kept of what was not saved. A save keeps all.`;
}
