/** Cell magics whose body is still Python that runs in the notebook's own kernel. */
const pythonCellMagics: ReadonlySet<string> = new Set([
  'capture',
  'debug',
  'memit',
  'mprun',
  'prun',
  'pypy',
  'python',
  'python3',
  'time',
  'timeit',
]);
/** Line magics that run the Python statement that follows them. */
const runsPython = /^\s*%(?:time|timeit|prun|memit|lprun|debug)\b(?:[ \t]+-\S+(?:[ \t]+\d+)?)*/;
const magicLine = /^\s*(?:%%?[A-Za-z]|!|\?)/;
const magicValue = /^\s*[\w, ]+=\s*(?:%[A-Za-z]|!)/;
const helpLine = /^\s*[\w.]+\?{1,2}\s*$/;
const cellMagic = /^\s*%%(\w+)/;

/**
 * Replaces what IPython adds to Python (`%magic`, `!command`, `name?`) by blanks, so that a Python
 * parser reads the rest. Every offset and line stays where it was. A cell that another program
 * runs (`%%bash`, `%%writefile`) becomes blank as a whole.
 */
export function maskMagics(source: string): string {
  if (!/[%!?]/.test(source)) return source;
  const firstMagic = cellMagic.exec(source.slice(0, 10_000));
  if (firstMagic !== null && !pythonCellMagics.has(firstMagic[1] ?? '')) return toBlanks(source);
  let isContinued = false;
  return source
    .split('\n')
    .map((line) => {
      const isMagic: boolean = isContinued || magicLine.test(line) || helpLine.test(line);
      const isValue = !isMagic && magicValue.test(line);
      isContinued = (isMagic || isValue) && line.trimEnd().endsWith('\\');
      // `files = !ls` assigns what cannot be known: all of it goes.
      if (isValue) return toBlanks(line);
      if (!isMagic) return line;
      return runsPython.test(line) ? line.replace(runsPython, toBlanks) : toBlanks(line);
    })
    .join('\n');
}

function toBlanks(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
