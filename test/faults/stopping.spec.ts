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
/** The data folder that the servers share; the first one fills it. */
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

/** Starts a command in a process group of its own, as a terminal does. */
const start = (command: string, args: readonly string[], env: Record<string, string> = {}) => {
  const child = spawn(command, args, {
    cwd: project,
    detached: true,
    env: { ...plainEnvironment(), PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, pid: child.pid!, exited, output: () => output };
};
type Started = ReturnType<typeof start>;

const server = (env?: Record<string, string>): Started => start('node', ['dist/bundle/main.js'], env);
/** A server without its projections, which begin a thread: enough where the test is about PostgreSQL, and a third cheaper. */
const apiServer = (env: Record<string, string> = {}): Started => server({ ROLES: 'api', ...env });

const until = async <Value>(look: () => Value | undefined | false, of?: Started): Promise<Value> => {
  for (;;) {
    const found = look();
    if (found) return found;
    if (of && of.child.exitCode !== null) throw new Error(`it ended: ${of.output()}`);
    await sleep(20);
  }
};
const serving = (of: Started): Promise<string> =>
  until(() => /serves at (http:\S+)/.exec(of.output())?.[1], of);
/** Waits until a program with this name runs below the process. */
const running = (name: string, of: Started): Promise<true> =>
  until(() => treeOf(of.pid).some((descendant) => descendant.name === name), of);

/** The process and its descendants at this moment; all of them must be gone later. */
const noted = (of: Started): RunningProcess[] => {
  const tree = treeOf(of.pid);
  seen.push(...tree);
  return tree;
};

/**
 * Expects that a new server starts on the folder at once, works, and stops cleanly at SIGTERM; on the shared folder the next test shows
 * the same.
 */
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
  // The answer 100 shows that the server has begun to read the body.
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
    const npm = start('npm', ['run', script]);
    await (script === 'start' ? serving(npm) : until(() => npm.output().includes('Sending'), npm));
    const tree = noted(npm);
    expect(tree.map(({ name }) => name)).toContain('postgres');
    kill(-npm.pid, 'SIGINT');
    await npm.exited;
    // npm may exit before the processes that it started.
    await until(() => leftOf(tree).length === 0);
  });

  it('stops cleanly also when it comes several times at once', async () => {
    const launched = server();
    await serving(launched);
    const tree = noted(launched);
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const) kill(launched.pid, signal);
    expect(await launched.exited).toBe(0);
    expect(leftOf(tree)).toEqual([]);
  });
});

describe('PostgreSQL stops with its server', () => {
  it.each<NodeJS.Signals>(['SIGINT', 'SIGQUIT'])('at %s', async (signal) => {
    const launched = apiServer();
    await serving(launched);
    const tree = noted(launched);
    kill(-launched.pid, signal);
    expect(await launched.exited).toBe(signal === 'SIGQUIT' ? 131 : 0);
    expect(leftOf(tree)).toEqual([]);
  });

  it('at SIGTERM', () => expectRestart());

  it('when Ctrl-C is repeated until it exits', async () => {
    const launched = apiServer();
    const socket = await halfRequest(await serving(launched));
    const tree = noted(launched);
    while (launched.child.exitCode === null) {
      kill(-launched.pid, 'SIGINT');
      await sleep(100);
    }
    socket.destroy();
    expect(await launched.exited).toBe(130);
    expect(leftOf(tree)).toEqual([]);
  });

  it.each([
    ['thrown', 1],
    ['rejected', 1],
    ['exited', 3],
  ])('when an error ends the server: %s', async (kind, code) => {
    const launched = apiServer({ NODE_OPTIONS: `--import=${fault}`, FAULT: kind });
    await serving(launched);
    const tree = noted(launched);
    kill(launched.pid, 'SIGUSR2');
    expect(await launched.exited).toBe(code);
    expect(leftOf(tree)).toEqual([]);
  });

  it('at SIGHUP, also when its output streams are closed', async () => {
    const launched = apiServer({ LOG_LEVEL: 'trace' });
    const url = await serving(launched);
    launched.child.stdout.destroy();
    launched.child.stderr.destroy();
    const client = await clientOf({ url });
    expect((await client.post('/v1/tickets', opening())).status).toBe(201);
    const tree = noted(launched);
    kill(-launched.pid, 'SIGHUP');
    expect(await launched.exited).toBe(0);
    expect(leftOf(tree)).toEqual([]);
  });
});

describe('a server that is stopped while it starts', () => {
  /** Each start but the first finds what the one before it has left. */
  const begun = () => join(folder.path, 'begun');

  it.each<[string, NodeJS.Signals]>([
    ['initdb', 'SIGTERM'],
    ['initdb', 'SIGINT'],
    ['postgres', 'SIGTERM'],
    ['postgres', 'SIGHUP'],
  ])('leaves no process of %s running at %s', async (name, signal) => {
    const launched = server({ DATA_DIR: begun() });
    await running(name, launched);
    const tree = noted(launched);
    kill(-launched.pid, signal);
    kill(launched.pid, signal);
    expect(await launched.exited).toBe(0);
    expect(launched.output()).toBe('');
    expect(leftOf(tree)).toEqual([]);
  });

  it('leaves a folder on which another one starts', () => expectRestart(begun()));
});

describe('a command that starts the embedded database', () => {
  it.each([['verify'], ['export-events'], ['copy-events', '--to', 'postgres://127.0.0.1:1/none']])(
    'stops it at Ctrl-C: %s',
    async (name, ...args) => {
      const launched = start('node', [`dist/bundle/cli/${name}.js`, ...args]);
      await until(() => existsSync(join(dataDir, 'postgres/postmaster.pid')), launched);
      const tree = noted(launched);
      for (let time = 0; time < 3; time += 1) kill(-launched.pid, 'SIGINT');
      expect(await launched.exited).not.toBe(0);
      expect(leftOf(tree)).toEqual([]);
    },
  );
});
