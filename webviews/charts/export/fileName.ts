/** A name for a file, of what any system takes: `val_acc.png`, `train-loss.csv`. */
export function fileNameOf(title: string, extension: string): string {
  const safe = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[. -]+|[. -]+$/g, '')
    .slice(0, 80);
  return `${safe || 'chart'}.${extension}`;
}
