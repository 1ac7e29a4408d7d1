import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartRefused } from '../../../config/start-refused.js';
import { openLogo } from './open-logo.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'billets-quotidiens-logo-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const png = readFileSync(new URL('../../../web/equipe/assets/icon-192.png', import.meta.url));
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>';
const changed = (at: number, value: number): Buffer => {
  const copy = Buffer.from(png);
  copy.writeUInt8(value, at);
  return copy;
};

describe('the logo of an installation', () => {
  it('is none where none is set', async () => {
    expect(await openLogo(undefined)).toBeUndefined();
  });

  it('is an SVG or a PNG', async () => {
    expect(await openLogo(written('a.svg', `<?xml version="1.0"?>\n<!-- x -->\n${svg}`))).toMatchObject({
      type: 'image/svg+xml',
    });
    expect(await openLogo(written('a.png', png))).toEqual({
      type: 'image/png',
      base64: png.toString('base64'),
    });
  });

  const within = (part: string) => svg.replace('<rect', `${part}<rect`);
  it.each([
    ['text.svg', 'Bonjour', 'is no SVG'],
    ['empty.svg', '', 'is no SVG'],
    ['page.svg', `<html>${svg}</html>`, 'is no SVG'],
    ['open.svg', within('<g>'), "can't be drawn: "],
    ['cut.svg', svg.slice(0, -9), 'is cut off'],
    ['unsized.svg', svg.replace(' viewBox="0 0 10 10"', ''), 'has neither a viewBox nor'],
    ['script.svg', within('<script>alert(1)</script>'), 'has a script'],
    ['handler.svg', within('<g onload="alert(1)"/>'), 'has a script'],
    ['page-within.svg', within('<foreignObject/>'), 'has a part that is not SVG'],
    ['picture.svg', within('<image href="#x"/>'), 'has a picture within it'],
    ['elsewhere.svg', within('<use href="https://example.org/a.svg#b"/>'), 'names another file'],
    ['passwd.svg', within('<use xlink:href="file:///etc/passwd"/>'), 'names another file'],
    ['style.svg', within('<style>@import "https://example.org"</style>'), 'names another file'],
    ['entity.svg', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg}`, 'has a document type'],
    ['large.svg', svg + ' '.repeat(200_000), 'is larger'],
    ['cut.png', png.subarray(0, 900), 'is a damaged PNG'],
    ['damaged.png', changed(png.length - 40, 7), 'is a damaged PNG'],
    ['head.png', png.subarray(0, 5), 'is no PNG'],
  ])('stops the start in one line where it is %s', async (name, content, reason) => {
    const path = written(name, content);
    const opening = openLogo(path);
    await expect(opening).rejects.toThrow(StartRefused);
    await expect(opening).rejects.toThrow(
      `LOGO_FILE: expected an SVG or PNG file of at most 200 kB; ${path} ${reason}`,
    );
    await expect(opening).rejects.toThrow(/^[^\n]+$/);
  });

  it('stops the start where the file is not there', async () => {
    await expect(openLogo(join(folder, 'none.svg'))).rejects.toThrow(/^LOGO_FILE: .* can't be read: [^\n]+$/);
  });
});
