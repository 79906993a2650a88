/** The section that stands for the run as a whole, behind all its parts: `Mean accuracy`. */
export const wholeRun = -1;
