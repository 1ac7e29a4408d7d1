import type { CommandType } from '../queue/command.js';

/** The part of the page that is shown, from the fragment of its address. */
export type Route =
  | { page: 'list' }
  | { page: 'new' }
  | { page: 'queue' }
  | { page: 'ticket'; ticketId: string }
  | { page: 'act'; ticketId: string; type: FormType }
  | { page: 'mend'; seq: number };

/** The commands that need a form. */
export type FormType = Exclude<CommandType, 'open' | 'start' | 'link'>;

const acts: Record<string, FormType> = {
  note: 'note',
  attente: 'hold',
  resoudre: 'resolve',
  rouvrir: 'reopen',
  annuler: 'cancel',
};

export const routeOf = (hash: string): Route => {
  const [page, id = '', act = ''] = hash.replace(/^#/, '').split('/');
  const type = acts[act];
  if (page === 'nouveau') return { page: 'new' };
  if (page === 'file') return { page: 'queue' };
  if (page === 'corriger') return { page: 'mend', seq: Number(id) };
  if (page === 'billet') return type ? { page: 'act', ticketId: id, type } : { page: 'ticket', ticketId: id };
  return { page: 'list' };
};

export const ticketAddress = (ticketId: string, type?: FormType): string => {
  const act = Object.entries(acts).find(([, command]) => command === type)?.[0];
  return `#billet/${ticketId}${act === undefined ? '' : `/${act}`}`;
};
