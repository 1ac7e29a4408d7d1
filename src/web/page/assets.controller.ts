import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/http/public.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { assetFile, type AssetFile } from './asset-file.js';

const names = ['board.css', 'board.js', 'home.js', 'bulletins.css', 'bulletin.js', 'icon.svg'] as const;
type AssetName = (typeof names)[number];

/** The place of a file. Scripts are bundled into dist; the path leads there from dist and, in tests, from src. */
const placeOf = (name: AssetName): URL =>
  name.endsWith('.js')
    ? new URL(`../../../dist/web/page/scripts/${name}`, import.meta.url)
    : new URL(`./assets/${name}`, import.meta.url);

let assets: Record<AssetName, AssetFile> | undefined;

/** An asset; all are read when the first page is made. Throws where the scripts were not built. */
const assetOf = (name: AssetName): AssetFile => {
  assets ??= Object.fromEntries(names.map((asset) => [asset, assetFile(placeOf(asset))])) as Record<
    AssetName,
    AssetFile
  >;
  return assets[name];
};

/** The address of an asset with the version of its content, so that changed content has a new address. */
export const assetPath = (name: AssetName): string => `/assets/${name}?v=${assetOf(name).version}`;

const isAsset = (name: string): name is AssetName => (names as readonly string[]).includes(name);

/** Serves the files that pages load; they load none from elsewhere. */
@ApiExcludeController()
@Public()
@Controller('assets')
export class AssetsController {
  @Get(':name')
  @Header('Cache-Control', 'public, max-age=31536000')
  @Header('X-Content-Type-Options', 'nosniff')
  asset(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    if (!isAsset(name)) throw new Problem('not-found');
    const { type, content } = assetOf(name);
    void reply.type(type);
    return content;
  }
}
