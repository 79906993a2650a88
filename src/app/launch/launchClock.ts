import { open } from 'node:fs/promises';
import type { OutputPlace } from '../recordingStart';

/** What was printed within this time is told of as one. */
const mergeMs = 1_000;

interface Tick {
  readonly fromByte: number;
  readonly atMs: number;
}

/** When the bytes of an output were printed, by the launcher's `clock` file. */
export class LaunchClock {
  private readonly ticks: Tick[] = [];
  private readBytes = 0;
  private openLine = '';

  constructor(private readonly path: string) {}

  /** Reads what the launcher has added. */
  async update(): Promise<void> {
    const file = await open(this.path, 'r');
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read({ position: this.readBytes });
        if (bytesRead === 0) return;
        this.readBytes += bytesRead;
        this.take(buffer.toString('latin1', 0, bytesRead));
      }
    } finally {
      await file.close();
    }
  }

  private take(text: string): void {
    const lines = (this.openLine + text).split('\n');
    this.openLine = lines.pop() ?? '';
    for (const line of lines) {
      const [fromByte = Number.NaN, atMs = Number.NaN] = line.split(' ').map(Number);
      if (Number.isFinite(fromByte + atMs)) this.ticks.push({ fromByte, atMs });
    }
  }

  /**
   * The parts of a text that were printed at different times, each with its place. What is asked for
   * is not known afterwards: texts come in their order.
   *
   * @param endByte where the text ends in the output.
   */
  partsOf(text: string, endByte: number): readonly { text: string; place: OutputPlace }[] {
    const bytes = new TextEncoder().encode(text);
    const startByte = endByte - bytes.length;
    while ((this.ticks[1]?.fromByte ?? endByte) <= startByte) this.ticks.shift();
    let at: Tick = this.ticks[0] ?? { fromByte: startByte, atMs: Date.now() };
    let from = startByte;
    const parts: { text: string; place: OutputPlace }[] = [];
    const cut = (toByte: number) => {
      const part = bytes.subarray(from - startByte, toByte - startByte);
      const place = { endByte: toByte, atMs: at.atMs };
      parts.push({ text: decoder.decode(part), place });
      from = toByte;
    };
    for (const tick of this.ticks) {
      if (tick.fromByte >= endByte) break;
      if (tick.fromByte <= from || tick.atMs - at.atMs < mergeMs) continue;
      cut(tick.fromByte);
      at = tick;
    }
    cut(endByte);
    return parts;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
