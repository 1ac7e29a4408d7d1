import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { plainEnvironment, project } from '../../../support/server/server-process.js';

const run = (words: string[], settings: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'test:kurrentdb', ...words], {
    cwd: project,
    env: { ...plainEnvironment(), npm_config_loglevel: 'silent', ...settings },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('npm run test:kurrentdb', () => {
  it('says in one line which setting is missing', () => {
    const { status, stdout, stderr } = run([]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^KURRENTDB_URL: missing; expected the connection string [^\n]+\n$/);
  });

  it('runs the contract tests, and nothing that the other tests run', () => {
    const { status, stdout } = run(['--', '--listTests'], { KURRENTDB_URL: 'kurrentdb://localhost' });
    const files = ['cluster', 'event-store'].map((name) => `${project}/test/kurrentdb/${name}.ts`);
    expect({ status, files: stdout.trim().split('\n').sort() }).toEqual({ status: 0, files });
  });
});
