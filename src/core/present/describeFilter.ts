/** What stands above a filtered tree. */
export function describeFilter(text: string, found: number, of: number): string {
  const runs = of === 1 ? 'run' : 'runs';
  if (found === 0) return `None of ${of.toLocaleString('en')} ${runs} matches: ${text}`;
  const verb = found === 1 ? 'matches' : 'match';
  return `${found.toLocaleString('en')} of ${of.toLocaleString('en')} ${runs} ${verb}: ${text}`;
}
