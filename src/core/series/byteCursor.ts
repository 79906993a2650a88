/** Writes and reads little-endian figures one after the other. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  offset: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = bytes;
    this.offset = offset;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  writeByte(value: number): void {
    this.#view.setUint8(this.offset++, value);
  }

  /** LEB128: seven bits a byte, the eighth says that more follow. */
  writeVarint(value: number): void {
    let left = value;
    for (; left >= 128; left = Math.floor(left / 128)) this.writeByte((left % 128) | 128);
    this.writeByte(left);
  }

  writeFloat(value: number): void {
    this.#view.setFloat64(this.offset, value, true);
    this.offset += 8;
  }

  readByte(): number {
    return this.#view.getUint8(this.offset++);
  }

  readVarint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.readByte();
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  }

  readFloat(): number {
    const value = this.#view.getFloat64(this.offset, true);
    this.offset += 8;
    return value;
  }
}

export function varintBytes(value: number): number {
  let bytes = 1;
  for (let left = value; left >= 128; left = Math.floor(left / 128)) bytes++;
  return bytes;
}
