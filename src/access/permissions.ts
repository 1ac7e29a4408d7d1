/** What a caller may do, by role: the table of «People and roles», and the one place where it is written down. */
export const roles = ['mobile-team', 'agent', 'producer', 'auditor', 'operator'] as const;
export type Role = (typeof roles)[number];

const onTheWard = [
  'tickets:open',
  'tickets:assign',
  'tickets:requester',
  'tickets:watch',
  'tickets:unwatch',
  'tickets:note',
  'tickets:link',
  'tickets:recategorize',
  'tickets:reprioritize',
  'tickets:start',
  'tickets:hold',
  'tickets:resolve',
  'tickets:reopen',
  'tickets:cancel',
  'tickets:read',
  'tickets:history',
  'tickets:sync',
  'templates:use',
] as const;

/** What ends a ticket for good or takes it elsewhere is the help desk's to decide. */
const atTheDesk = [
  ...onTheWard,
  'tickets:close',
  'tickets:merge',
  'tickets:transfer',
  'tickets:internal-notes',
  'tickets:bulk',
  'templates:write',
] as const;

const figures = ['figures:read', 'board:read'] as const;
/** Team leads are agents: what they read is of their establishments. */
const reports = ['reports:read'] as const;
const screens = ['screens:manage'] as const;
/** What was published is apart from the drafts beside it. */
const bulletins = [
  'bulletins:read-published',
  'bulletins:read',
  'bulletins:write',
  'bulletins:publish',
] as const;
const operations = [
  'operations:read',
  'operations:run',
  'tickets:erase',
  'tickets:place-hold',
  'tickets:release-hold',
] as const;
const audit = ['tickets:history', 'tickets:internal-notes', 'accesses:read'] as const;

export type Permission =
  | (typeof atTheDesk)[number]
  | (typeof figures)[number]
  | (typeof reports)[number]
  | (typeof screens)[number]
  | (typeof bulletins)[number]
  | (typeof audit)[number]
  | (typeof operations)[number];

/** A screen on a wall is nobody: it shows the board, and no token can say that it is one. */
export const wallScreen = 'wall-screen';

/** Whoever shows no token, where bulletins are open to everyone; no token can say that it is one. */
export const publicReader = 'public-reader';

const granted: Record<Role | typeof wallScreen | typeof publicReader, readonly Permission[]> = {
  'mobile-team': onTheWard,
  agent: [...atTheDesk, ...reports],
  producer: [...figures, ...reports, ...bulletins, ...screens],
  auditor: audit,
  operator: [...operations, ...screens],
  [wallScreen]: ['board:read'],
  [publicReader]: ['bulletins:read-published'],
};

/** Whom a token speaks for. */
export interface Principal {
  /** The token's subject; becomes the actor of the events it causes. */
  id: string;
  roles: readonly (Role | typeof wallScreen | typeof publicReader)[];
  /** Codes of establishments, or all of them. */
  establishments: ReadonlySet<string> | 'all';
}

export const isAllowed = (principal: Principal, permission: Permission): boolean =>
  principal.roles.some((role) => granted[role].includes(permission));

export const isPublicReader = ({ roles: own }: Principal): boolean => own.includes(publicReader);

const everywhere: ReadonlySet<Permission> = new Set(operations);

/** Auditors read every history, operators erase whatever has to be; agents and mobile teams have what is of their establishments. */
export const canAccess = (principal: Principal, establishment: string, permission: Permission): boolean =>
  everywhere.has(permission) ||
  (permission === 'tickets:history' && principal.roles.includes('auditor')) ||
  principal.establishments === 'all' ||
  principal.establishments.has(establishment);
