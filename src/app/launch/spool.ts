import { openSync, writeSync } from 'node:fs';
import { createLogMasker } from '../../core/secrets/logMasker';
import type { LaunchPaths } from './launchFolder';

/** The clock says at most this often when something was printed. */
const clockMs = 250;

/** Keeps what a program prints, without the secrets in it. A disk that fails does not stop the program. */
export class Spool {
  private readonly output: number;
  private readonly clock: number;
  private readonly decoder = new TextDecoder();
  private readonly masker = createLogMasker();
  private sizeBytes = 0;
  private clockAtMs = Number.NEGATIVE_INFINITY;
  private lostBytes = 0;

  constructor(
    { output, clock }: Pick<LaunchPaths, 'output' | 'clock'>,
    private readonly now: () => number,
  ) {
    this.output = openSync(output, 'w', 0o600);
    this.clock = openSync(clock, 'w', 0o600);
  }

  /** @param bytes as they came, cut anywhere. */
  write(bytes: Uint8Array): void {
    this.keep(this.masker.push(this.decoder.decode(bytes, { stream: true })));
  }

  end(): void {
    this.keep(this.masker.push(this.decoder.decode()) + this.masker.end());
  }

  private keep(text: string): void {
    if (text === '') return;
    const lost = this.lostBytes > 0 ? lossLine(this.lostBytes) : '';
    const bytes = new TextEncoder().encode(lost + text);
    try {
      this.tick();
      const cut = this.append(bytes);
      this.lostBytes = bytes.length - cut;
    } catch {
      this.lostBytes += new TextEncoder().encode(text).length;
    }
  }

  private tick(): void {
    const nowMs = this.now();
    if (nowMs >= this.clockAtMs && nowMs - this.clockAtMs < clockMs) return;
    writeSync(this.clock, `${this.sizeBytes} ${nowMs}\n`);
    this.clockAtMs = nowMs;
  }

  /** @returns how many of the bytes the disk took, if it took any. */
  private append(bytes: Uint8Array): number {
    let done = 0;
    while (done < bytes.length) {
      try {
        done += writeSync(this.output, bytes, done);
      } catch (error) {
        if (done === 0) throw error;
        break;
      }
    }
    this.sizeBytes += done;
    return done;
  }
}

function lossLine(bytes: number): string {
  return `\r\n[Epochlog left out ${bytes} bytes here, as the disk could not be written to]\r\n`;
}
