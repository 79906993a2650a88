/**
 * A `data:` URL that an `<img>` may show. An SVG in an `<img>` runs no script and loads nothing; of the
 * other media only what is base64 and nothing else gets that far.
 */
export function toImageUrl(media: string, data: string): string | undefined {
  if (media === 'image/svg+xml') {
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(data.replace(/\p{Surrogate}/gu, '\ufffd'))}`;
  }
  if (!/^image\/(?:png|jpeg|gif|webp|bmp)$/.test(media)) return undefined;
  const base64 = data.replace(/\s+/g, '');
  return base64 !== '' && base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
    ? `data:${media};base64,${base64}`
    : undefined;
}
