import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../platform/http/public.js';
import { VersionedFiles } from './versioned-files.js';

const names = [
  'tokens.css',
  'banner.css',
  'board.css',
  'wall.css',
  'letter.css',
  'a4.css',
  'board.js',
  'home.js',
  'bulletins.css',
  'bulletin.js',
  'icon.svg',
] as const;
type AssetName = (typeof names)[number];

/** Scripts are bundled into dist; the path leads there from dist and, in tests, from src. */
const assets = new VersionedFiles<AssetName>('assets', names, (name) =>
  name.endsWith('.js')
    ? new URL(`../../../../dist/web/page/scripts/${name}`, import.meta.url)
    : new URL(`../assets/${name}`, import.meta.url),
);

export const assetPath = (name: AssetName): string => assets.address(name);

/** Serves the files that pages load; they load none from elsewhere. */
@ApiExcludeController()
@Public()
@Controller('assets')
export class AssetsController {
  @Get(':name')
  asset(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    return assets.send(name, reply);
  }
}
