const definitionLine = /^(?:async |def |class |@)/;
/** Every line at the margin starts a block, but for those that only close or comment one. */
const blockStart = /^(?=[^\s)\]}#])/m;
const nameOfDefinition = /^(?:async )?(?:def|class) +(\w+)/m;

/**
 * Empties the functions and classes of a module that do not match `isRelevant`, nor mention one that
 * does, so that a parser has less to read. Line numbers stay, and so does code of the module itself.
 */
export function keepRelevant(source: string, isRelevant: RegExp): string {
  const blocks = source.split(blockStart);
  const names = blocks
    .filter((block) => definitionLine.test(block) && isRelevant.test(block))
    .flatMap((block) => nameOfDefinition.exec(block)?.[1] ?? []);
  const mentions = names.length === 0 ? undefined : new RegExp(`\\b(?:${names.join('|')})\\b`);
  return blocks
    .map((block) => {
      const isKept =
        !definitionLine.test(block) ||
        isRelevant.test(block) ||
        mentions?.test(block) === true ||
        // The block may begin or end within a string.
        countOf(block, '"""') % 2 === 1 ||
        countOf(block, "'''") % 2 === 1;
      return isKept ? block : block.replace(/[^\n]+/g, '');
    })
    .join('');
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}
