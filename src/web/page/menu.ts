import { isAllowed, type Permission, type Principal } from '../../access/index.js';
import type { Day } from '../../calendar/local-days.js';
import type { PageWord } from './words.js';

interface MenuEntry {
  /** The page that the entry leads to, and its word. */
  page: PageWord;
  permission: Permission;
  address: (yesterday: Day) => string;
}

/** The pages of the menu in their order, each for whoever may read it. */
const entries = [
  { page: 'board', permission: 'board:read', address: () => '/' },
  { page: 'yesterday', permission: 'figures:read', address: (yesterday) => `/jours/${yesterday}` },
  { page: 'bulletins', permission: 'bulletins:read', address: () => '/bulletins' },
  { page: 'reports', permission: 'reports:read', address: () => '/rapports' },
  { page: 'journal', permission: 'accesses:read', address: () => '/journal' },
  { page: 'operations', permission: 'operations:read', address: () => '/exploitation' },
  { page: 'desk', permission: 'tickets:bulk', address: () => '/bureau' },
  { page: 'mobileTeam', permission: 'tickets:sync', address: () => '/equipe' },
] as const satisfies readonly MenuEntry[];

export type MenuPage = (typeof entries)[number]['page'];

/** The menu of a person. */
export type Menu = readonly { page: MenuPage; address: string }[];

export const menuOf = (principal: Principal, yesterday: Day): Menu =>
  entries
    .filter(({ permission }) => isAllowed(principal, permission))
    .map(({ page, address }) => ({ page, address: address(yesterday) }));

/** Where people begin who have no board: at the first of these that they may read. */
const startPages: readonly { permission: Permission; path: string }[] = [
  { permission: 'tickets:bulk', path: '/bureau' },
  { permission: 'tickets:sync', path: '/equipe' },
  { permission: 'operations:read', path: '/exploitation' },
  { permission: 'accesses:read', path: '/journal' },
];

/** The page that a person begins at; undefined where no page is for them. */
export const startPageOf = (principal: Principal): string | undefined =>
  isAllowed(principal, 'board:read')
    ? '/'
    : startPages.find(({ permission }) => isAllowed(principal, permission))?.path;
