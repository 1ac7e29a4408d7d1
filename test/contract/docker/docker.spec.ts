import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings, settingNames } from '../../../src/config/settings.js';
import { chosen, composeIn, environmentOf, passedOn, textOf as text } from '../../support/docker/compose.js';
import { project as root } from '../../support/server/server-process.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

// No Docker engine is available to these tests: the files are checked as text, against the sources they must agree with.

const compose = composeIn<'server' | 'postgres'>('docker/compose.yaml');
const { server, postgres } = compose.services;

const instructions = text('docker/Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) +(.+)$/.exec(line) ?? [];
    return name && rest ? [{ name, rest }] : [];
  });
const all = (name: string, from = instructions) =>
  from.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const imageEnvironment = Object.fromEntries(
  all('ENV', lastStage).flatMap((rest) =>
    rest.split(/ +/).map((pair) => pair.split('=') as [string, string]),
  ),
);

describe('the image', () => {
  const copies = all('COPY').map((rest) => rest.split(/ +/));
  const fromRepository = copies
    .filter(([first]) => !first!.startsWith('--from='))
    .flatMap((words) => words.slice(0, -1));

  it('is built from existing files, exactly those that the ignore file allows', () => {
    const letThrough = text('docker/Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(fromRepository.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect([...new Set(fromRepository)].sort()).toEqual(letThrough.sort());
  });

  it('contains every file the build reads', () => {
    const { compilerOptions } = JSON.parse(text('nest-cli.json')) as {
      compilerOptions: { tsConfigPath: string };
    };
    const { extends: base } = JSON.parse(text(compilerOptions.tsConfigPath)) as { extends: string };
    expect(fromRepository).toEqual(
      expect.arrayContaining([
        'package.json',
        'package-lock.json',
        'nest-cli.json',
        compilerOptions.tsConfigPath,
        base.replace('./', ''),
        'src',
      ]),
    );
  });

  it('installs from the lockfile, without development dependencies in its last stage', () => {
    const installs = all('RUN').filter((rest) => rest.includes('npm ') && !rest.includes('npm run'));
    expect(installs.every((rest) => rest.includes('npm ci'))).toBe(true);
    const modules = copies.find((words) => words.includes('/app/node_modules'));
    expect(modules).toContain('--from=dependencies');
    const stage = instructions.findIndex(({ rest }) => rest.endsWith(' AS dependencies'));
    expect(instructions[stage + 1]?.rest).toContain('npm ci --omit=dev');
  });

  it('leaves out what only development has, maps and types', async () => {
    const stage = instructions.findIndex(({ rest }) => rest.endsWith(' AS dependencies'));
    const command = instructions[stage + 1]!.rest.replace(/^--mount=\S+ /, '').replace(
      /npm ci[^&]*/,
      'true ',
    );
    const folder = await temporaryFolder();
    const packages = { '': {}, 'node_modules/pg': {}, 'node_modules/typescript': { devOptional: true } };
    writeFileSync(join(folder.path, 'package-lock.json'), JSON.stringify({ packages }));
    for (const name of ['pg', 'typescript']) {
      mkdirSync(join(folder.path, 'node_modules', name), { recursive: true });
      for (const file of ['index.js', 'index.js.map', 'index.d.ts', 'LICENSE.md'])
        writeFileSync(join(folder.path, 'node_modules', name, file), '');
    }
    execFileSync('sh', ['-c', command], { cwd: folder.path });
    const left = readdirSync(join(folder.path, 'node_modules'), { recursive: true, encoding: 'utf8' });
    expect(left.sort()).toEqual(['pg', 'pg/LICENSE.md', 'pg/index.js']);
    await folder.remove();
  });

  it('starts the program that `npm start` starts', () => {
    const command = JSON.parse(all('CMD', lastStage)[0]!) as string[];
    const { scripts } = JSON.parse(text('package.json')) as { scripts: { start: string } };
    expect(`exec ${command.join(' ')}`).toBe(scripts.start);
    expect(
      existsSync(join(root, command.at(-1)!.replace('dist/bundle/', 'src/').replace('.js', '.ts'))),
    ).toBe(true);
  });

  it('runs as a user without privileges', () => {
    expect(all('USER', lastStage)).toEqual(['node']);
  });

  it('sets only settings the server knows', () => {
    expect(settingNames).toEqual(expect.arrayContaining(Object.keys(imageEnvironment)));
    expect(imageEnvironment).toEqual({ NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '3000' });
    expect(all('EXPOSE', lastStage)).toEqual([imageEnvironment.PORT]);
  });

  it('checks its health on a path the server has', () => {
    const [, path] =
      /\/\/127\.0\.0\.1:\$\{process\.env\.PORT\}(\/[\w/]+)`/.exec(all('HEALTHCHECK')[0]!) ?? [];
    const routes = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => text(`src/${file}`))
      .flatMap((source) => {
        const [, prefix] = /@Controller\('([^']*)'\)/.exec(source) ?? [];
        if (prefix === undefined) return [];
        return [...source.matchAll(/@Get\('([^']*)'\)/g)].map(([, route]) => `/${prefix}/${route!}`);
      });
    expect(routes).toContain(path);
  });
});

describe('the compose file', () => {
  const environment = environmentOf(server);

  it('sets only settings the server knows', () => {
    expect(settingNames).toEqual(expect.arrayContaining(Object.keys(environment)));
  });

  it('passes on every setting that its owner may choose', () => {
    expect(passedOn(server)).toEqual(chosen);
  });

  it('gives the server settings that it accepts in production', () => {
    expect(readSettings({ ...imageEnvironment, ...environment })).toMatchObject({
      production: true,
      databaseUrl: 'postgres://billets_application:covert@postgres:5432/billets',
      migrationsUrl: 'postgres://billets_owner:concealed@postgres:5432/billets',
      oidc: { issuer: 'https://login.example', audience: 'billets' },
      logLevel: readSettings({}).logLevel,
      reportingTimeZone: readSettings({}).reportingTimeZone,
    });
  });

  it('connects the server to the database it sets up', () => {
    for (const url of [environment.DATABASE_URL!, environment.MIGRATIONS_DATABASE_URL!]) {
      const { hostname, pathname } = new URL(url);
      expect(Object.keys(compose.services)).toContain(hostname);
      expect(postgres.environment).toMatchObject({ POSTGRES_DB: pathname.slice(1) });
    }
  });

  it('gives the server no password but those of its two roles, which the script makes in the database', () => {
    const { POSTGRES_PASSWORD, ...ofRoles } = environmentOf(postgres);
    expect(JSON.stringify(environment)).not.toContain(POSTGRES_PASSWORD);
    const made = text('docker/postgres/roles.sql');
    const variables = Object.fromEntries(
      [...made.matchAll(/^\\getenv (\w+) (\w+)$/gm)].map(([, name, variable]) => [name, variable]),
    );
    for (const url of [environment.DATABASE_URL!, environment.MIGRATIONS_DATABASE_URL!]) {
      const { username, password } = new URL(url);
      const [, variable = ''] =
        new RegExp(`^ALTER ROLE ${username} LOGIN PASSWORD :'(\\w+)';$`, 'm').exec(made) ?? [];
      expect(ofRoles[variables[variable] ?? '']).toBe(password);
      expect(postgres.environment?.POSTGRES_USER).not.toBe(username);
    }
  });

  it.each([
    ...['POSTGRES_PASSWORD', 'POSTGRES_OWNER_PASSWORD', 'POSTGRES_APPLICATION_PASSWORD'],
    ...['OIDC_ISSUER', 'OIDC_AUDIENCE'],
  ])('refuses to start without %s', (name) => {
    const uses = text('docker/compose.yaml').match(new RegExp(String.raw`\$\{${name}[^}]*\}`, 'g'));
    expect(uses).not.toBeNull();
    expect(uses!.every((use) => use.startsWith(`\${${name}:?`))).toBe(true);
  });

  it('is reachable from its own machine only', () => {
    expect(server.ports).toEqual([`127.0.0.1:\${PORT:-3000}:${imageEnvironment.PORT!}`]);
    expect(postgres.ports).toBeUndefined();
  });

  it('starts the server once the database answers', () => {
    expect(server.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(postgres.healthcheck?.test).toContain('pg_isready');
  });

  it('keeps the data in a volume, where PostgreSQL 18 looks for it', () => {
    expect(postgres).toMatchObject({
      image: expect.stringMatching(/^postgres:18\./),
      volumes: [
        'postgres:/var/lib/postgresql',
        './postgres/roles.sql:/docker-entrypoint-initdb.d/roles.sql:ro',
      ],
    });
    expect(existsSync(join(root, 'docker/postgres/roles.sql'))).toBe(true);
    expect(compose.volumes).toHaveProperty('postgres');
  });

  it('builds the image from the root of the repository', () => {
    const context = join(root, 'docker', server.build!.context);
    expect(existsSync(join(context, 'package-lock.json'))).toBe(true);
    expect(existsSync(join(context, server.build!.dockerfile))).toBe(true);
  });
});
