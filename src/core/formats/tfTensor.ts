import { PbfReader } from 'pbf';
import { decodeUtf8 } from './utf8Text';

/** A tensor of one number or one text; of a larger one only that it is larger. */
export interface Tensor {
  readonly number?: number;
  readonly text?: string;
}

/** `tensorflow.DataType` (tensorflow/core/framework/types.proto): how one number lies in `tensor_content`. */
const readers: Readonly<Record<number, (view: DataView) => number>> = {
  1: (view) => view.getFloat32(0, true),
  2: (view) => view.getFloat64(0, true),
  3: (view) => view.getInt32(0, true),
  4: (view) => view.getUint8(0),
  5: (view) => view.getInt16(0, true),
  6: (view) => view.getInt8(0),
  9: (view) => Number(view.getBigInt64(0, true)),
  10: (view) => view.getUint8(0),
  14: (view) => bfloat16(view.getUint16(0, true)),
  17: (view) => view.getUint16(0, true),
  19: (view) => float16(view.getUint16(0, true)),
  22: (view) => view.getUint32(0, true),
  23: (view) => Number(view.getBigUint64(0, true)),
};
const float16Type = 19;
const bfloat16Type = 14;

/** `int_val`, `int64_val`, `bool_val`, `half_val`, `uint32_val`, `uint64_val`. */
const wholeFields: ReadonlySet<number> = new Set([7, 10, 11, 13, 16, 17]);

interface Parts {
  type: number;
  elements: number;
  content: Uint8Array | undefined;
  /** The first of the typed values. */
  value: number | undefined;
  text: Uint8Array | undefined;
}

/** Reads a `tensorflow.TensorProto` (tensorflow/core/framework/tensor.proto). Throws on what is none. */
export function readTensor(bytes: Uint8Array): Tensor {
  const parts: Parts = {
    type: 0,
    elements: 1,
    content: undefined,
    value: undefined,
    text: undefined,
  };
  new PbfReader(bytes).readFields(readField, parts);
  if (parts.elements !== 1) return {};
  if (parts.text !== undefined) return { text: decodeUtf8(parts.text) };
  const read = readers[parts.type];
  if (read === undefined) return {};
  const { content } = parts;
  if (content !== undefined && content.length > 0) {
    return { number: read(new DataView(content.buffer, content.byteOffset, content.byteLength)) };
  }
  // A value that is zero is left out of the message.
  const value = parts.value ?? 0;
  if (parts.type === float16Type) return { number: float16(value) };
  return { number: parts.type === bfloat16Type ? bfloat16(value) : value };
}

function readField(field: number, parts: Parts, reader: PbfReader): void {
  if (field === 1) parts.type = reader.readVarint();
  else if (field === 2) reader.readMessage(readShape, parts);
  else if (field === 4) parts.content = reader.readBytes();
  else if (field === 8) parts.text ??= reader.readBytes();
  else if (field === 5) parts.value = first(reader, () => reader.readFloat());
  else if (field === 6) parts.value = first(reader, () => reader.readDouble());
  else if (wholeFields.has(field)) {
    parts.value = first(reader, () => reader.readVarint(true));
  }
}

/** Of a repeated field, packed (one piece of bytes) or not. */
function first(reader: PbfReader, read: () => number): number {
  const packed = 2;
  if (reader.type !== packed) return read();
  const end = reader.readVarint() + reader.pos;
  const value = end > reader.pos ? read() : 0;
  reader.pos = end;
  return value;
}

/** `TensorShapeProto`. */
function readShape(field: number, parts: Parts, reader: PbfReader): void {
  if (field !== 2) return;
  reader.readMessage((inner, _, dimension) => {
    if (inner === 1) parts.elements *= dimension.readVarint(true);
  }, undefined);
}

function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}

/** The upper half of a float32. */
function bfloat16(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}
