/** @typedef {{ items: { ticketId: string, team: string | null }[], nextCursor: string | null }} Page */

/**
 * The reads of an agent's morning: their names and paths.
 * @param {string} url
 * @param {string} token
 * @returns {Promise<[name: string, path: string][]>}
 */
export const deskReads = async (url, token) => {
  /**
   * @param {string} path
   * @returns {Promise<Page>}
   */
  const read = async (path) => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
    return /** @type {Promise<Page>} */ (response.json());
  };
  /**
   * The path of the page after `pages` pages; throws when there are fewer.
   * @param {string} path
   * @param {number} pages
   */
  const deep = async (path, pages) => {
    let address = path;
    for (let page = 0; page < pages; page += 1) {
      const { nextCursor } = await read(address);
      if (nextCursor === null) throw new Error(`${path} has no more than ${page + 1} pages`);
      address = `${path}&cursor=${encodeURIComponent(nextCursor)}`;
    }
    return address;
  };
  const [first] = (await read('/v1/tickets?limit=1')).items;
  if (!first) throw new Error('the desk has no ticket');
  return [
    ['active, by priority', '/v1/tickets?status=active'],
    [
      'active at one establishment, the oldest first',
      '/v1/tickets?status=active&establishment=NIM&sort=-age',
    ],
    ['active, and how many of each status', '/v1/tickets?status=active&counts=true'],
    ['all, the last changed first', '/v1/tickets?sort=-updated'],
    ['all, the twentieth page', await deep('/v1/tickets?sort=-updated', 20)],
    ['resolved, of one category', '/v1/tickets?status=resolved&category=impression&sort=age'],
    ['of one team', `/v1/tickets?team=${encodeURIComponent(first.team ?? 'mobile-nim-04')}`],
    ['search: two words', '/v1/tickets?q=ordonnance%20pharmacie'],
    ['search: the beginning of a word', '/v1/tickets?q=imprim'],
    ['search: a typing error', '/v1/tickets?q=ordonanse'],
    ['search: active at one establishment', '/v1/tickets?q=chirurgie&status=active&establishment=NIM'],
    ['search: all at one establishment', '/v1/tickets?q=chirurgie&establishment=NIM'],
    ['search: active', '/v1/tickets?q=imprim&status=active'],
    ['search: the twentieth page', await deep('/v1/tickets?q=imprim', 20)],
    ['search: a word that is nowhere', '/v1/tickets?q=zygomatique'],
    ['search: three words that are nowhere together', '/v1/tickets?q=absent%20imprimees%20chirurgie'],
    ['search: the youngest first', '/v1/tickets?q=imprim&sort=age'],
    ['search: the last changed first', '/v1/tickets?q=imprim&sort=-updated'],
    ['search: and how many of each status', '/v1/tickets?q=imprim&counts=true'],
    ['a ticket', `/v1/tickets/${first.ticketId}`],
    ['its history', `/v1/tickets/${first.ticketId}/history`],
  ];
};
