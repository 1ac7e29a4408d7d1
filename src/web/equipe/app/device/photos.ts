import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { QueueRefusal } from '../queue/queue.js';
import type { PersonSealer } from './person-sealer.js';
import type { Sealed, SealedPlace } from './sealing.js';

/** A photo that was taken on this tablet and waits to be sent, or was refused. */
export interface Photo {
  /** The server recognises a photo that is sent again by it. */
  commandId: string;
  ticketId: string;
  /** When it was taken, by this tablet's clock and with its UTC offset. */
  occurredAt: string;
  name: string;
  refusal?: QueueRefusal;
}

interface PhotoRow {
  commandId: string;
  person: string;
  sealed: Sealed;
}

interface PhotosSchema extends DBSchema {
  photos: { key: string; value: PhotoRow };
  /** Apart from what they are of, so that a list of photos does not read megabytes. */
  bytes: { key: string; value: Sealed };
}

/**
 * The photos that wait, sealed by the key of whoever took them, in a database of their own: an open tab of a version without photos would
 * block an upgrade of the other one.
 */
export class Photos {
  private constructor(
    private readonly database: IDBPDatabase<PhotosSchema>,
    private readonly sealer: PersonSealer,
  ) {}

  static async open(sealer: PersonSealer): Promise<Photos> {
    const database = await openDB<PhotosSchema>('equipe-photos', 1, {
      upgrade(fresh) {
        fresh.createObjectStore('photos', { keyPath: 'commandId' });
        fresh.createObjectStore('bytes');
      },
    });
    return new Photos(database, sealer);
  }

  /** Whose photos wait here, one name for each. */
  async waiting(): Promise<string[]> {
    return (await this.database.getAll('photos')).map(({ person }) => person);
  }

  /** The photos of whoever is signed in, in the order they were taken. */
  async all(): Promise<Photo[]> {
    const owner = await this.sealer.person();
    const rows = (await this.database.getAll('photos')).filter(({ person }) => person === owner);
    const photos = await Promise.all(
      rows.map(({ commandId, person, sealed }) =>
        this.sealer.unseal<Photo>(place('photos', person, commandId), sealed),
      ),
    );
    return photos
      .filter((photo) => photo !== undefined)
      .sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
  }

  /** Stored durably once this resolves. Throws Locked, and QuotaExceededError where the tablet is full: then nothing is stored. */
  async add(person: string, photo: Photo, image: ArrayBuffer): Promise<void> {
    const row = await this.row(person, photo);
    const bytes = await this.sealer.sealBytes(place('bytes', person, photo.commandId), image);
    const change = this.database.transaction(['photos', 'bytes'], 'readwrite', { durability: 'strict' });
    await change.objectStore('photos').put(row);
    await change.objectStore('bytes').put(bytes, photo.commandId);
    await change.done;
  }

  /** The image of a photo of whoever is signed in; undefined where it is gone. */
  async image({ commandId }: Photo): Promise<ArrayBuffer | undefined> {
    const owner = await this.sealer.person();
    const sealed = await this.database.get('bytes', commandId);
    if (!sealed || owner === undefined) return undefined;
    return this.sealer.unsealBytes(place('bytes', owner, commandId), sealed);
  }

  /** Notes why a photo was refused; without a reason it waits again. */
  async refuse(person: string, { refusal: _before, ...photo }: Photo, refusal?: QueueRefusal): Promise<void> {
    const changed = refusal ? { ...photo, refusal } : photo;
    await this.database.put('photos', await this.row(person, changed));
  }

  async remove({ commandId }: Photo): Promise<void> {
    const change = this.database.transaction(['photos', 'bytes'], 'readwrite');
    await change.objectStore('photos').delete(commandId);
    await change.objectStore('bytes').delete(commandId);
    await change.done;
  }

  private async row(person: string, photo: Photo): Promise<PhotoRow> {
    const { commandId } = photo;
    return { commandId, person, sealed: await this.sealer.seal(place('photos', person, commandId), photo) };
  }
}

const place = (store: 'photos' | 'bytes', person: string, commandId: string): SealedPlace => [
  store,
  person,
  commandId,
];
