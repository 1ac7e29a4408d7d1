import { parseArgs } from 'node:util';

const sections = ['append', 'latency', 'bulk', 'reading', 'growth'];

const usage = `npm run bench:store -- [options]
  --seconds N   for each cell of the append table (default 3)
  --events N    how far the log grows in the section growth (default 300000)
  --only LIST   some of ${sections.join(',')}
  --in-flight LIST   columns of the append table (default 1,16,64,256,512)
  --json        print the JSON instead of the tables; it is written to reports/bench-store.json in any case
`;

/**
 * @param {string} name
 * @param {string} text
 */
const number = (name, text) => {
  const value = Number(text);
  if (!(value > 0)) stop(`--${name}: ${text} is not a number above 0`);
  return value;
};

/**
 * @param {string} message
 * @returns {never}
 */
const stop = (message) => {
  process.stderr.write(`${message}\n${usage}`);
  process.exit(2);
};

const parsed = () => {
  try {
    return parseArgs({
      options: {
        seconds: { type: 'string', default: '3' },
        events: { type: 'string', default: '300000' },
        only: { type: 'string', default: sections.join(',') },
        'in-flight': { type: 'string', default: '1,16,64,256,512' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
};

export const readOptions = () => {
  const values = parsed();
  const only = values.only.split(',');
  const unknown = only.find((name) => !sections.includes(name));
  if (unknown !== undefined) stop(`--only: there is no ${unknown}`);
  return {
    seconds: number('seconds', values.seconds),
    events: number('events', values.events),
    only,
    inFlight: values['in-flight'].split(',').map((text) => number('in-flight', text)),
    json: values.json,
  };
};
