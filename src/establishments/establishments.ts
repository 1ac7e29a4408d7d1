import { z } from 'zod';
import { normalizeName } from './normalize-name.js';

const timeZone = z.string();
const siteSchema = z.object({
  code: z.string(),
  name: z.string(),
  timeZone,
  aliases: z.array(z.string()).default([]),
});
const establishmentSchema = z.object({
  code: z.string(),
  name: z.string(),
  aliases: z.array(z.string()).default([]),
  timeZone,
  showcase: z.boolean(),
  sites: z.array(siteSchema).default([]),
});

/** The file that lists the establishments: data, never code. */
export const establishmentsSchema = z.object({ establishments: z.array(establishmentSchema).min(1) });

export type Site = z.output<typeof siteSchema>;
export type Establishment = z.output<typeof establishmentSchema>;

/** The health establishments of the network, found by code, official name or alias. */
export class Establishments {
  readonly all: readonly Establishment[];
  private readonly byName = new Map<string, Establishment>();

  /** Throws where two establishments would answer to the same name, or a time zone is unknown. */
  constructor(
    all: readonly Establishment[],
    /** The zone of whoever publishes: names the days of the whole network's figures. */
    readonly reportingTimeZone: string,
  ) {
    this.all = all;
    for (const establishment of all) {
      for (const name of [establishment.code, establishment.name, ...establishment.aliases]) {
        const known = this.byName.get(normalizeName(name));
        if (known && known !== establishment) {
          throw new Error(`«${name}» names both ${known.code} and ${establishment.code}`);
        }
        this.byName.set(normalizeName(name), establishment);
      }
      for (const zone of [establishment, ...establishment.sites].map((place) => place.timeZone)) {
        new Intl.DateTimeFormat('en', { timeZone: zone });
      }
    }
  }

  /** By code, name or alias; dashes, apostrophes, accents and case do not matter. */
  find(name: string): Establishment | undefined {
    return this.byName.get(normalizeName(name));
  }

  findSite(establishment: Establishment, name: string): Site | undefined {
    const wanted = normalizeName(name);
    return establishment.sites.find((site) =>
      [site.code, site.name, ...site.aliases].some((known) => normalizeName(known) === wanted),
    );
  }

  /** Every zone that some day of the network is cut by. */
  get timeZones(): string[] {
    return zonesOf(this.all);
  }

  /** Every zone that a day of one establishment, by its code, is cut by. */
  timeZonesOf(code: string): string[] {
    return zonesOf(this.all.filter((one) => one.code === code));
  }
}

const zonesOf = (establishments: readonly Establishment[]): string[] => [
  ...new Set(establishments.flatMap((one) => [one, ...one.sites]).map((place) => place.timeZone)),
];
