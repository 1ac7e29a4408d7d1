import type { FastifyReply } from 'fastify';
import { Problem } from '../../../platform/http/problems/problem.js';
import { assetFile, type AssetFile } from './asset-file.js';
import { sendFile } from './send-file.js';

/** For what has another address once it changes. */
export const cachedForever = 'public, max-age=31536000';

/** Files that pages load from one folder of addresses; read when the first of them is asked for. */
export class VersionedFiles<Name extends string> {
  private read: ReadonlyMap<Name, AssetFile> | undefined;

  constructor(
    private readonly folder: string,
    private readonly names: readonly Name[],
    private readonly placeOf: (name: Name) => URL,
  ) {}

  /** Throws where the scripts were not built. */
  all(): ReadonlyMap<Name, AssetFile> {
    this.read ??= new Map(this.names.map((name) => [name, assetFile(this.placeOf(name))]));
    return this.read;
  }

  /** The content of a file, which never changes at its address. Throws `not-found` for a name that is none of theirs. */
  send(name: string, reply: FastifyReply): Buffer {
    const file = this.all().get(name as Name);
    if (!file) throw new Problem('not-found');
    void reply.header('Cache-Control', cachedForever);
    return sendFile(reply, file);
  }

  /** The address of a file with the version of its content, so that changed content has a new address. */
  address(name: Name): string {
    return `/${this.folder}/${name}?v=${this.all().get(name)?.version ?? ''}`;
  }
}
