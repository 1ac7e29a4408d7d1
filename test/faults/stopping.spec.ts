import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf } from '../support/api/client.js';
import { opening } from '../support/api/contract.js';
import { leftOf, treeOf, type RunningProcess } from '../support/server/process-tree.js';
import { plainEnvironment, project } from '../support/server/server-process.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

let folder: TemporaryFolder;
let fault: string;
/** Whose data every server here but the first finds. */
let dataDir: string;
const started: ChildProcess[] = [];
const seen: RunningProcess[] = [];

const kill = (pid: number, signal: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
};

afterEach(() => {
  for (const { pid } of started.splice(0)) if (pid) kill(-pid, 'SIGKILL');
  for (const { pid } of leftOf(seen.splice(0))) kill(pid, 'SIGKILL');
});
afterAll(() => folder.remove());

/** What a terminal starts: a process group of its own. */
const start = (command: string, args: readonly string[], env: Record<string, string> = {}) => {
  const child = spawn(command, args, {
    cwd: project,
    detached: true,
    env: { ...plainEnvironment(), PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, pid: child.pid!, exited, said: () => said };
};
type Started = ReturnType<typeof start>;

const server = (env?: Record<string, string>): Started => start('node', ['dist/main.js'], env);

const until = async <Value>(look: () => Value | undefined | false, of?: Started): Promise<Value> => {
  for (;;) {
    const found = look();
    if (found) return found;
    if (of && of.child.exitCode !== null) throw new Error(`it ended: ${of.said()}`);
    await sleep(5);
  }
};
const serving = (of: Started): Promise<string> =>
  until(() => /serves at (http:\S+)/.exec(of.said())?.[1], of);
/** A PostgreSQL of ours that runs below it, by its program's name. */
const running = (name: string, of: Started): Promise<true> =>
  until(() => treeOf(of.pid).some((one) => one.name === name), of);

/** Everything that runs of it now, to be gone later. */
const noted = (of: Started): RunningProcess[] => {
  const tree = treeOf(of.pid);
  seen.push(...tree);
  return tree;
};

/** It begins again at once, and stops as it should. Where the folder is shared, the next test's server shows the same. */
const expectRestart = async (dir = dataDir): Promise<void> => {
  const again = server({ DATA_DIR: dir });
  const url = await serving(again);
  const client = await clientOf({ url });
  expect((await client.post('/v1/tickets', opening())).status).toBe(201);
  const tree = noted(again);
  kill(again.pid, 'SIGTERM');
  expect(await again.exited).toBe(0);
  expect(leftOf(tree)).toEqual([]);
  expect(readdirSync(dir).filter((name) => name.startsWith('server'))).toEqual([]);
};

const halfRequest = async (url: string) => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  const { token } = await clientOf({ url });
  socket.write(
    `POST /v1/tickets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
      'Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"title": "',
  );
  // It has begun to read the body.
  await once(socket, 'data');
  return socket;
};

beforeAll(async () => {
  folder = await temporaryFolder();
  dataDir = join(folder.path, 'data');
  fault = join(folder.path, 'fault.mjs');
  await writeFile(
    fault,
    `const faults = {
       thrown: () => { throw new Error('thrown') },
       rejected: () => void Promise.reject(new Error('rejected')),
       exited: () => process.exit(3),
     };
     process.on('SIGUSR2', () => setImmediate(faults[process.env.FAULT]));`,
  );
  await expectRestart();
});

describe('one Ctrl-C in a terminal', () => {
  it.each(['start', 'demo'])('stops npm, the server and PostgreSQL of `npm run %s`', async (script) => {
    const dir = join(folder.path, script);
    const npm = start('npm', ['run', script], { DATA_DIR: dir });
    await (script === 'start' ? serving(npm) : until(() => npm.said().includes('Sending'), npm));
    const tree = noted(npm);
    expect(tree.map(({ name }) => name)).toContain('postgres');
    kill(-npm.pid, 'SIGINT');
    await npm.exited;
    // npm may be gone before what it has started.
    await until(() => leftOf(tree).length === 0);
    await expectRestart(dir);
  });

  it('that comes several times within a moment is a clean stop', async () => {
    const one = server();
    await serving(one);
    const tree = noted(one);
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const) kill(one.pid, signal);
    expect(await one.exited).toBe(0);
    expect(leftOf(tree)).toEqual([]);
  });
});

describe('PostgreSQL ends with its server', () => {
  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])('at %s', async (signal) => {
    const one = server();
    await serving(one);
    const tree = noted(one);
    kill(-one.pid, signal);
    expect(await one.exited).toBe(signal === 'SIGQUIT' ? 131 : 0);
    expect(leftOf(tree)).toEqual([]);
  });

  it('when a person is impatient', async () => {
    const one = server();
    const socket = await halfRequest(await serving(one));
    const tree = noted(one);
    while (one.child.exitCode === null) {
      kill(-one.pid, 'SIGINT');
      await sleep(100);
    }
    socket.destroy();
    expect(await one.exited).toBe(130);
    expect(leftOf(tree)).toEqual([]);
    await expectRestart();
  });

  it.each([
    ['thrown', 1],
    ['rejected', 1],
    ['exited', 3],
  ])('when an error ends it: %s', async (kind, code) => {
    const one = server({ NODE_OPTIONS: `--import=${fault}`, FAULT: kind });
    await serving(one);
    const tree = noted(one);
    kill(one.pid, 'SIGUSR2');
    expect(await one.exited).toBe(code);
    expect(leftOf(tree)).toEqual([]);
  });

  it('when nobody reads what it writes any more', async () => {
    const one = server({ LOG_LEVEL: 'trace' });
    const url = await serving(one);
    one.child.stdout.destroy();
    one.child.stderr.destroy();
    const client = await clientOf({ url });
    expect((await client.post('/v1/tickets', opening())).status).toBe(201);
    const tree = noted(one);
    kill(-one.pid, 'SIGHUP');
    expect(await one.exited).toBe(0);
    expect(leftOf(tree)).toEqual([]);
  });
});

describe('a server that is told to stop while it starts', () => {
  it.each<[string, NodeJS.Signals]>([
    ['initdb', 'SIGTERM'],
    ['initdb', 'SIGINT'],
    ['postgres', 'SIGTERM'],
    ['postgres', 'SIGHUP'],
  ])('leaves nothing of %s at %s', async (name, signal) => {
    const dir = join(folder.path, `starting-${name}-${signal}`);
    const one = server({ DATA_DIR: dir });
    await running(name, one);
    const tree = noted(one);
    kill(-one.pid, signal);
    kill(one.pid, signal);
    expect(await one.exited).toBe(0);
    expect(one.said()).toBe('');
    expect(leftOf(tree)).toEqual([]);
    await expectRestart(dir);
  });
});

describe('a command with the embedded database of its own', () => {
  it.each([['verify'], ['export-events'], ['copy-events', '--to', 'postgres://127.0.0.1:1/none']])(
    'takes it along at Ctrl-C: %s',
    async (name, ...args) => {
      const one = start('node', [`dist/cli/${name}.js`, ...args]);
      await until(() => existsSync(join(dataDir, 'postgres/postmaster.pid')), one);
      const tree = noted(one);
      for (let time = 0; time < 3; time += 1) kill(-one.pid, 'SIGINT');
      expect(await one.exited).not.toBe(0);
      expect(leftOf(tree)).toEqual([]);
    },
  );
});
