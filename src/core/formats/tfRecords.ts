import { maskedCrc32c } from './crc32c';

/**
 * Cuts a TFRecord stream into its records. One is, little-endian: uint64 length, uint32 masked CRC32C
 * of the length, the data, uint32 masked CRC32C of the data
 * (tensorflow/core/lib/io/record_writer.h).
 */
export interface TfRecordReader {
  /** The data of the records that became whole, in order. */
  push(bytes: Uint8Array): readonly Uint8Array[];
  /** How many places were damaged by now: a record that is not as it was written, or bytes between. */
  damages(): number;
  /** Whether so much was damaged that nothing more is read. */
  isGivenUp(): boolean;
}

const headBytes = 12;
const tailBytes = 4;
/** A larger record holds a graph or pictures, and is passed over without being held. */
const maxRecordBytes = 16 * 1024 * 1024;
/** No record is as large: what says so is damaged. */
const maxLength = 2 ** 40;
/** What has no whole record in so many bytes is no such file. */
const maxLostBytes = 4 * 1024 * 1024;

export function createTfRecordReader(): TfRecordReader {
  let held: Uint8Array = new Uint8Array();
  /** How much of a large record is still to come. */
  let passing = 0;
  let lostBytes = 0;
  let damages = 0;
  let isGivenUp = false;

  /** Where the next record may begin; the end of `held` if it is not in it. */
  function findHead(from: number): number {
    let at = from;
    while (at + headBytes <= held.length && !hasHead(held, at)) at++;
    return at;
  }

  function take(records: Uint8Array[]): void {
    let at = 0;
    while (at + headBytes <= held.length) {
      if (!hasHead(held, at)) {
        if (lostBytes === 0) damages++;
        const next = findHead(at + 1);
        lostBytes += next - at;
        at = next;
        if (lostBytes > maxLostBytes) isGivenUp = true;
        if (isGivenUp) break;
        continue;
      }
      const length = lengthAt(held, at);
      const end = at + headBytes + length + tailBytes;
      if (length > maxRecordBytes) {
        passing = end - held.length;
        at = Math.min(end, held.length);
        if (passing > 0) break;
        passing = 0;
        continue;
      }
      if (end > held.length) break;
      const data = held.subarray(at + headBytes, end - tailBytes);
      if (uint32At(held, end - tailBytes) === maskedCrc32c(data)) {
        records.push(data);
        lostBytes = 0;
      } else damages++;
      at = end;
    }
    // Its own memory, as what was given is the caller's.
    held = held.slice(at);
  }

  return {
    push(bytes) {
      const records: Uint8Array[] = [];
      if (isGivenUp) return records;
      const passed = Math.min(passing, bytes.length);
      passing -= passed;
      held = joined(held, bytes.subarray(passed));
      take(records);
      if (isGivenUp) held = new Uint8Array();
      return records;
    },
    damages: () => damages,
    isGivenUp: () => isGivenUp,
  };
}

function hasHead(bytes: Uint8Array, at: number): boolean {
  return (
    uint32At(bytes, at + 8) === maskedCrc32c(bytes, at, at + 8) && lengthAt(bytes, at) <= maxLength
  );
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return uint32At(bytes, at) + uint32At(bytes, at + 4) * 2 ** 32;
}

function uint32At(bytes: Uint8Array, at: number): number {
  // SAFETY: whoever calls has looked that all four are there.
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
