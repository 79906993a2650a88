/** Decodes UTF-8 that is cut anywhere; what is no UTF-8 becomes U+FFFD. */
export interface Utf8Decoder {
  decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string;
}

// SAFETY: Node, workers and browsers all have it (WHATWG Encoding), though the language itself does not.
const { TextDecoder } = globalThis as unknown as { readonly TextDecoder: new () => Utf8Decoder };

export function createUtf8Decoder(): Utf8Decoder {
  return new TextDecoder();
}

export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
