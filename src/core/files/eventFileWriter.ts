export interface EventFileWriter {
  readonly hostName: string;
  readonly processId: number;
}

/**
 * Who writes an event file, by its name: `events.out.tfevents.TIME.HOST.PID.NUMBER`, with `.v2` behind
 * it in TensorFlow 2 (tensorboard's `EventFileWriter`, TensorFlow's `EventsWriter`); tensorboardX says
 * no process.
 */
export function eventFileWriter(path: string): EventFileWriter | undefined {
  const match = /tfevents\.\d{10}\.([^/\\]+?)\.(\d+)\.\d+(?:\.v2)?$/.exec(path);
  if (match === null) return undefined;
  const [, hostName = '', processId] = match;
  return { hostName, processId: Number(processId) };
}
