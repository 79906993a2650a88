import type { NotebookCellOutput } from 'vscode';
import { streamMimes } from '../core/notebook/editorNotebook';
import { type HtmlTable, readHtmlTables } from '../core/notebook/htmlTables';
import { createTableText, type TableText } from '../core/notebook/tableText';

/** Reads what is new in a cell's outputs, of which VS Code gives the whole each time. */
export interface CellOutputReader {
  /** The text that came since the last call. `isOver` if no more comes. */
  read(outputs: readonly NotebookCellOutput[], isOver: boolean): string;
}

export function createCellOutputReader(): CellOutputReader {
  let seen: Seen[] = [];
  const tables = new Map<string, TableText>();
  /** What was read of outputs that are given again as they were. */
  const known = new WeakMap<Uint8Array, readonly HtmlTable[]>();
  const tablesOf = ({ items }: NotebookCellOutput): readonly HtmlTable[] => {
    const data = items.find(({ mime }) => mime === 'text/html')?.data;
    if (data === undefined) return [];
    const read = known.get(data) ?? readDataTables(data);
    known.set(data, read);
    return read;
  };
  return {
    read(outputs, isOver) {
      let text = '';
      let position = 0;
      outputs.forEach((output, place) => {
        // A data frame is shown as text too, which may be wrapped: its values are read once.
        const shown = tablesOf(output);
        shown.forEach((table, at) => {
          const key = `${place}/${at}`;
          const reader = tables.get(key) ?? createTableText();
          tables.set(key, reader);
          text += reader.read(table, isOver);
        });
        for (const { mime, data } of output.items) {
          if (!streamMimes.has(mime) && mime !== 'text/plain') continue;
          if (shown.length > 0 && mime === 'text/plain') continue;
          let before = seen[position];
          // A cleared or redrawn output starts over; it can be as long as what stood there.
          if (before === undefined || !startsWith(data, before.data)) {
            before = { data: data.subarray(0, 0), decoder: new TextDecoder() };
            seen[position] = before;
          }
          const readBytes = before.data.byteLength;
          // A character can be cut where the last read ended.
          text += before.decoder.decode(data.subarray(readBytes), { stream: true });
          // What is shown, not printed, does not end its own line.
          if (mime === 'text/plain' && readBytes < data.byteLength) text += '\n';
          before.data = data;
          position++;
        }
      });
      seen = seen.slice(0, position);
      if (outputs.length === 0) tables.clear();
      return text;
    },
  };
}

/** Tables with at least one row below their heading. */
function readDataTables(html: Uint8Array): readonly HtmlTable[] {
  return readHtmlTables(new TextDecoder().decode(html)).filter(({ length }) => length > 1);
}

interface Seen {
  data: Uint8Array;
  readonly decoder: InstanceType<typeof TextDecoder>;
}

function startsWith(data: Uint8Array, start: Uint8Array): boolean {
  return data.length >= start.length && Buffer.compare(data.subarray(0, start.length), start) === 0;
}
