import { PbfReader } from 'pbf';
import { type ImageHead, readImageHead } from '../media/imageHead';
import { createTfRecordReader } from './tfRecords';

/** A picture in an event file. */
export interface EventImage {
  readonly tag: string;
  readonly step: number;
  /** Of the pictures that are logged under this tag and step together, from 0. */
  readonly index: number;
  /** Milliseconds since 1970; undefined where the event has no sensible time. */
  readonly atMs?: number;
  readonly head: ImageHead;
  readonly bytes: Uint8Array;
}

/** Takes the next bytes of an event file, cut anywhere; gives the pictures that became whole. */
export interface EventImageReader {
  push(bytes: Uint8Array): readonly EventImage[];
}

const maxWallTime = 1e11;

/**
 * Reads the pictures of a TensorBoard event file: `Summary.Image` (TensorFlow 1, PyTorch, tensorboardX;
 * tensorflow/core/framework/summary.proto) and tensors of encoded pictures, as the `images` plugin has
 * them (TensorFlow 2; tensorboard/plugins/image/summary_v2.py). What is no picture by its own bytes, or
 * cannot be read, is passed over.
 */
export function createEventImageReader(): EventImageReader {
  const records = createTfRecordReader();
  return {
    push(bytes) {
      const images: EventImage[] = [];
      for (const record of records.push(bytes)) {
        try {
          images.push(...readImages(record));
        } catch {
          // No event, or a damaged one.
        }
      }
      return images;
    },
  };
}

interface TaggedValue {
  tag: string;
  /** Encoded pictures, and texts that stand beside them. */
  readonly contents: Uint8Array[];
}

function readImages(record: Uint8Array): readonly EventImage[] {
  const event = { wallTime: 0, step: 0 };
  const values: TaggedValue[] = [];
  new PbfReader(record).readFields((field, _, reader) => {
    if (field === 1) event.wallTime = reader.readDouble();
    else if (field === 2) event.step = reader.readVarint(true);
    else if (field === 5) reader.readMessage(readSummary, values);
  }, undefined);
  const { step, wallTime } = event;
  return values.flatMap(({ tag, contents }) =>
    contents
      .flatMap((content) => {
        const head = readImageHead(content);
        return head === undefined ? [] : [{ head, content }];
      })
      .map(({ head, content }, index) => ({
        ...{ tag, step, index, head },
        // Its own memory, as the record is a part of a larger piece.
        bytes: content.slice(),
        ...(wallTime > 0 && wallTime < maxWallTime && { atMs: wallTime * 1000 }),
      })),
  );
}

function readSummary(field: number, values: TaggedValue[], reader: PbfReader): void {
  if (field === 1) values.push(reader.readMessage(readValue, { tag: '', contents: [] }));
}

function readValue(field: number, value: TaggedValue, reader: PbfReader): void {
  if (field === 1) value.tag = reader.readString();
  else if (field === 4) reader.readMessage(readImage, value);
  else if (field === 8) reader.readMessage(readTensorTexts, value);
}

/** `Summary.Image.encoded_image_string`. */
function readImage(field: number, value: TaggedValue, reader: PbfReader): void {
  if (field === 4) value.contents.push(reader.readBytes());
}

/** `TensorProto.string_val`. */
function readTensorTexts(field: number, value: TaggedValue, reader: PbfReader): void {
  if (field === 8) value.contents.push(reader.readBytes());
}
