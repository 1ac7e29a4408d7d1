// All benchmarks at once, in about ten minutes: npm run bench. It prints one table of ratios, writes reports/bench.json, and fails where a
// ratio has fallen by more than a fifth since the committed baseline. `--only store,http` runs some; `--write-baseline` keeps the ratios as
// the baseline, and needs a quiet machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { beginReport, loadNow, reportPath, writeReport } from './support/report-file.mjs';
import { chosenSections } from './support/sections.mjs';
import { readBaseline, writeBaseline } from './summary/baseline.mjs';
import { compare, complaintsOf, renewed } from './summary/compare.mjs';
import { parts } from './summary/parts.mjs';
import { render } from './summary/report.mjs';

/** @import { Part } from './summary/parts.mjs' */

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(parts).join(',') },
    'write-baseline': { type: 'boolean', default: false },
  },
});
const chosen = chosenSections(values.only, Object.keys(parts));

/**
 * Runs a benchmark in a process of its own, as its command does, and reads what it has written. Its tables go to standard error, so that
 * standard output has the one table alone.
 * @param {Part} part
 */
const measure = async ({ program, args, report, ratiosOf }) => {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, ['--enable-source-maps', path, ...args], {
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const stop = () => child.kill();
  process.once('SIGTERM', stop);
  const [code] = await once(child, 'exit');
  process.off('SIGTERM', stop);
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return ratiosOf(/** @type {never} */ (JSON.parse(await readFile(reportPath(report), 'utf8'))));
};

const startedAt = performance.now();
const begun = beginReport({ only: chosen });
const all = /** @type {Record<string, Part>} */ (parts);
const ratios = [];
/** @type {string[]} */
const failures = [];
for (const name of chosen) {
  process.stderr.write(`\n${name} …\n`);
  const part = /** @type {Part} */ (all[name]);
  const measured = await measure(part).catch((/** @type {unknown} */ error) => {
    failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  });
  ratios.push(...measured.map((ratio) => ({ ...ratio, what: `${name}: ${ratio.what}` })));
}

const baseline = await readBaseline();
const compared = compare(ratios, baseline?.ratios ?? {}, chosen);
const complaints = [...failures, ...complaintsOf(compared)];
const seconds = Math.round((performance.now() - startedAt) / 1000);
const loadAfter = loadNow();
await writeReport('', { ...begun, loadAfter, seconds, ratios: compared, complaints });

/** @param {{ at: string, machine: { cores: number }, loadBefore: number }} run */
const told = ({ at, machine, loadBefore }) =>
  `${at.slice(0, 10)}, ${machine.cores} cores, load ${loadBefore.toFixed(1)} before`;
const beside = baseline ? `The baseline: ${told(baseline)}.` : 'There is no baseline.';
process.stdout.write(
  `${render(compared)}\n\n${told(begun)} and ${loadAfter.toFixed(1)} after, ${seconds} s. ${beside}\n`,
);
if (values['write-baseline'] && failures.length === 0) {
  const { at, machine, loadBefore } = begun;
  await writeBaseline({ at, machine, loadBefore, ratios: renewed(ratios, baseline?.ratios ?? {}, chosen) });
} else {
  for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
  if (complaints.length > 0) process.exitCode = 1;
}
