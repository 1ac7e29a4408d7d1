import { describe, expect, it } from '@jest/globals';
import { isKurrentUrl } from '../../../src/config/kurrent-url.js';
import { readSettings, settingNames } from '../../../src/config/settings.js';
import { chosen, composeIn, environmentOf, example, passedOn, textOf } from '../../support/docker/compose.js';

// No Docker engine is available to these tests: as in docker.spec.ts, the files are checked as text.

const { server, postgres } = composeIn<'server' | 'postgres'>('docker/compose.yaml').services;

describe.each<[string, string[], string[]]>([
  ['docker/compose.kurrentdb.yaml', ['server'], ['kurrentdb']],
  [
    'docker/compose.cluster.yaml',
    ['api-1', 'api-2', 'projections-1', 'projections-2'],
    ['kurrentdb-1', 'kurrentdb-2', 'kurrentdb-3'],
  ],
])('%s', (path, servers, nodes) => {
  const { services, volumes } = composeIn(path);
  const environments = servers.map((name) => environmentOf(services[name]!));

  it('has these servers and nodes, and a database', () => {
    const others = ['postgres', ...('certificates' in services ? ['certificates'] : [])];
    expect(Object.keys(services).sort()).toEqual([...servers, ...nodes, ...others].sort());
    expect(environmentOf(services.postgres!)).toEqual(environmentOf(postgres));
    expect(services.postgres).toMatchObject({
      image: expect.stringMatching(/^postgres:18\./),
      volumes: postgres.volumes,
    });
  });

  it('sets only settings the servers know and accept in production', () => {
    for (const environment of environments) {
      expect(settingNames).toEqual(expect.arrayContaining(Object.keys(environment)));
      expect(readSettings({ NODE_ENV: 'production', ...environment })).toMatchObject({
        production: true,
        databaseUrl: environmentOf(server).DATABASE_URL,
        oidc: { issuer: 'https://login.example', audience: 'billets' },
      });
    }
  });

  it('passes on every setting that its owner may choose', () => {
    for (const name of servers) expect([name, passedOn(services[name]!)]).toEqual([name, chosen]);
  });

  it('gives the owner’s password to the first server only, which the others wait for', () => {
    const [first, ...others] = environments;
    expect(first!.MIGRATIONS_DATABASE_URL).toBe(environmentOf(server).MIGRATIONS_DATABASE_URL);
    for (const environment of others) expect(JSON.stringify(environment)).not.toContain('concealed');
  });

  it('connects every server to all the nodes, and starts it once they are healthy', () => {
    for (const { EVENT_STORE_URL: url = '' } of environments) {
      expect(isKurrentUrl(url)).toBe(true);
      const hosts = /^[^:]+:\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1];
      expect(hosts?.split(',')).toEqual(nodes.map((node) => `${node}:2113`));
    }
    const [first] = servers;
    for (const name of servers) {
      const healthy = { condition: 'service_healthy' };
      const needed = ['postgres', ...nodes, ...(name === first ? [] : [first])];
      expect(services[name]!.depends_on).toEqual(
        Object.fromEntries(needed.map((dependency) => [dependency, healthy])),
      );
    }
    for (const node of nodes) expect(services[node]!.healthcheck?.test).toContain('curl');
  });

  it('runs one version of KurrentDB, the one that the documentation names', () => {
    const images = new Set(nodes.map((node) => services[node]!.image));
    expect([...images]).toEqual(['docker.kurrent.io/kurrent-lts/kurrentdb:26.0.3']);
    expect(textOf('docs/kurrentdb.md')).toContain([...images][0]);
  });

  it('is reachable from its own machine only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('keeps what must last in volumes that it declares', () => {
    const named = Object.values(services).flatMap((service) => service.volumes ?? []);
    const declared = named.map((volume) => volume.split(':')[0]!).filter((name) => !name.startsWith('./'));
    expect(new Set(declared)).toEqual(new Set(Object.keys(volumes)));
    const data = nodes.map((node) =>
      services[node]!.volumes?.find((volume) => volume.endsWith(':/var/lib/kurrentdb')),
    );
    expect(data).toEqual(nodes.map((node) => `${node}:/var/lib/kurrentdb`));
  });

  it('refuses to start without the settings that only its owner can choose', () => {
    const needed = Object.keys(example).filter((name) => textOf(path).includes(`\${${name}`));
    expect(needed).toEqual(expect.arrayContaining(['POSTGRES_PASSWORD', 'OIDC_ISSUER', 'OIDC_AUDIENCE']));
    for (const name of needed) {
      const uses = textOf(path).match(new RegExp(String.raw`\$\{${name}[^}]*\}`, 'g'));
      expect(uses!.every((use) => use.startsWith(`\${${name}:?`))).toBe(true);
    }
  });
});

describe('the cluster', () => {
  const { services } = composeIn('docker/compose.cluster.yaml');
  const numbers = [1, 2, 3];
  const mounted = (name: string) =>
    Object.fromEntries(
      services[name]!.volumes!.map((volume) => volume.split(':').slice(0, 2)).map(([from, to]) => [to, from]),
    );

  it('separates servers of requests from servers of projections', () => {
    const rolesOf = (name: string) => [
      ...readSettings({ ROLES: environmentOf(services[name]!).ROLES }).roles,
    ];
    expect(['api-1', 'api-2'].map(rolesOf)).toEqual([['api'], ['api']]);
    expect(['projections-1', 'projections-2'].map(rolesOf)).toEqual([['projections'], ['projections']]);
  });

  it('has three nodes that know each other by name and expect a cluster of three', () => {
    for (const number of numbers) {
      const environment = environmentOf(services[`kurrentdb-${number}`]!);
      const others = numbers.filter((peer) => peer !== number).map((peer) => `kurrentdb-${peer}:2113`);
      expect(environment).toMatchObject({
        KURRENTDB_CLUSTER_SIZE: '3',
        KURRENTDB_NODE_HOST_ADVERTISE_AS: `kurrentdb-${number}`,
        KURRENTDB_REPLICATION_HOST_ADVERTISE_AS: `kurrentdb-${number}`,
        KURRENTDB_GOSSIP_SEED: others.join(','),
      });
      expect(environment).not.toHaveProperty('KURRENTDB_INSECURE');
    }
  });

  it('gives each node the certificate that is made for it, before it starts', () => {
    const [, script] = services.certificates!.command!;
    expect(services.certificates!.restart).toBe('no');
    expect(script).toContain(`for node in ${numbers.join(' ')}; do`);
    expect(script).toContain('-dns-names "kurrentdb-$$node,localhost"');
    expect(Object.keys(mounted('certificates')).sort()).toEqual(
      ['/authority', '/trust', ...numbers.map((number) => `/node-${number}`)].sort(),
    );
    for (const number of numbers) {
      const node = services[`kurrentdb-${number}`]!;
      expect(node.depends_on).toEqual({ certificates: { condition: 'service_completed_successfully' } });
      expect(mounted(`kurrentdb-${number}`)).toMatchObject({
        '/certificates/node': `node-${number}`,
        '/certificates/trust': 'trust',
      });
      expect(node.environment).toMatchObject({
        KURRENTDB_TRUSTED_ROOT_CERTIFICATES_PATH: '/certificates/trust',
        KURRENTDB_CERTIFICATE_FILE: '/certificates/node/node.crt',
        KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE: '/certificates/node/node.key',
      });
    }
  });

  it('gives the servers the authority’s certificate, and no private key', () => {
    for (const name of ['api-1', 'api-2', 'projections-1', 'projections-2']) {
      expect(mounted(name)).toEqual({ '/certificates': 'trust' });
      const { EVENT_STORE_URL: url } = environmentOf(services[name]!);
      expect(url).toMatch(/^kurrentdb:\/\/admin:hidden@.+\?tlsCAFile=\/certificates\/ca\.crt$/);
    }
    const [, script] = services.certificates!.command!;
    expect(script).not.toMatch(/\.key[^\n]* \/trust/);
  });
});
