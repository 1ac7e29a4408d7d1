import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { Public } from '../../platform/http/public.js';
import { SigningKeys } from '../signing/signing-keys.js';

const keySetSchema = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string().describe('The public key, in base64url'),
        kid: z.string().describe('Its thumbprint (RFC 7638), as signatures name it'),
        use: z.literal('sig'),
      }),
    ),
  })
  .meta({ id: 'BulletinKeys' });

/** The public keys with which anyone can verify that a published bulletin was not changed. */
@ApiTags('bulletins')
@Public()
@Controller('.well-known/bulletin-keys.json')
export class BulletinKeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get()
  @ApiAnswers(
    'The keys that publications are signed with, as a JWK set; the current one first',
    keySetSchema,
    {
      operationId: 'Bulletins_keys',
    },
  )
  @Header('Cache-Control', 'public, max-age=3600')
  read() {
    return { keys: this.keys.published };
  }
}
