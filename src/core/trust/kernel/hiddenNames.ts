/** What cells read and change without naming it: settings, random numbers, files, the last output. */

/** Names of what has none, in the same table as the names of Python. */
export const hidden = (what: string) => `\u0000${what}`;
export const settings = hidden('settings');
export const lastOutput = hidden('output');
export const folders = hidden('folders');
export const sentences: Readonly<Record<string, string>> = {
  [settings]: 'the settings of how results are shown',
  [folders]: 'the folders that cells make',
  [lastOutput]: 'the output that was shown last',
};
