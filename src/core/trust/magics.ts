/** What a line or cell magic, or a shell command, does as far as its text tells. */
export interface Magic {
  readonly text: string;
  readonly reads: readonly string[];
  readonly binds: readonly string[];
  readonly readsFiles: readonly string[];
  readonly writesFiles: readonly string[];
  /** Its result comes from outside of the notebook, and may differ. */
  readonly isOutside: boolean;
  /** It may bind any name. */
  readonly runsAnything: boolean;
  /** It sets something for all cells after it. */
  readonly setting?: string;
  readonly isHarmless: boolean;
  /** It binds what the cell printed. */
  readonly isCapture?: boolean;
}

const cellMagic = /^\s*%%(\w+)(.*)/;
const line = /^(\s*)(?:([\w, ]+)=\s*)?(%(?!%)\w+|!{1,2}|\?)(.*)$/;
const help = /^\s*(?:\?{1,2}[\w.]+|[\w.]+\?{1,2})\s*$/;
const timed = /^(?:time|timeit|prun|lprun|memit|mprun)$/;
/** Their body is shown as it is. */
const showsBody = /^(?:html|HTML|markdown|latex|svg|SVG|javascript|js)$/;
const shell = /^(?:bash|sh|script|system|sx|cmd|powershell|zsh)$/;
const settings =
  /^(?:matplotlib|config|precision|pylab|load_ext|reload_ext|autoreload|env|set_env|cd|alias|gui|colors|xmode|pdb|autocall|automagic|pprint|logstart|logoff|logon)$/;
const quiet = /^(?:echo|cat|head|tail|wc|ls|pwd|grep|sort|uniq|cut|tr|true|printf)$/;

export interface CellMagics {
  readonly units: readonly { readonly from: number; readonly magic: Magic }[];
  readonly isTimed: boolean;
}

/** The magics and shell commands of a cell; its Python is not looked at. */
export function readMagics(source: string): CellMagics {
  if (!/[%!?]/.test(source)) return { units: [], isTimed: false };
  const [, name, rest = ''] = cellMagic.exec(source) ?? [];
  if (name !== undefined) {
    const magic = readCellMagic(name, rest, source);
    const isTimed = timed.test(name);
    if (magic !== 'python') return { units: [{ from: 0, magic }], isTimed };
    const capture = /^\s*(?:--\S+\s+)*([A-Za-z_]\w*)/.exec(rest)?.[1];
    const body = readLines(
      source.slice(source.indexOf('\n') + 1 || source.length),
      source.indexOf('\n') + 1,
    );
    if (name !== 'capture' || capture === undefined || !source.includes('\n')) {
      return { units: body.units, isTimed: isTimed || body.isTimed };
    }
    // What was captured is there when the cell is over.
    const captured = {
      ...nothing,
      text: `%%capture ${capture}`,
      binds: [capture],
      isCapture: true,
      isHarmless: false,
    };
    return {
      units: [...body.units, { from: source.length, magic: captured }],
      isTimed: body.isTimed,
    };
  }
  return readLines(source, 0);
}

function readLines(source: string, offset: number): CellMagics {
  const units: { from: number; magic: Magic }[] = [];
  let isTimed = false;
  let from = offset;
  for (const text of source.split('\n')) {
    const found = help.test(text) ? undefined : line.exec(text);
    if (found) {
      const [, , names, sign = '', rest = ''] = found;
      // `50 % x` goes on from the line before.
      const isMagic = sign !== '%' && !(names === undefined && text.trim().startsWith('!='));
      if (isMagic) {
        const binds = (names ?? '')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '');
        const name = sign.slice(1);
        if (sign.startsWith('%') && timed.test(name)) isTimed = true;
        else units.push({ from, magic: { ...readLine(sign, rest.trim(), text.trim()), binds } });
      }
    }
    from += text.length + 1;
  }
  return { units, isTimed };
}

const nothing: Magic = {
  ...{ text: '', reads: [], binds: [], readsFiles: [], writesFiles: [] },
  ...{ isOutside: false, runsAnything: false, isHarmless: true },
};

function readLine(sign: string, rest: string, text: string): Magic {
  if (sign.startsWith('!')) return readCommands(rest, text);
  const name = sign.slice(1);
  if (sign.startsWith('?')) return { ...nothing, text };
  if (shell.test(name)) return readCommands(rest, text);
  if (name === 'run') {
    const file = /(\S+\.(?:py|ipynb))/.exec(rest)?.[1];
    return {
      ...{ ...nothing, text, reads: interpolated(rest), runsAnything: true, isHarmless: false },
      readsFiles: [file === undefined ? '*' : baseName(file)],
    };
  }
  if (settings.test(name)) return { ...nothing, text, setting: name };
  if (/^(?:pip|conda|mamba|uv)$/.test(name)) return { ...nothing, text, isOutside: true };
  if (
    /^(?:who|whos|who_ls|history|hist|recall|reset|reset_selective|xdel|store|load|edit|macro)$/.test(
      name,
    )
  ) {
    return {
      ...nothing,
      text,
      isOutside: true,
      runsAnything: name !== 'history',
      isHarmless: false,
    };
  }
  return { ...nothing, text, isOutside: true, reads: interpolated(rest), isHarmless: false };
}

function readCellMagic(name: string, rest: string, source: string): Magic | 'python' {
  const text = source.trimEnd();
  const body = source.slice(source.indexOf('\n') + 1 || source.length);
  if (/^(?:time|timeit|capture|prun|debug|memit|mprun|python|python3|pypy)$/.test(name)) {
    // `%%python` runs in a process of its own, and binds nothing here.
    if (/^py/.test(name)) return { ...nothing, text, isOutside: /[(]/.test(body) };
    return 'python';
  }
  if (showsBody.test(name)) return { ...nothing, text };
  if (name === 'writefile' || name === 'file') {
    const file = rest.trim().split(/\s+/).at(-1) ?? '*';
    return { ...nothing, text, writesFiles: [baseName(file)], isHarmless: false };
  }
  if (shell.test(name)) return readCommands(body, text);
  // Such as `%%sql -o table`: the words of its line may be names that it binds.
  const binds = [...rest.matchAll(/[A-Za-z_]\w*/g)].map(([word]) => word);
  return {
    ...{ ...nothing, text, binds, reads: [], readsFiles: ['*'], writesFiles: ['*'] },
    ...{ isOutside: true, isHarmless: false },
  };
}

function readCommands(script: string, text: string): Magic {
  const commands = script
    .split(/\n|;|&&|\|\|?/)
    .map((command) => command.trim())
    .filter((command) => command !== '' && !command.startsWith('#'));
  const isQuiet =
    commands.every((command) => quiet.test(command.split(/\s+/)[0] ?? '')) &&
    !/[`]|\$\(/.test(script);
  const redirected = [...script.matchAll(/>{1,2}\s*([^\s;&|]+)/g)].map((match) =>
    baseName(match[1] ?? ''),
  );
  const files = [...script.matchAll(/[\w./-]*\w\.\w+/g)].map(([file]) => baseName(file));
  const lists = commands.some((command) => /^ls\b/.test(command));
  return {
    ...{ ...nothing, text, reads: interpolated(script), isOutside: !isQuiet, isHarmless: false },
    readsFiles: isQuiet ? [...files, ...(lists ? ['*'] : [])] : ['*'],
    writesFiles: isQuiet ? redirected : ['*'],
  };
}

/** The names in `{name}` and `$name`, which IPython replaces by their values. */
function interpolated(text: string): string[] {
  return [...text.matchAll(/\{\s*([A-Za-z_]\w*)|\$([A-Za-z_]\w*)/g)].flatMap(
    ([, braced, plain]) => {
      const name = braced ?? plain;
      return name === undefined ? [] : [name];
    },
  );
}

export function baseName(path: string): string {
  return path.replace(/["']/g, '').split(/[\\/]/).at(-1) ?? path;
}
