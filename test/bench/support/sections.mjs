/** @import { Report } from './report-file.mjs' */

/**
 * Runs one section of a benchmark: `result` is kept in the report, and `text` holds the tables to print.
 * @typedef {() => Promise<{ result: unknown, text: string }>} Section
 */

/**
 * Makes a section of a benchmark from how it is measured and how its result is rendered.
 * @template Result
 * @param {() => Promise<Result>} measure
 * @param {(result: Result) => string} render
 * @returns {Section}
 */
export const section = (measure, render) => async () => {
  const result = await measure();
  return { result, text: render(result) };
};

/**
 * The sections named in `only`, in that order. Throws on an unknown name, before anything is measured.
 * @param {string} only
 * @param {readonly string[]} names
 */
export const chosenSections = (only, names) => {
  const chosen = only.split(',');
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}; there are ${names.join(', ')}`);
  return chosen;
};

/**
 * Measures one section after the other, and puts their results into the report under their names.
 * @param {Report} report
 * @param {Record<string, Section>} sections
 * @param {readonly string[]} chosen
 * @param {(text: string) => void} print
 */
export const runSections = async (report, sections, chosen, print = (text) => process.stdout.write(text)) => {
  for (const name of chosen) {
    process.stderr.write(`${name} …\n`);
    const run = sections[name];
    if (!run) throw new Error(`there is no section ${name}`);
    const { result, text } = await run();
    report[name] = result;
    print(`${text}\n\n`);
  }
};
