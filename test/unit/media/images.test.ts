import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventImageReader, type EventImage } from '../../../src/core/formats/tfImages';
import { readImageHead } from '../../../src/core/media/imageHead';

const fixtures = join(__dirname, '../../fixtures/media');

describe('readImageHead', () => {
  const files = readdirSync(join(fixtures, 'figures')).filter((name) => name !== 'truth.json');

  it.each(files)('knows what %s is, and how large', (name) => {
    const media = `image/${name.split('.')[1]?.replace('jpg', 'jpeg')}`;
    const bytes = readFileSync(join(fixtures, 'figures', name));
    expect(readImageHead(bytes)).toEqual({ media, widthPx: 40, heightPx: 24 });
  });

  it('takes nothing else for a picture, and never throws', () => {
    const text = (value: string) => new TextEncoder().encode(value);
    expect(readImageHead(text('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined();
    expect(readImageHead(text('<html>'))).toBeUndefined();
    expect(readImageHead(text('BMI,weight,outcome,height,age\n21,60,0,170,44\n'))).toBeUndefined();
    expect(readImageHead(new Uint8Array())).toBeUndefined();
    const whole = files.map(
      (name) => new Uint8Array(readFileSync(join(fixtures, 'figures', name))),
    );
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(60), (bytes, length) => {
        const head = readImageHead(bytes.subarray(0, length));
        if (head !== undefined) expect(head.widthPx * head.heightPx).toBe(40 * 24);
      }),
    );
  });
});

describe('createEventImageReader', () => {
  const read = (path: string, pieceBytes: number): readonly EventImage[] => {
    const bytes = new Uint8Array(readFileSync(join(fixtures, path)));
    const reader = createEventImageReader();
    const images: EventImage[] = [];
    for (let at = 0; at < bytes.length; at += pieceBytes)
      images.push(...reader.push(bytes.subarray(at, at + pieceBytes)));
    return images;
  };

  it.each([10_000, 7])('reads the pictures of tensorboardX in pieces of %d bytes', (pieceBytes) => {
    const images = read('tensorboardX/runs/exp1/events.out.tfevents.1700000000.host', pieceBytes);
    expect(images.map(({ tag, step, index }) => [tag, step, index])).toEqual([
      ['samples', 0, 0],
      ['samples', 100, 0],
      ['samples', 200, 0],
      ['batch', 100, 0],
    ]);
    expect(images[0]?.head).toEqual({ media: 'image/png', widthPx: 24, heightPx: 24 });
    for (const { head, bytes } of images) expect(readImageHead(bytes)).toEqual(head);
    expect(images[0]?.atMs).toBeGreaterThan(1.6e12);
  });

  it('reads the pictures that TensorFlow 2 keeps in one tensor', () => {
    const images = read('torchStyle/events.out.tfevents.1700000001.host.v2', 10_000);
    expect(images.map(({ tag, step, index }) => [tag, step, index])).toEqual([
      ['generated', 1, 0],
      ['generated', 1, 1],
      ['generated', 2, 0],
      ['generated', 2, 1],
    ]);
  });
});
