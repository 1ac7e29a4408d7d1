import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import { expectProblem, openedTicket, opening } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { PlainBrowser, type Jar } from '../../support/access/session.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let api: Client;
let jar: Jar;
const browser = new PlainBrowser(() => server.url);
beforeAll(async () => {
  server = await startHostedServer();
  api = await clientOf(server);
  ({ jar } = await browser.signedIn('producer'));
  await openedTicket(api, { establishment: 'NIM', occurredAt: '2026-05-15T10:00:00-04:00' });
});
afterAll(() => server.close());

const ours = { 'Sec-Fetch-Site': 'same-origin' };
const ticketDay = { '/ticketDay': '2026-05-15' };
const page = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await browser.send(jar, path, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const sendForm = async (
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = ours,
  as = jar,
) => {
  const answer = await browser.send(as, path, { method: 'POST', body: new URLSearchParams(fields), headers });
  return { status: answer.status, location: answer.headers.get('Location'), text: await answer.text() };
};
const save = (date: string, revision: number, fields: Record<string, string>) =>
  sendForm(`/bulletins/${date}/edit`, { revision: String(revision), ...ticketDay, ...fields });
const written = async (date: string) =>
  (
    await api.get<{ sections: { bilan?: string }; releves: object[]; revision: number; status: string }>(
      `/v1/bulletins/${date}`,
    )
  ).body;
/** The text of a page without its tags, with single spaces. */
const plainText = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the editor', () => {
  it('saves what was typed, with numbers and lines as people type them', async () => {
    const saved = await save('2026-06-01', 0, {
      '/sections/bilan': 'Une ligne.\r\n\r\nUne autre.\r\n',
      '/highlights/0/establishments': 'Mauricie-Centre-du-Québec; NIM',
      '/highlights/0/text': 'Calme.',
      '/releves/0/code': 'connected-users',
      '/releves/0/day': '2026-05-31',
      '/releves/0/value': '23 431',
      '/releves/0/total': '30\u00A0000',
      '/releves/1/code': 'documented-surgeries',
      '/releves/1/day': '2026-05-31',
      '/releves/1/value': '',
      '/releves/2/label': 'Taux de réponse',
      '/releves/2/day': '2026-05-31',
      '/releves/2/value': '78,1',
    });
    expect([saved.status, saved.location]).toEqual([303, '/bulletins/2026-06-01?done=saved']);
    expect(await written('2026-06-01')).toMatchObject({
      ticketDay: '2026-05-15',
      sections: {
        bilan: 'Une ligne.\n\nUne autre.',
        faitsSaillants: [
          { establishment: 'Mauricie-Centre-du-Québec', text: 'Calme.' },
          { establishment: 'NIM', text: 'Calme.' },
        ],
      },
      releves: [
        { code: 'connected-users', value: 23_431, total: 30_000 },
        { code: 'taux-de-reponse', label: 'Taux de réponse', value: 78.1 },
      ],
    });
    expect((await page(saved.location!)).text).toContain('L’ébauche est enregistrée.');
  });

  it('shows a draft in a form that changes nothing when it is saved again', async () => {
    const { text } = await page('/bulletins/2026-06-01/edit');
    // A browser sends no box that is not ticked.
    const sent = text.replace(/<input\s+type="checkbox"(?![^>]*\schecked)[^>]*>/g, '');
    const named = [...sent.matchAll(/<input\s[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"/g)];
    const areas = [...text.matchAll(/<textarea [^>]*?name="([^"]+)"[^>]*>\n([^<]*)<\/textarea>/g)];
    const fields = Object.fromEntries([...named, ...areas].map(([, name = '', value = '']) => [name, value]));
    expect(fields).toMatchObject({ revision: '1', '/releves/0/value': '23\u00A0431' });
    expect((await sendForm('/bulletins/2026-06-01/edit', fields)).status).toBe(303);
    expect((await api.get('/v1/bulletins/2026-06-01')).headers.get('ETag')).toBe('"1"');
  });

  it('has a box for the chart of the week, which is ticked where it is shown', async () => {
    const box = /<input[^>]*name="\/weekChart"[^>]*>/;
    expect((await page('/bulletins/2026-08-10/edit')).text).not.toMatch(/name="\/weekChart"[^>]*\schecked/);
    await save('2026-08-10', 0, { '/sections/bilan': 'x', '/weekChart': 'yes' });
    expect(await written('2026-08-10')).toMatchObject({ weekChart: true });
    const { text } = await page('/bulletins/2026-08-10/edit');
    expect(box.exec(text)?.[0]).toMatch(/\schecked/);
    expect(text).toContain('Graphique de la semaine – du 9 mai au 15 mai');
    await save('2026-08-10', 1, { '/sections/bilan': 'x' });
    expect(await written('2026-08-10')).toMatchObject({ weekChart: false });
    await save('2026-08-10', 2, { '/sections/bilan': 'x', '/weekChart': 'yes' });
    // The next one begins as the last one was.
    expect(box.exec((await page('/bulletins/2026-08-11/edit')).text)?.[0]).toMatch(/\schecked/);
  });

  it('shows each mistake beside its field, and keeps what was typed', async () => {
    const wrong = {
      '/ticketDay': '2026-06-30',
      '/sections/bilan': 'À <garder>',
      '/releves/0/code': 'connected-users',
      '/releves/0/day': '2026-05-31',
      '/releves/0/value': 'beaucoup',
    };
    const refused = await save('2026-06-02', 0, wrong);
    expect(refused.status).toBe(422);
    expect(plainText(refused.text)).toMatch(
      /À corriger:\s+Utilisateurs connectés, Valeur: Un nombre, p\. ex\. 23 431 ou 78,1/,
    );
    expect(refused.text).toMatch(/id="f-releves-0-value-error"[^>]*>Un nombre/);
    expect(refused.text).toMatch(/value="beaucoup"/);
    expect(refused.text).toContain('À &lt;garder&gt;');
    const later = await save('2026-06-02', 0, { ...wrong, '/releves/0/value': '3' });
    expect([later.status, later.text.includes('id="f-ticketDay-error"')]).toEqual([422, true]);
    expectProblem(await api.get('/v1/bulletins/2026-06-02'), 404, 'bulletin-not-found');
  });

  it.each([
    [
      { '/highlights/0/establishments': 'Atlantis', '/highlights/0/text': 'x' },
      'f-highlights-0-establishments-error',
    ],
    [{ '/highlights/0/establishments': 'NIM' }, 'f-highlights-0-text-error'],
    [{ '/releves/0/label': 'Sans valeur' }, 'f-releves-0-value-error'],
    [{ '/releves/0/value': '3', '/releves/0/day': '2026-05-15' }, 'f-releves-0-label-error'],
    [{ '/ticketDay': '' }, 'f-ticketDay-error'],
  ])('refuses %j, also for a preview', async (fields, error) => {
    const sent = { revision: '0', ...ticketDay, ...fields };
    for (const step of ['edit', 'preview']) {
      const { status, text } = await sendForm(`/bulletins/2026-06-02/${step}`, sent);
      expect([step, status, text.includes(`id="${error}"`)]).toEqual([step, 422, true]);
    }
  });

  it('shows mistakes in the language of the page, whatever the browser’s language', async () => {
    const english = new Map([...jar, ['language', 'en']]);
    const fields = { revision: '0', '/ticketDay': '2026-05-99' };
    const { text } = await sendForm(
      '/bulletins/2026-06-02/edit',
      fields,
      { ...ours, 'Accept-Language': 'fr' },
      english,
    );
    expect(text).toMatch(/id="f-ticketDay-error"[^>]*>Invalid ISO date/);
    expect(text).toContain('Save the draft');
  });

  it('previews with the bulletin’s own renderer, and saves nothing', async () => {
    const { status, text } = await sendForm('/bulletins/2026-06-02/preview', {
      ...{ revision: '0', ...ticketDay },
      '/sections/bilan': 'Une semaine **calme**.',
    });
    expect(status).toBe(200);
    expect(text).toContain('&lt;strong&gt;calme&lt;/strong&gt;');
    expect(text).toContain('Nombre de billets quotidiens : 1&lt;');
    expectProblem(await api.get('/v1/bulletins/2026-06-02'), 404, 'bulletin-not-found');
  });

  it('starts with the texts of the last bulletin, without its numbers', async () => {
    const { text } = await page('/bulletins/2026-06-03/edit');
    expect(plainText(text)).toContain('repris du bulletin du lundi 1er juin 2026');
    expect(text).toContain('Une ligne.\n\nUne autre.');
    expect(text).toMatch(/name="\/ticketDay"\s+type="date"\s+value="2026-06-02"/);
    expect(text).toMatch(/name="\/releves\/\d\/code" value="taux-de-reponse"/);
    expect([
      ...text.matchAll(/name="\/releves\/\d\/(?:value|total)"\s+type="text"\s+value="(.+?)"/g),
    ]).toEqual([]);
    const empty = await page('/bulletins/2026-06-03/edit?from=nothing');
    expect(empty.text).not.toContain('Une ligne.');
  });
});

describe('two producers who edit at once', () => {
  const date = '2026-06-05';

  it('lose nothing: the second sees both versions, and fields that only the first changed are merged', async () => {
    const base = { '/sections/bilan': 'Au début.', '/sections/objectif': 'Continuer.' };
    expect((await save(date, 0, base)).status).toBe(303);
    expect(
      (await save(date, 1, { ...base, '/sections/bilan': 'Premier.', '/sections/objectif': 'Finir.' }))
        .status,
    ).toBe(303);
    const second = await save(date, 1, { ...base, '/sections/bilan': 'Deuxième.' });
    expect(second.status).toBe(412);
    expect(plainText(second.text)).toContain('Le bulletin a changé pendant que vous écriviez');
    expect(plainText(second.text)).toMatch(/Version de producer\s+Premier\./);
    expect(second.text).toMatch(/name="\/sections\/bilan"[^>]*>\nDeuxième\.</);
    expect(second.text).toMatch(/name="\/sections\/objectif"[^>]*>\nFinir\.</);
    expect(second.text).toContain('name="revision" value="2"');
    expect((await written(date)).sections).toEqual({ bilan: 'Premier.', objectif: 'Finir.' });
    expect((await save(date, 2, { ...base, '/sections/bilan': 'Les deux.' })).status).toBe(303);
  });

  it('see both versions also when both create the bulletin', async () => {
    expect((await save('2026-06-06', 0, { '/sections/bilan': 'Un.' })).status).toBe(303);
    const second = await save('2026-06-06', 0, { '/sections/bilan': 'Deux.' });
    expect([second.status, plainText(second.text).includes('Un.'), second.text.includes('\nDeux.<')]).toEqual(
      [412, true, true],
    );
  });
});

describe('publishing', () => {
  const date = '2026-06-10';
  const publish = (revision: number, step = 'publish') =>
    sendForm(`/bulletins/${date}/${step}`, { revision: String(revision) });

  it('needs a confirmation, and is refused if the bulletin has changed since', async () => {
    await save(date, 0, { '/sections/bilan': 'Un.' });
    const step = await page(`/bulletins/${date}/publish`);
    expect(step.text).toContain('name="revision" value="1"');
    expect(plainText(step.text)).toContain('✓ Aucun chiffre n’est négatif');
    await save(date, 1, { '/sections/bilan': 'Deux.' });
    const late = await publish(1);
    expect([late.status, late.text.includes('Quelqu’un a changé le bulletin')]).toEqual([412, true]);
    const done = await publish(2);
    expect([done.status, done.location]).toEqual([303, `/bulletins/${date}?done=published`]);
    expect(await written(date)).toMatchObject({ status: 'published', revision: 1 });
  });

  it('continues with revisions, which list what changed', async () => {
    const occurredAt = '2026-05-15T11:00:00-04:00';
    const { headers } = await api.post('/v1/tickets', opening({ establishment: 'NIM', occurredAt }));
    await api.get(`/v1/billets-quotidiens/2026-05-15?minPosition=${headers.get('Position')}`);
    await save(date, 3, { '/sections/bilan': 'Trois.' });
    const before = await page(`/bulletins/${date}`);
    expect(plainText(before.text)).toContain('Les chiffres ont changé depuis la publication');
    const step = await page(`/bulletins/${date}/revise`);
    expect(plainText(step.text)).toMatch(/Ouverture [0-9A-Z]{4}-[0-9A-Z]{4} NIM 15 mai 2026 à 11h00/);
    expect(plainText(step.text)).toContain('Textes modifiés: Bilan');
    expect((await publish(4, 'revise')).location).toBe(`/bulletins/${date}?done=revised`);
    const after = plainText((await page(`/bulletins/${date}`)).text);
    expect(after).toContain('Révision 2');
    expect(after).toContain('Ouverts: 2 au lieu de 1 ( +1 )');
    expect(after).not.toContain('Les chiffres ont changé depuis');
  });

  it('is not offered where the figures do not add up, and the page says which', async () => {
    const brokenDate = '2026-06-11';
    await save(brokenDate, 0, { '/ticketDay': '2026-05-14' });
    // A row that no events can produce: a transfer in without its transfer out.
    await server.database.query(
      `INSERT INTO billets_quotidiens.daily_figures
       VALUES ('MCQ', '2026-05-14', 0, 1, 1, 0, 0, 0, 2, 0)`,
    );
    for (const path of [`/bulletins/${brokenDate}`, `/bulletins/${brokenDate}/publish`]) {
      const { text } = await page(path);
      expect(plainText(text)).toMatch(/MCQ: attendu 0, trouvé 1\s+resolved-same-day-within-opened/);
      expect(text).not.toMatch(/<button>Publier|class="button "[^>]*>Publier/);
    }
    const refused = await sendForm(`/bulletins/${brokenDate}/publish`, { revision: '1' });
    expect([refused.status, plainText(refused.text).includes('transfers-balance')]).toEqual([409, true]);
    await server.database.query(`DELETE FROM billets_quotidiens.daily_figures WHERE establishment = 'MCQ'`);
  });

  it('is refused until the day is over, and the page says when that is', async () => {
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await save(tomorrow, 0, { '/ticketDay': tomorrow });
    expect(plainText((await page(`/bulletins/${tomorrow}`)).text)).toMatch(
      /finie partout\s+elle le sera le \d/,
    );
    const refused = await sendForm(`/bulletins/${tomorrow}/publish`, { revision: '1' });
    expect([refused.status, plainText(refused.text).includes('elle le sera le')]).toEqual([409, true]);
  });
});

describe('a form on another site', () => {
  const date = '2026-06-15';
  const elsewhere: Record<string, string>[] = [
    {},
    { Origin: 'https://elsewhere.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://elsewhere.example' },
    { 'Sec-Fetch-Site': 'same-site' },
  ];

  it.each(elsewhere)('can’t write or publish anything: %j', async (headers) => {
    await save(date, 0, { '/sections/bilan': 'Le nôtre.' });
    const fields = { revision: '1', ...ticketDay, '/sections/bilan': 'Le leur.' };
    for (const step of ['edit', 'preview', 'publish', 'revise']) {
      const { status, text } = await sendForm(`/bulletins/${date}/${step}`, fields, headers);
      // The text is not shown in an editor either, where someone here could send it from our own page.
      expect([step, status, text.includes('Le leur.')]).toEqual([step, 401, false]);
    }
    expect(await written(date)).toMatchObject({ status: 'draft', sections: { bilan: 'Le nôtre.' } });
  });
});

describe('a session that ends while someone writes', () => {
  it('loses nothing: the page keeps the sent fields, to be sent again after signing in', async () => {
    const fields = { revision: '0', ...ticketDay, '/sections/bilan': 'Une heure\nde "travail".' };
    const path = '/bulletins/2026-06-16/edit';
    const { status, text } = await sendForm(path, fields, ours, new Map());
    expect([status, text.includes('Votre session est finie')]).toEqual([401, true]);
    expect(text).toContain(`action="${path}"`);
    expect(text).toContain('name="/sections/bilan" value="Une heure\nde &quot;travail&quot;."');
    const empty = await sendForm(path, {}, ours, new Map());
    expect([empty.status, empty.text.includes('Votre session est finie')]).toEqual([401, true]);
  });
});

describe('the pages of the bulletins', () => {
  it('list bulletins by date with their states, and offer to open another', async () => {
    const { text } = await page('/bulletins?to=2026-06-20');
    const rows = [...text.matchAll(/<tr>\s*<th scope="row">.*?<\/tr>/gs)].map(([row]) =>
      plainText(row).trim(),
    );
    expect(rows[0]).toMatch(/^Lundi 15 juin 2026 vendredi 15 mai Ébauche –$/);
    expect(rows.find((row) => row.startsWith('Mercredi 10 juin'))).toMatch(/vendredi 15 mai Révision 2 \d/);
    expect(text).toContain('href="/bulletins?to=2026-05-20"');
    expect(text).toContain('action="/bulletins/open"');
  });

  it('lead from a date to its bulletin, or to the editor where there is none', async () => {
    const open = async (date: string) =>
      (await browser.send(jar, `/bulletins/open?date=${date}`)).headers.get('Location');
    expect(await open('2026-06-10')).toBe('/bulletins/2026-06-10');
    expect(await open('2026-07-10')).toBe('/bulletins/2026-07-10/edit');
  });

  it('answer 404 where there is no bulletin, and 400 where the address names no day', async () => {
    const { status, text } = await page('/bulletins/2026-07-10');
    expect([status, text.includes('href="/bulletins/2026-07-10/edit"')]).toEqual([404, true]);
    const wrong = await page('/bulletins/hier');
    expect([wrong.status, wrong.headers.get('Content-Type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect((await page('/bulletins/2026-07-10/publish')).status).toBe(404);
  });

  it('accept forms, and no other content type', async () => {
    const producer = new Client(server.url, await tokenOf('producer', []));
    for (const step of ['edit', 'publish']) {
      const body = JSON.stringify({ revision: 0 });
      expectProblem(
        await producer.post(`/bulletins/2026-06-01/${step}`, body),
        415,
        'unsupported-media-type',
      );
    }
    expect((await sendForm('/bulletins/2026-06-01/edit', { ...ticketDay })).status).toBe(400);
  });
});

describe('taking a bulletin back', () => {
  const revisionOf = async (date: string): Promise<string> =>
    /\d+/.exec((await api.get(`/v1/bulletins/${date}`)).headers.get('ETag')!)![0];
  const drafted = async (date: string): Promise<void> => {
    await save(date, 0, { '/sections/bilan': 'Calme.' });
  };
  const published = async (date: string): Promise<void> => {
    await drafted(date);
    await sendForm(`/bulletins/${date}/publish`, { revision: await revisionOf(date) });
  };

  it('deletes a draft after a question, and says so in the list', async () => {
    const date = '2026-06-25';
    await drafted(date);
    expect((await page(`/bulletins/${date}`)).text).toContain(`href="/bulletins/${date}/delete"`);
    const question = plainText((await page(`/bulletins/${date}/delete`)).text);
    expect(question).toContain('Supprimer l’ébauche?');
    const { location } = await sendForm(`/bulletins/${date}/delete`, { revision: await revisionOf(date) });
    expect(location).toBe('/bulletins?done=deleted');
    expect(plainText((await page(location!)).text)).toContain('L’ébauche est supprimée.');
    expect((await page(`/bulletins/${date}`)).status).toBe(404);
  });

  it('withdraws with a reason, which the page, the list and the printed form show', async () => {
    const date = '2026-06-26';
    await published(date);
    expect((await page(`/bulletins/${date}`)).text).toContain(`href="/bulletins/${date}/withdraw"`);
    const revision = await revisionOf(date);
    const missing = await sendForm(`/bulletins/${date}/withdraw`, { revision, reason: ' ' });
    expect(missing.status).toBe(422);
    expect(plainText(missing.text)).toContain('Dites pourquoi');
    const reason = 'Chiffres du mauvais jour <b>';
    const done = await sendForm(`/bulletins/${date}/withdraw`, { revision, reason });
    expect(done.location).toBe(`/bulletins/${date}?done=withdrawn`);
    const shown = await page(`/bulletins/${date}`);
    expect(plainText(shown.text)).toContain('Ce bulletin est retiré Chiffres du mauvais jour &lt;b&gt;');
    expect(plainText((await page('/bulletins?to=2026-06-30')).text)).toMatch(
      /vendredi 26 juin 2026 .* Retiré/i,
    );
    const again = await sendForm(`/bulletins/${date}/revise`, { revision: await revisionOf(date) });
    expect(again.location).toBe(`/bulletins/${date}?done=revised`);
    expect(plainText((await page(`/bulletins/${date}`)).text)).not.toContain('Ce bulletin est retiré');
  });

  it('does nothing where someone else changed the bulletin meanwhile, and keeps the reason', async () => {
    const date = '2026-06-27';
    await published(date);
    const revision = await revisionOf(date);
    await save(date, Number(revision), { '/sections/bilan': 'Autre.' });
    const { status, text } = await sendForm(`/bulletins/${date}/withdraw`, { revision, reason: 'Mon motif' });
    expect(status).toBe(412);
    expect(plainText(text)).toContain('rien n’a été fait');
    expect(text).toContain('Mon motif');
    expect((await written(date)).status).toBe('published');
  });

  it('leads back to the bulletin where the step does not fit', async () => {
    const date = '2026-06-28';
    await drafted(date);
    expect((await page(`/bulletins/${date}/withdraw`)).headers.get('Location')).toBe(`/bulletins/${date}`);
    await sendForm(`/bulletins/${date}/publish`, { revision: await revisionOf(date) });
    expect((await page(`/bulletins/${date}/delete`)).headers.get('Location')).toBe(`/bulletins/${date}`);
    const late = await sendForm(`/bulletins/${date}/delete`, { revision: await revisionOf(date) });
    expect([late.status, late.location]).toEqual([303, `/bulletins/${date}`]);
  });
});

describe('what is probably a mistake', () => {
  const cautionsOn = async (date: string, language = 'fr') => {
    const { text } = await page(`/bulletins/${date}/publish?lang=${language}`);
    return {
      kinds: [...text.matchAll(/data-caution="([a-z-]+)"/g)].map(([, kind]) => kind),
      text: plainText(text),
    };
  };
  const day = async (date: string, ticketDay: string, fields: Record<string, string>) => {
    await save(date, 0, { '/ticketDay': ticketDay, ...fields });
  };
  /** The same for a day on which a ticket was opened. */
  const busyDay = async (date: string, ticketDay: string, fields: Record<string, string>) => {
    const body = opening({ occurredAt: `${ticketDay}T12:00:00-04:00` });
    const at = (await api.post('/v1/tickets', body)).headers.get('Position');
    await api.get(`/v1/billets-quotidiens/${ticketDay}?minPosition=${at}`);
    await day(date, ticketDay, fields);
  };
  const allTexts = {
    '/sections/bilan': 'Unique.',
    '/highlights/0/text': 'Un fait unique.',
    '/sections/objectif': 'Un objectif unique.',
  };
  const publish = async (date: string) => {
    const revision = /\d+/.exec((await api.get(`/v1/bulletins/${date}`)).headers.get('ETag')!)![0];
    return sendForm(`/bulletins/${date}/publish`, { revision });
  };

  it('is said before publishing: a date far ahead, and one far from the day of the tickets', async () => {
    const date = '2099-05-20';
    await day(date, '2026-05-02', allTexts);
    const { kinds, text } = await cautionsOn(date);
    expect(kinds).toEqual(['dated-ahead', 'far-from-ticket-day', 'no-tickets']);
    expect(text).toMatch(/Le bulletin est daté de [\d\s]+ jours après aujourd’hui\./);
    expect((await cautionsOn(date, 'en')).text).toContain('days after the day of its tickets.');
    // It is a caution, and no rule: whoever read it may go on.
    expect((await publish(date)).location).toBe(`/bulletins/${date}?done=published`);
    // Readers are led to it from now on, so it is in sight.
    const at = (await api.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })).body;
    await api.get(`/v1/bulletins/latest?minPosition=${at.position}`);
    expect((await page('/bulletins')).text).toContain(`href="/bulletins/${date}"`);
    await api.post(`/v1/bulletins/${date}/withdraw`, { reason: 'Mauvaise date' });
  });

  it('is a ticket day that another bulletin has published, until that is withdrawn', async () => {
    const [first, second] = ['2026-05-04', '2026-05-05'];
    await busyDay(first, '2026-05-03', allTexts);
    await publish(first);
    await day(second, '2026-05-03', { ...allTexts, '/sections/bilan': 'Autre.' });
    const { position } = (await api.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] }))
      .body;
    await api.get(`/v1/bulletins/latest?minPosition=${position}`);
    const { kinds, text } = await cautionsOn(second);
    expect(kinds).toEqual(['ticket-day-published', 'texts-unchanged']);
    expect(text).toContain('déjà publié, par le bulletin du lundi 4 mai 2026');
    expect(text).toMatch(
      /Mêmes textes que dans le bulletin du lundi 4 mai 2026 ?: Faits saillants, Objectif du jour\./,
    );
    const taken = await api.post(`/v1/bulletins/${first}/withdraw`, { reason: 'Mauvais jour' });
    const at = taken.headers.get('Position');
    await api.get(`/v1/billets-quotidiens/2026-05-03?minPosition=${at}`);
    await api.get(`/v1/bulletins/feed.atom?minPosition=${at}`);
    expect((await cautionsOn(second)).kinds).toEqual(['texts-unchanged']);
  });

  it('is a bulletin without a word, or with empty sections; and the whole of it is shown', async () => {
    await busyDay('2026-04-02', '2026-04-01', {});
    expect((await cautionsOn('2026-04-02')).kinds).toEqual(['nothing-written']);
    await busyDay('2026-04-22', '2026-04-21', { '/sections/bilan': 'Calme.' });
    const { kinds, text } = await cautionsOn('2026-04-22');
    expect(kinds).toEqual(['empty-sections']);
    expect(text).toContain('Sections vides: Faits saillants, Objectif du jour.');
    const { text: whole } = await page('/bulletins/2026-04-22/publish');
    expect(whole).toContain('src="/v1/bulletins/2026-04-22?format=html&amp;lang=fr&amp;revision=draft"');
  });

  it('is a character that the PDF has no sign for, in a first publication and in a revision', async () => {
    const date = '2026-03-15';
    await busyDay(date, '2026-03-14', { ...allTexts, '/sections/bilan': 'Le 🦀 est revenu.' });
    const { kinds, text } = await cautionsOn(date);
    expect(kinds).toEqual(['unprintable']);
    expect(text).toMatch(/🦀 \(U\+1F980\), Bilan: «Le 🦀 est revenu\.»/);
    await publish(date);
    expect((await page(`/bulletins/${date}/revise`)).text).toContain('data-caution="unprintable"');
  });

  it('is a health insurance number, in a first publication and in a revision', async () => {
    const date = '2026-03-18';
    await busyDay(date, '2026-03-17', {
      '/sections/bilan': 'Le dossier TREM84511234 est ouvert.',
      '/highlights/0/text': 'Un autre fait.',
      '/sections/objectif': 'Un autre objectif.',
    });
    const { kinds, text } = await cautionsOn(date);
    expect(kinds).toEqual(['health-numbers']);
    expect(text).toContain('Un numéro d’assurance maladie s’y lit: Bilan.');
    expect((await cautionsOn(date, 'en')).text).toContain('There is a health insurance number in it');
    await publish(date);
    expect((await page(`/bulletins/${date}/revise`)).text).toContain('data-caution="health-numbers"');
  });

  it('is nothing where all is as it should be', async () => {
    await busyDay('2026-03-11', '2026-03-10', allTexts);
    expect((await cautionsOn('2026-03-11')).kinds).toEqual([]);
  });
});
