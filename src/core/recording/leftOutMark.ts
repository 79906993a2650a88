/** How a line of a log begins that says that output is missing there. */
export const leftOutMark = '[Epochlog left out';
