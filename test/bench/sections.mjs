/** @import { Report } from './report-file.mjs' */

/**
 * What one part of a benchmark gives: what is kept, and the tables that are printed.
 * @typedef {() => Promise<{ result: unknown, text: string }>} Section
 */

/**
 * A part of a benchmark: how it is measured, and how its result is shown.
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
 * Those that are named, in the order in which they are; a name that stands for none is told before anything is measured.
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
