import { Injectable } from '@nestjs/common';
import { Establishments, unknownPlace } from '../../establishments/index.js';
import type { Place } from '../domain/ticket.events.js';

/** Finds where a ticket is to be, by what people call it. */
@Injectable()
export class Places {
  constructor(private readonly establishments: Establishments) {}

  /** Throws `unknown-establishment` or `unknown-site`. */
  find(establishmentName: string, siteName: string | undefined): Place {
    const establishment = this.establishments.find(establishmentName);
    if (!establishment) throw unknownPlace('unknown-establishment', '/establishment');
    const { code, timeZone } = establishment;
    if (siteName === undefined) return { establishment: code, timeZone };
    const site = this.establishments.findSite(establishment, siteName);
    if (!site) throw unknownPlace('unknown-site', '/site');
    return { establishment: code, site: site.code, timeZone: site.timeZone };
  }
}
