/**
 * The names of the files in a zip archive, from its central directory (APPNOTE.TXT of PKWARE, 4.3.12
 * and 4.3.16). Throws if there is none. Archives of more than 65,534 files or 4 GB are not read.
 */
export function listZip(bytes: Buffer): readonly string[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('This is no zip archive.');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (bytes.toString('latin1', at, at + 4) !== 'PK\x01\x02') {
      throw new Error(`The zip archive is damaged at ${at}.`);
    }
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const nameAt = at + 46;
    at = nameAt + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
    return bytes.toString('utf8', nameAt, nameAt + (name ?? 0));
  });
}
