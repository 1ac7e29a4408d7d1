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

/** The file that lists the establishments, which are data and never code. */
export const establishmentsSchema = z.object({ establishments: z.array(establishmentSchema).min(1) });

export type Site = z.output<typeof siteSchema>;
export type Establishment = z.output<typeof establishmentSchema>;

/** The health establishments of the network, found by code, official name or alias. */
export class Establishments {
  readonly all: readonly Establishment[];
  private readonly byName = new Map<string, Establishment>();
  /** As the list writes them, which is how programs do: they need not be normalised. */
  private readonly byListedName = new Map<string, Establishment>();

  /** Throws where two establishments have the same name, or where a time zone is unknown. */
  constructor(
    all: readonly Establishment[],
    /** The time zone of whoever publishes; it names the days of the whole network's figures. */
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
        this.byListedName.set(name, establishment);
      }
      for (const zone of [establishment, ...establishment.sites].map((place) => place.timeZone)) {
        new Intl.DateTimeFormat('en', { timeZone: zone });
      }
    }
  }

  /** By code, name or alias; dashes, apostrophes, accents and case do not matter. */
  find(name: string): Establishment | undefined {
    return this.byListedName.get(name) ?? this.byName.get(normalizeName(name));
  }

  findSite(establishment: Establishment, name: string): Site | undefined {
    const wanted = normalizeName(name);
    return establishment.sites.find((site) =>
      [site.code, site.name, ...site.aliases].some((known) => normalizeName(known) === wanted),
    );
  }

  /** The time zones that cut the days of the network, each once. */
  get timeZones(): string[] {
    return zonesOf(this.all);
  }

  /** The time zones that cut the days of one establishment, given by its code; none where the code is unknown. */
  timeZonesOf(code: string): string[] {
    return zonesOf(this.all.filter((establishment) => establishment.code === code));
  }
}

const zonesOf = (establishments: readonly Establishment[]): string[] => [
  ...new Set(establishments.flatMap((each) => [each, ...each.sites]).map((place) => place.timeZone)),
];
