import type { DeviceKeyAnswer } from './answers.js';
import type { DeviceDatabase, HeldKey } from './database.js';
import { importKey } from './sealing.js';

/**
 * The key of whoever is signed in: one at a time. It outlives a reload, since a ward may have no network for hours, and goes when the
 * session ends: by a sign-out here, by the server's word, or by the session's limits as this tablet's clock tells them.
 */
export class KeyRing {
  constructor(private readonly database: DeviceDatabase) {}

  /** Undefined while the tablet is locked; locks it where the session's time is over. */
  async held(now = Date.now()): Promise<HeldKey | undefined> {
    const held = await this.database.get('keys', 'held');
    if (!held || (now < held.endsAt && now < held.usedAt + held.idleMs)) return held;
    await this.drop();
    return undefined;
  }

  /** Takes a key that the server gave, in the place of whatever key was held. */
  async take({ person, key, endsInMs, idleMs }: DeviceKeyAnswer, now = Date.now()): Promise<void> {
    const held = { person, key: await importKey(key), endsAt: now + endsInMs, idleMs, usedAt: now };
    await this.database.put('keys', held, 'held');
  }

  /** Notes that the tablet is being used, from which the idle limit counts. */
  async use(now = Date.now()): Promise<void> {
    const change = this.database.transaction('keys', 'readwrite');
    const held = await change.store.get('held');
    if (held && held.usedAt < now) await change.store.put({ ...held, usedAt: now }, 'held');
    await change.done;
  }

  async drop(): Promise<void> {
    await this.database.delete('keys', 'held');
  }
}
