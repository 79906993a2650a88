import { downloadAndUnzipVSCode } from '@vscode/test-electron';

// Prints `executable=PATH`, the form in which a workflow step hands on a value.
downloadAndUnzipVSCode('stable').then(
  (executable) => console.log(`executable=${executable}`),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
