import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Places } from './naive-figures.js';

/** Establishments and sites in zones that are 8 to 2½ hours behind UTC; one zone has no summer time. */
export const fiveZones: Places = {
  OUEST: {
    timeZone: 'America/Toronto',
    sites: { PACIFIQUE: 'America/Vancouver', CENTRE: 'America/Toronto' },
  },
  ILES: { timeZone: 'America/Halifax', sites: {} },
  CHALEURS: { timeZone: 'America/Moncton', sites: { 'RIVE-NORD': 'America/Toronto' } },
  COTE: {
    timeZone: 'America/Toronto',
    sites: { 'BLANC-SABLON': 'America/Blanc-Sablon', LABRADOR: 'America/St_Johns' },
  },
  NEUVE: { timeZone: 'America/St_Johns', sites: {} },
};

/** Writes establishments to a file, as ESTABLISHMENTS_FILE names one; resolves to its path. */
export const writeEstablishments = async (folder: string, places: Places): Promise<string> => {
  const path = join(folder, 'establishments.json');
  const establishments = Object.entries(places).map(([code, { timeZone, sites }]) => ({
    code,
    name: `Établissement ${code}`,
    timeZone,
    showcase: false,
    sites: Object.entries(sites).map(([site, zone]) => ({
      code: site,
      name: `Site ${site}`,
      timeZone: zone,
    })),
  }));
  await writeFile(path, JSON.stringify({ establishments }));
  return path;
};
