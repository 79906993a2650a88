/**
 * How a message goes between the host and a page here, after VS Code's own way: JSON with a reference for each
 * typed array, and the bytes of these beside it. All numbers are little-endian and aligned to 8 bytes:
 * length of the JSON, count of arrays, length of each in bytes; then JSON and arrays, each padded.
 */
export const referenceKey = '$$array';

const columnTypes = {
  Float64Array,
  Float32Array,
  Uint32Array,
  Int32Array,
  Uint16Array,
  Uint8Array,
} as const;
type ColumnName = keyof typeof columnTypes;

interface Reference {
  readonly [referenceKey]: number;
  readonly type: ColumnName;
}

export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  const columns: Uint8Array[] = [];
  const json = JSON.stringify(message, (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    columns.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    return { [referenceKey]: columns.length - 1, type: value.constructor.name };
  });
  const text = new TextEncoder().encode(json);
  const head = Float64Array.from([
    text.length,
    columns.length,
    ...columns.map((column) => column.length),
  ]);
  const parts = [new Uint8Array(head.buffer), text, ...columns];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + padded(part.length), 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += padded(part.length);
  }
  return bytes;
}

/** The message that `encodeMessage` was given; its columns look into `bytes`. */
export function decodeMessage(bytes: ArrayBuffer): unknown {
  const [textLength = 0, columnCount = 0] = new Float64Array(bytes, 0, 2);
  const lengths = new Float64Array(bytes, 16, columnCount);
  let at = 16 + 8 * columnCount;
  const text = new TextDecoder().decode(new Uint8Array(bytes, at, textLength));
  at += padded(textLength);
  const starts = Array.from(lengths, (length) => {
    const start = at;
    at += padded(length);
    return start;
  });
  return JSON.parse(text, (_key, value: unknown) => {
    if (!isReference(value)) return value;
    const type = columnTypes[value.type];
    const index = value[referenceKey];
    const length = (lengths[index] ?? 0) / type.BYTES_PER_ELEMENT;
    return new type(bytes, starts[index] ?? 0, length);
  });
}

function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && referenceKey in value;
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
