import { readFile } from 'node:fs/promises';
import { StartRefused } from '../../../config/start-refused.js';
import { messageOf } from '../../../shared/message-of.js';
import type { PageBlocks } from '../content/blocks.js';
import type { Logo } from './logo.js';
import { pngFault } from './png-fault.js';
import { svgFault } from './svg-fault.js';

const maxBytes = 200_000;

/** The logo in the file that LOGO_FILE names; undefined where it names none. Throws StartRefused. */
export const openLogo = async (path: string | undefined): Promise<Logo | undefined> => {
  if (path === undefined) return undefined;
  const refuse = (reason: string, cause?: unknown): never => {
    const line = `LOGO_FILE: expected an SVG or PNG file of at most 200 kB; ${path} ${reason}`;
    throw new StartRefused(line.replace(/\s+/g, ' '), { cause });
  };
  const file = await readFile(path).catch((error: unknown) =>
    refuse(`can't be read: ${messageOf(error)}`, error),
  );
  if (file.length > maxBytes) refuse('is larger');
  const isPng = file[0] === 0x89;
  const fault = isPng ? pngFault(file) : svgFault(file.toString('utf8'));
  if (fault !== undefined) refuse(fault);
  const logo: Logo = isPng
    ? { type: 'image/png', base64: file.toString('base64') }
    : { type: 'image/svg+xml', svg: file.toString('utf8') };
  await draw(logo).catch((error: unknown) => refuse(`can't be drawn: ${messageOf(error)}`, error));
  return logo;
};

/** A file that can't be drawn is found at the start, and not when the first bulletin is printed. */
const draw = async (logo: Logo): Promise<void> => {
  const { pdfOf } = await import('../pdf/pdf.js');
  const page: PageBlocks = {
    ...{ language: 'fr', paper: 'letter', title: '', subtitle: '', date: '', summary: '' },
    ...{ notice: undefined, sections: [], footer: [], foot: undefined },
    letterhead: { organisation: undefined, logo, logoWords: '' },
  };
  await pdfOf(page, new Date(0));
};
