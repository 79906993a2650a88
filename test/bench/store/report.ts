/** Figures by name, in the unit that the name says. */
export type Figures = Readonly<Record<string, number>>;

const mark = 'figures: ';

/** The work of a process that measures: gives it the arguments, prints the figures, ends the process. */
export function report(work: (...args: string[]) => Promise<Figures>): void {
  work(...process.argv.slice(2)).then(
    (figures) => {
      console.log(mark + JSON.stringify(figures));
      process.exit(0);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}

/** What a process that ended had to report. */
export function readReport(output: string): Figures {
  const line = output.split('\n').find((each) => each.startsWith(mark));
  if (line === undefined) throw new Error(`No figures were reported: ${output}`);
  return JSON.parse(line.slice(mark.length));
}
