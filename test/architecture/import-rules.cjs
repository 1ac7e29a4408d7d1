// The rules of who may import whom, for dependency-cruiser: `npm run imports`, and import-rules.spec.ts, where each rule has a canary.

/**
 * A slice's public face: the only file of it that others may import.
 * @param {string} slice
 */
const face = (slice) => `${slice}/index.ts`;

/**
 * What a slice is without a server, which the thread of the projections and the commands load in a fraction of the time.
 * @param {string} slice
 */
const core = (slice) => `${slice}/core.ts`;

const foundation = ['calendar', 'platform', 'shared'];
const domain = [...foundation, face('access'), face('establishments')];
const ticketEvents = ['events', 'codec']
  .map((part) => `tickets/domain/ticket.${part}.ts`)
  .concat('tickets/domain/ticket-texts.ts', 'tickets/domain/backlog-moves.ts');

/** What each folder of src may import from src besides itself. Only main.ts is not here: it starts what boot makes. */
const mayImport = {
  shared: [],
  // The client has only what any outside program could have: the contract, and nothing of the server.
  client: [],
  config: ['shared'],
  platform: ['config', 'shared'],
  calendar: ['platform', 'shared'],
  establishments: [...foundation, 'config'],
  keys: ['platform', 'config', 'shared'],
  access: [...foundation, 'config', face('establishments')],
  preferences: ['platform', 'shared', face('access')],
  tickets: [...domain, 'config', face('keys'), face('preferences')],
  attachments: [...foundation, 'config', ...['access', 'keys', 'tickets'].map(face)],
  desk: [...domain, ...ticketEvents, face('tickets'), face('preferences')],
  'billets-quotidiens': [...domain, ...ticketEvents],
  reports: [...domain, ...ticketEvents, face('billets-quotidiens')],
  bulletins: [...domain, 'config', face('billets-quotidiens')],
  // The contract is for what runs in browsers: whoever is outside knows the server by it.
  web: [
    ...domain,
    'config',
    'client/contract.ts',
    ...['keys', 'billets-quotidiens', 'reports', 'bulletins', 'operations'].map(face),
  ],
  operations: [face('access'), 'platform', 'shared'],
  boot: [
    ...domain,
    'config',
    ...['keys', 'tickets', 'attachments', 'desk', 'billets-quotidiens', 'reports'].map(face),
    ...['bulletins', 'operations', 'web'].map(face),
    ...['access', 'keys', 'preferences', 'tickets', 'attachments', 'desk'].map(core),
    ...['billets-quotidiens', 'reports', 'bulletins'].map(core),
  ],
  cli: ['boot', 'client', 'config', ...['access', 'keys', 'bulletins'].map(core), 'platform', 'shared'],
  demo: ['boot', 'calendar', 'cli', 'client', 'config', core('access'), 'shared'],
};

/** What browsers run of every page that is a program. */
const sharedBrowserCode = 'web/browser';
/** The folders of code that runs in a browser: the mobile teams' page, the agents', the scripts of the other pages, and what they share. */
const browserCode = ['web/equipe/app', 'web/bureau/app', 'web/page/scripts', sharedBrowserCode];
const inBrowserCode = `^src/(${browserCode.join('|')})/`;

/** The deciders by slice: pure functions over the events beside them, as `ticket.ts` over `ticket.events.ts`. */
const deciders = { tickets: 'domain/ticket', bulletins: 'domain/bulletin' };

/** The code that reads requests and writes answers; the guard is the edge of all routes. */
const edges = ['^src/[^/]+/http/', '^src/web/', '\\.controller\\.ts$', '^src/access/access\\.guard\\.ts$'];

/** The code that decides and that reads rows, which is the same whatever way a command or a query comes. */
const inside = [
  '^src/tickets/(domain|commands|repository|batch|merges|relations)/',
  '^src/bulletins/(domain|commands|repository)/',
  '^src/billets-quotidiens/(projections|queries|sql)/',
  '^src/reports/(projections|queries|sql)/',
  '^src/establishments/',
];

/** Tests beside the code, and what a slice provides for other slices' tests. */
const tests = ['\\.spec\\.ts$', '^src/.+/testing/'];
const product = { path: '^src/', pathNot: tests };

/** The folders below the domain, which know no slice, not even in their tests; the tests of all others may use any `testing/` folder. */
const foundations = ['shared', 'client', 'config', 'platform'];

/** @param {string} target */
const pattern = (target) => {
  const isFolder = !target.endsWith('.ts');
  return `^src/${target.replaceAll('.', '\\.').replace(/\/$/, '')}${isFolder ? '/' : '$'}`;
};

/** @param {[folder: string, targets: string[]]} entry */
const importsOf = ([folder, targets]) => ({
  name: `imports-of-${folder}`,
  comment: `Of src, ${folder} imports ${[folder, ...targets].join(', ')} and nothing else.`,
  severity: 'error',
  from: { path: pattern(folder) },
  to: {
    path: '^src/',
    pathNot: [
      ...[folder, ...targets].map(pattern),
      ...(foundations.includes(folder) ? [] : ['^src/.+/testing/']),
    ],
  },
});

/** @param {[folder: string, name: string]} entry */
const decider = ([folder, name]) => ({
  name: `decider-of-${folder}`,
  comment: `${name}.ts is pure: its events and shared; no package, nothing of Node.`,
  severity: 'error',
  from: { path: `^src/${folder}/${name}\\.ts$` },
  to: { pathNot: [pattern('shared'), pattern(`${folder}/${name}.events.ts`)] },
});

module.exports = {
  forbidden: [
    ...Object.entries(mayImport).map(importsOf),
    ...Object.entries(deciders).map(decider),
    {
      name: 'browser-code-imports-itself',
      comment:
        'A browser is a client like any other: what it knows of the server is the API, by the types of its contract.',
      severity: 'error',
      from: { path: inBrowserCode },
      // `$1` is what the first group of `from` matched: a folder of browser code may import itself, but not another page's.
      to: {
        path: '^src/',
        pathNot: ['^src/$1/', ...[sharedBrowserCode, 'shared', 'client/contract.ts'].map(pattern)],
      },
    },
    {
      name: 'browser-code-without-node',
      comment: 'A browser has nothing of Node; the tests beside the code have.',
      severity: 'error',
      from: { path: inBrowserCode, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-code-apart',
      comment: 'Browser code is bundled by itself, and types of its own; the server can’t run it.',
      severity: 'error',
      from: { path: '^src/', pathNot: [inBrowserCode] },
      to: { path: inBrowserCode },
    },
    {
      name: 'events-import-shared-only',
      comment: 'Events are the contract: whoever reads them must not get anything else along with them.',
      severity: 'error',
      from: { path: '^src/.+\\.events\\.ts$' },
      to: { pathNot: pattern('shared') },
    },
    {
      name: 'problems-at-the-edge',
      comment:
        'Problems have an HTTP status: they are made where requests are answered, of the errors of all else.',
      severity: 'error',
      from: { path: '^src/', pathNot: [...edges, ...tests] },
      to: {
        path: [
          '^src/platform/http/problems/[a-z-]*problem[a-z-]*\\.ts$',
          '^src/shared/problems/problem-catalogue',
        ],
      },
    },
    {
      name: 'nothing-of-http-inside',
      comment: 'A command is the same by whatever way it comes: what decides it throws DomainError.',
      severity: 'error',
      from: { path: inside, pathNot: tests },
      to: { path: ['^src/[^/]+/http/', '(^|/)node_modules/(fastify|@nestjs/platform-fastify)/'] },
    },
    {
      name: 'shared-is-pure',
      comment: 'Deciders and events rest on shared: no package, nothing of Node.',
      severity: 'error',
      from: { path: pattern('shared'), pathNot: tests },
      to: { pathNot: '^src/' },
    },
    {
      name: 'no-circle',
      comment: 'Types count too: two files that know each other are one file.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-test-in-product',
      comment: 'Specs and testing folders are not built.',
      severity: 'error',
      from: product,
      to: { path: tests },
    },
    {
      name: 'no-way-out-of-src',
      comment: 'Only src is built.',
      severity: 'error',
      from: product,
      to: { pathNot: '^src/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-dev-dependency',
      comment:
        'Development dependencies are absent where the product runs; the last step of the build runs before that.',
      severity: 'error',
      from: { ...product, pathNot: [...tests, '^src/cli/bundle[.]mjs$'] },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'declared-packages-only',
      comment: 'A package that is there only because another one needs it may be gone tomorrow.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
