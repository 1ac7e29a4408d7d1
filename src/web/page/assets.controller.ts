import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/http/public.js';
import { Problem } from '../../platform/http/problem.js';
import { assetFile, type AssetFile } from './asset-file.js';

const names = ['board.css', 'board.js', 'home.js', 'bulletins.css', 'bulletin.js', 'icon.svg'] as const;
type AssetName = (typeof names)[number];

const assets = Object.fromEntries(
  names.map((name) => [name, assetFile(new URL(`./assets/${name}`, import.meta.url))]),
) as Record<AssetName, AssetFile>;

/** Where a page finds the file as it is now: another content has another address. */
export const assetPath = (name: AssetName): string => `/assets/${name}?v=${assets[name].version}`;

const isAsset = (name: string): name is AssetName => Object.hasOwn(assets, name);

/** What the pages load: all of it from here. */
@ApiExcludeController()
@Public()
@Controller('assets')
export class AssetsController {
  @Get(':name')
  @Header('Cache-Control', 'public, max-age=31536000')
  @Header('X-Content-Type-Options', 'nosniff')
  asset(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    if (!isAsset(name)) throw new Problem('not-found');
    const { type, content } = assets[name];
    void reply.type(type);
    return content;
  }
}
