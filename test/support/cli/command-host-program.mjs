// A process that runs built commands one after the other, for tests: most of what a command costs is loading its modules, which here
// are loaded once. Each run evaluates the command's own file anew, and has the arguments, environment, input and output to itself.
import { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {{ script: string, parameters: string[], environment: Record<string, string>, folder: string, input: string }} Run
 * @typedef {{ code: number, stdout: string, stderr: string } | { failure: string }} Answer
 */

const chunkSize = 65_536;
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']);
let runs = 0;

/** @param {string} input */
function* chunksOf(input) {
  const bytes = Buffer.from(input);
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

/**
 * @param {string} name
 * @param {unknown} value
 */
const replace = (name, value) => Object.defineProperty(process, name, { value, configurable: true });

/** Stands in for the process's standard output or standard error during a run. */
const captured = () => {
  /** @type {Buffer[]} */
  const chunks = [];
  const stream = new Writable({
    write: (/** @type {Buffer} */ chunk, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
};

/**
 * @param {Run} run
 * @returns {Promise<Answer>}
 */
const answerTo = async ({ script, parameters, environment, folder, input }) => {
  const [stdout, stderr] = [captured(), captured()];
  replace('stdout', stdout.stream);
  replace('stderr', stderr.stream);
  replace('stdin', Readable.from(chunksOf(input), { objectMode: false }));
  replace('env', { ...environment });
  process.argv = [process.execPath, script, ...parameters];
  process.exitCode = undefined;
  process.chdir(folder);
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => replace('exit', (/** @type {number} */ code) => resolve(code)));
  runs += 1;
  try {
    // Resolves when the command is through, since commands await their work at the top level.
    const ended = import(`${pathToFileURL(script).href}?run=${runs}`).then(() =>
      Number(process.exitCode ?? 0),
    );
    const code = await Promise.race([ended, exited]);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } catch (error) {
    return { failure: error instanceof Error ? String(error.stack) : String(error) };
  } finally {
    for (const signal of signals) process.removeAllListeners(signal);
    process.exitCode = undefined;
  }
};

let last = Promise.resolve();
process.on('message', (/** @type {{ id: number, run: Run }} */ { id, run }) => {
  last = last.then(async () => {
    const answer = await answerTo(run);
    process.send?.({ id, answer });
  });
});
const exit = process.exit.bind(process);
// Without its parent process there is nothing to run.
process.on('disconnect', () => exit());
