// The benchmark of the events in KurrentDB: npm run bench:kurrentdb. docs/kurrentdb.md says what the figures mean.
import { parseArgs } from 'node:util';
import { makeBed } from './support/bed.mjs';
import { openContestants } from './kurrentdb/contestants.mjs';
import { render } from './kurrentdb/report.mjs';
import {
  appendSection,
  followedSection,
  importSection,
  openingSection,
  readingSection,
  readySection,
} from './kurrentdb/sections.mjs';
import { beginReport, writeReport } from './support/report-file.mjs';
import { chosenSections, runSections, section } from './support/sections.mjs';

// On a new node the log holds the sample week alone when it is measured how soon a server is ready: so these two come first.
const names = ['import', 'ready', 'append', 'followed', 'opening', 'reading'];
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: names.join(',') },
    json: { type: 'boolean', default: false },
  },
});
const options = { seconds: Number(values.seconds), rounds: Number(values.rounds) };
const chosen = chosenSections(values.only, names);
const url = process.env.KURRENTDB_URL ?? '';

const bed = await makeBed();
const contestants = await openContestants(url);
bed.onClose(() => contestants.close());
try {
  const report = beginReport(options);
  const bench = { ...options, bed, contestants, url };
  const sections = {
    import: section(() => importSection({ ...bench, rounds: 1 }), render.import),
    ready: section(() => readySection(bench), render.ready),
    append: section(() => appendSection(bench), render.append),
    followed: section(() => followedSection(bench), render.followed),
    opening: section(() => openingSection(bench), render.opening),
    reading: section(() => readingSection(bench), render.reading),
  };
  await runSections(report, sections, chosen, (text) => values.json || process.stdout.write(text));
  const text = await writeReport('kurrentdb', report);
  if (values.json) process.stdout.write(text);
} finally {
  await bed.close();
}
