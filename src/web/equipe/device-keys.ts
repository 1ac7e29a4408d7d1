import { Inject, Injectable, Optional } from '@nestjs/common';
import { DataKeys } from '../../keys/index.js';
import { DomainError } from '../../shared/problems/domain-error.js';

/** No ticket's id begins so. */
const idOf = (person: string): string => `device-store/${person}`;

/**
 * The keys by which tablets encrypt what they keep, one a person, whatever tablet they sign in at. They are kept as the keys of texts
 * are: random, wrapped by the master key, rewrapped when that is replaced, so that what waits on a tablet can be read after any sign-in.
 */
@Injectable()
export class DeviceKeys {
  constructor(@Optional() @Inject(DataKeys) private readonly keys: DataKeys | undefined) {}

  /** In base64. Throws KeysUnavailable; `unavailable` where there are no keys, or this one was destroyed. */
  async of(person: string): Promise<string> {
    const key = await this.keys?.toWrite(idOf(person), false);
    if (!key || key === 'destroyed') throw new DomainError('unavailable');
    return key.export().toString('base64');
  }
}
