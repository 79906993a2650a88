/**
 * Gives a field another text by the smallest edit there is, in a way that the browser's own undo takes
 * back, and puts the cursor there.
 */
export function editText(field: HTMLInputElement, text: string, cursor: number): void {
  const before = field.value;
  if (before !== text) {
    const most = Math.min(before.length, text.length);
    let start = 0;
    while (start < most && before[start] === text[start]) start++;
    let same = 0;
    while (same < most - start && before.at(-1 - same) === text.at(-1 - same)) same++;
    field.focus();
    field.setSelectionRange(start, before.length - same);
    const inserted = text.slice(start, text.length - same);
    // Deprecated and without a successor: the only way that keeps the history of the field.
    document.execCommand(inserted === '' ? 'delete' : 'insertText', false, inserted);
    if (field.value !== text) field.value = text;
  }
  field.setSelectionRange(cursor, cursor);
}
