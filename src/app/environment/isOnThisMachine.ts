import { runsElsewhere } from '../../core/command/runsElsewhere';
import type { Subject } from '../companion';

/** Whether this machine is the one that a run runs on, as far as can be told. */
export function isOnThisMachine({ source }: Pick<Subject, 'source'>): boolean {
  if (source.kind === 'notebook') return true;
  // What ran where a log came from, nobody knows.
  return source.kind !== 'logFile' && !runsElsewhere(source.commandLine);
}
