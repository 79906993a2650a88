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
          // A cleared or redrawn output starts over.
          if (known === undefined || data.byteLength < known.bytes) {
            known = { bytes: 0, decoder: new TextDecoder() };
            seen[position] = known;
          }
          // A character can be cut where the last read ended.
          text += known.decoder.decode(data.subarray(known.bytes), { stream: true });
          // What is shown, not printed, does not end its own line.
          if (mime === 'text/plain' && known.bytes < data.byteLength) text += '\n';
          known.bytes = data.byteLength;
          position++;
        }
      }
      seen = seen.slice(0, position);
      return text;
    },
  };
}

interface Seen {
  bytes: number;
  readonly decoder: InstanceType<typeof TextDecoder>;
}
