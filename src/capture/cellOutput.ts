import type { NotebookCellOutput } from 'vscode';
import { streamMimes } from '../platform/notebookDocument';

/** Reads what is new in a cell's outputs, of which VS Code gives the whole each time. */
export interface CellOutputReader {
  /** The text that came since the last call. */
  read(outputs: readonly NotebookCellOutput[]): string;
}

export function createCellOutputReader(): CellOutputReader {
  let seen: Seen[] = [];
  return {
    read(outputs) {
      let text = '';
      let position = 0;
      for (const output of outputs) {
        for (const { mime, data } of output.items) {
          if (!streamMimes.has(mime) && mime !== 'text/plain') continue;
          let known = seen[position];
          // A cleared or redrawn output starts over; it can be as long as what stood there.
          if (known === undefined || !startsWith(data, known.data)) {
            known = { data: data.subarray(0, 0), decoder: new TextDecoder() };
            seen[position] = known;
          }
          const readBytes = known.data.byteLength;
          // A character can be cut where the last read ended.
          text += known.decoder.decode(data.subarray(readBytes), { stream: true });
          // What is shown, not printed, does not end its own line.
          if (mime === 'text/plain' && readBytes < data.byteLength) text += '\n';
          known.data = data;
          position++;
        }
      }
      seen = seen.slice(0, position);
      return text;
    },
  };
}

interface Seen {
  data: Uint8Array;
  readonly decoder: InstanceType<typeof TextDecoder>;
}

function startsWith(data: Uint8Array, start: Uint8Array): boolean {
  return data.length >= start.length && Buffer.compare(data.subarray(0, start.length), start) === 0;
}
