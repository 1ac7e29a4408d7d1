/** Where someone is sent instead of to an address that is not ours. */
const homePath = '/';

/**
 * The path and query of an address that leads to this very server, else the home page's. What an address leads to is told by the
 * platform's URL parser, as browsers do it, and told again of the path alone: dots and backslashes that vanish when a path is
 * normalised may leave one that begins with `//`, which names another server.
 */
export const ownPath = (address: string, home: string): string => {
  const { origin } = new URL(home);
  if (!URL.canParse(address, origin)) return homePath;
  const { protocol, origin: target, pathname, search } = new URL(address, origin);
  // The origin of a `blob:` is the one within it, and its path a whole address.
  if (target !== origin || protocol !== new URL(origin).protocol) return homePath;
  const path = `${pathname}${search}`;
  return URL.canParse(path, origin) && new URL(path, origin).href === `${origin}${path}` ? path : homePath;
};
