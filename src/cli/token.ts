import { parseArgs } from 'node:util';
import { issueDevelopmentToken, roles, type Role } from '../access/core.js';
import { readSettings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import { runCommand } from './terminal/run-command.js';

const usage = `npm run --silent token -- --role ${roles.join('|')} [--role …] [--establishments NIM,MCQ | '*'] [--subject NAME]`;

/** Prints one bearer token of the development issuer, and nothing else, on standard output. */
await runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      role: { type: 'string', multiple: true, default: [] },
      establishments: { type: 'string', default: '' },
      subject: { type: 'string', default: 'development' },
    },
  });
  const settings = readSettings(process.env);
  const requested = values.role.flatMap((role) => role.split(','));
  if (requested.length === 0) throw new StartRefused(`--role: missing; ${usage}`);
  const unknown = requested.find((role) => !(roles as readonly string[]).includes(role));
  if (unknown !== undefined) {
    throw new StartRefused(`--role: expected one of ${roles.join(', ')}, not ${JSON.stringify(unknown)}`);
  }
  const establishments = values.establishments.split(',').map((code) => code.trim());
  const request = {
    subject: values.subject,
    roles: requested as Role[],
    establishments: establishments.filter(Boolean),
  };
  process.stdout.write(`${await issueDevelopmentToken(request, settings)}\n`);
});
