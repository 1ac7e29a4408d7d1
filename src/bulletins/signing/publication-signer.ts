import { Injectable } from '@nestjs/common';
import { EventStore } from '../../platform/event-store/event-store.js';
import type {
  BulletinEvent,
  BulletinPublished,
  BulletinRevised,
  LogExtent,
  Signature,
} from '../domain/bulletin.events.js';
import type { Publication } from '../domain/bulletin.js';
import { signedPartOf, signedPayload, signedTexts } from './signed-publication.js';
import { SigningKeys, type SignatureVerification } from './signing-keys.js';

/** What strangers verify a publication with, and what is found of it here. */
export interface PublicationProof extends Signature {
  payload: string;
  texts: string;
  verification: SignatureVerification;
}

/** Adds to publications what proves them, before they are appended, and verifies it when they are shown. */
@Injectable()
export class PublicationSigner {
  constructor(
    private readonly store: EventStore,
    private readonly keys: SigningKeys,
  ) {}

  /** A publication with the log that its figures were counted from, and with its signature; any other event as it is. */
  async proven(date: string, event: BulletinEvent): Promise<BulletinEvent> {
    if (event.type !== 'BulletinPublished' && event.type !== 'BulletinRevised') return event;
    const log = await this.extent(event.figures.position);
    const extended: BulletinPublished | BulletinRevised = log ? { ...event, log } : event;
    const signature = this.keys.sign(signedPayload(date, signedPartOf(extended)));
    return signature ? { ...extended, signature } : extended;
  }

  /** Undefined for a publication without a signature. */
  proofOf(date: string, publication: Publication): PublicationProof | undefined {
    const { signature } = publication;
    if (!signature) return undefined;
    const payload = signedPayload(date, publication);
    const verification = this.keys.verify(payload, signature);
    return { ...signature, payload, texts: signedTexts(publication), verification };
  }

  private async extent(position: string): Promise<LogExtent | undefined> {
    const hash = await this.store.chainHash(BigInt(position));
    return hash === undefined ? undefined : { id: await this.store.identity(), position, hash };
  }
}
