import { expect } from '@jest/globals';

/** The cookies of a browser. */
export type Jar = Map<string, string>;

/** A browser without scripts, for one server: it keeps cookies, and follows no redirect by itself. */
export class PlainBrowser {
  constructor(private readonly url: () => string) {}

  isAt(url: URL): boolean {
    return url.origin === new URL(this.url()).origin;
  }

  async send(
    jar: Jar,
    address: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const url = new URL(address, this.url());
    expect(this.isAt(url)).toBe(true);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', ...init, headers: { cookie, ...init.headers } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  location(answer: Response): string {
    return new URL(answer.headers.get('Location')!, this.url()).href;
  }

  /** Chooses a role on the page at `choice`; resolves to the address that ends the sign-in. */
  async chosen(jar: Jar, choice: string, role: string): Promise<string> {
    const finished = await this.send(jar, choice, { method: 'POST', body: new URLSearchParams({ role }) });
    expect(finished.status).toBe(303);
    return this.location(await this.send(jar, this.location(finished)));
  }

  /** Begins a sign-in; resolves to the address of the page that asks for the role. */
  async begun(jar: Jar, returnTo = '/'): Promise<string> {
    const begin = await this.send(jar, `/sign-in?${new URLSearchParams({ returnTo }).toString()}`);
    expect(begin.status).toBe(303);
    return this.location(await this.send(jar, this.location(begin)));
  }

  async signedIn(role: string, returnTo = '/'): Promise<{ jar: Jar; end: Response }> {
    const jar: Jar = new Map();
    const end = await this.send(jar, await this.chosen(jar, await this.begun(jar, returnTo), role));
    return { jar, end };
  }
}
