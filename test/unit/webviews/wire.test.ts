import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromWire, toWire } from '../../../src/protocol/wire';

/** What VS Code does to a message on its way. */
const carry = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('wire', () => {
  it('carries NaN and infinity through JSON, wherever they are', () => {
    const message = {
      t: 's',
      r: [
        {
          last: Number.NaN,
          best: Number.POSITIVE_INFINITY,
          min: Number.NEGATIVE_INFINITY,
          count: 3,
        },
      ],
    };
    expect(fromWire(carry(toWire(message)))).toEqual(message);
  });

  it('keeps an argument that is left open from becoming a number', () => {
    const message = { m: 'readCharts', a: [undefined, [1, undefined]], o: undefined };
    expect(fromWire(carry(toWire(message)))).toEqual(message);
  });

  it('gives back any message', () => {
    const { tie } = fc.letrec((self) => ({
      tie: fc.oneof(
        { maxDepth: 4 },
        fc.double().map((value) => (Object.is(value, -0) ? 0 : value)),
        fc.string(),
        fc.boolean(),
        fc.array(self('tie'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((name) => name !== '$number' && name !== '$undefined'),
          self('tie'),
          {
            maxKeys: 4,
            noNullPrototype: true,
          },
        ),
      ),
    }));
    fc.assert(
      fc.property(tie, (message) => {
        expect(fromWire(carry(toWire(message)))).toEqual(message);
      }),
    );
  });

  it('copies nothing that needs no change, and leaves columns alone', () => {
    const message = { r: [{ last: 1, steps: Float64Array.of(Number.NaN) }] };
    expect(toWire(message)).toBe(message);
    expect(fromWire(message)).toBe(message);
  });

  it('reads the null that JSON made of a NaN as NaN', () => {
    expect(fromWire({ last: null })).toEqual({ last: Number.NaN });
  });
});
