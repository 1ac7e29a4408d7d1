import { assetFile, type AssetFile } from './asset-file.js';

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

  /** Undefined for a name that is none of theirs. */
  find(name: string): AssetFile | undefined {
    return this.all().get(name as Name);
  }

  /** The address of a file with the version of its content, so that changed content has a new address. */
  address(name: Name): string {
    return `/${this.folder}/${name}?v=${this.all().get(name)?.version ?? ''}`;
  }
}
