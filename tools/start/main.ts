import { parseArgs } from 'node:util';
import { openInteractive } from './interactive';
import { runOnce } from './once';
import { printFailure, SetupError } from './step.cjs';

const usage = `npm start                    opens VS Code with Epochlog on the sample project
npm start -- --browser       in the browser, also where there is a desktop VS Code
npm start -- --port 8123     the browser's VS Code on this port
npm start -- --once          trains, runs and saves by itself, prints what was recorded, and ends`;

async function main(): Promise<void> {
  const { values } = readArguments();
  if (values.help) console.log(usage);
  else if (values.once) await runOnce({ browser: values.browser });
  else await openInteractive({ browser: values.browser, port: readPort(values.port) });
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        once: { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error), `\n${usage}`);
  }
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SetupError(`${text} is not a port.`, 'give a number from 1 to 65535.');
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    printFailure(error);
    process.exit(1);
  },
);
