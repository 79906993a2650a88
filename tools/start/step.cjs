// Plain JavaScript, because `npm start` uses it before the project's packages are there; CommonJS,
// because every loader of the tools and tests can import that.
const { spawn } = require('node:child_process');

/** An expected failure: its message is for the reader, `remedy` says what to do about it. */
class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} [remedy]
   */
  constructor(message, remedy) {
    super(message);
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}

/**
 * Runs one step of the set-up and prints its name, its duration in seconds and how it ended.
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 * @param {string} [remedy] what to do if it fails; a SetupError's own remedy goes before it
 * @returns {Promise<T>}
 */
async function step(name, work, remedy) {
  const startedAtMs = Date.now();
  const elapsed = () => `${((Date.now() - startedAtMs) / 1000).toFixed(1)} s`;
  process.stdout.write(`• ${name} …\n`);
  const ticker = setInterval(() => {
    process.stdout.write(`  … ${name}: ${elapsed()}\n`);
  }, 15_000);
  ticker.unref();
  try {
    const result = await work();
    process.stdout.write(`✓ ${name} (${elapsed()})\n`);
    return result;
  } catch (error) {
    process.stdout.write(`✗ ${name} (${elapsed()})\n`);
    if (error instanceof SetupError && error.remedy) throw error;
    throw new SetupError(error instanceof Error ? error.message : String(error), remedy);
  } finally {
    clearInterval(ticker);
  }
}

/** Prints an error as `reason` and `what to do`, with the stack only if it was not expected. */
function printFailure(error) {
  const expected = error instanceof SetupError;
  process.stderr.write(`\n${expected ? error.message : (error?.stack ?? String(error))}\n`);
  if (expected && error.remedy) process.stderr.write(`\nWhat to do: ${error.remedy}\n`);
}

/**
 * Runs a program to its end with its output kept back; a failure quotes the first and last lines.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<string>} stdout and stderr together
 */
function runCommand(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // npm and code are .cmd files on Windows, which only a shell runs; it splits at spaces.
    const shell = process.platform === 'win32' && /^npm$|\.cmd$/.test(command);
    const quote = (word) => (shell && word.includes(' ') ? `"${word}"` : word);
    const child = spawn(quote(command), args.map(quote), {
      cwd: options.cwd,
      env: options.env ?? process.env,
      timeout: options.timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell,
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const lines = output.trimEnd().split('\n');
      // The reason is at one of the ends: npm says it first, a compiler last.
      const told = lines.length > 40 ? [...lines.slice(0, 15), '…', ...lines.slice(-25)] : lines;
      const how = signal ? `was stopped by ${signal}` : `ended with code ${code}`;
      reject(new Error(`${[command, ...args].join(' ')} ${how}\n${told.join('\n')}`));
    });
  });
}

exports.SetupError = SetupError;
exports.step = step;
exports.printFailure = printFailure;
exports.runCommand = runCommand;
