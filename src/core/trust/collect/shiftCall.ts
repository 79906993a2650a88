/** Calls of an inner scope among those of an outer one. */

import type { CodeCall } from '../effects';

/** A call whose references to other calls are counted from `offset`. */
export function shiftCall(call: CodeCall, offset: number): CodeCall {
  return {
    ...call,
    ...(call.onCall !== undefined && { onCall: call.onCall + offset }),
    args: call.args.map((arg) =>
      arg.viaCall === undefined ? arg : { ...arg, viaCall: arg.viaCall + offset },
    ),
  };
}
