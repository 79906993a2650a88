/** How a shell reads quotes. */
export type ShellDialect = 'posix' | 'powershell' | 'cmd';

/** @param shell path of the shell's program. */
export function shellDialect(shell: string): ShellDialect {
  if (/(?:^|[\\/])(?:pwsh|powershell)(?:\.exe)?$/i.test(shell)) return 'powershell';
  return /(?:^|[\\/])cmd(?:\.exe)?$/i.test(shell) ? 'cmd' : 'posix';
}

/** The word as it is typed to be one argument that the shell changes nothing of. */
export function quoteWord(word: string, dialect: ShellDialect): string {
  switch (dialect) {
    case 'posix':
      return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
    case 'powershell':
      return /^[\w+=:./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`;
    case 'cmd':
      // Programs of Windows read `\"` in quotes as a quote, and double backslashes before it.
      return /^[\w+=:./\\@-]+$/.test(word)
        ? word
        : `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
  }
}
