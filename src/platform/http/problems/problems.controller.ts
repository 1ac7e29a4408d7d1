import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiAnswers } from '../openapi.js';
import { problemCatalogue, problemCodes } from '../../../shared/problems/problem-catalogue.js';
import type { ProblemCode } from '../../../shared/problems/problem-code.js';
import { Problem } from './problem.js';
import { Public } from '../public.js';

const text = z.object({ fr: z.string(), en: z.string() });
const kindSchema = z
  .object({
    type: z.string(),
    status: z.int(),
    title: text,
    detail: text.describe('What to do about it'),
  })
  .meta({ id: 'ProblemKind' });

const described = (code: ProblemCode) => {
  const { status, title, detail } = problemCatalogue[code];
  return { type: `/problems/${code}`, status, title, detail };
};

/** What a problem's `type` leads to. */
@ApiTags('problems')
@Public()
@Controller('problems')
export class ProblemsController {
  @Get()
  @ApiAnswers('Every problem this API answers with', z.object({ items: z.array(kindSchema) }))
  all() {
    return { items: problemCodes.map(described) };
  }

  @Get(':code')
  @ApiAnswers('What a problem means and what to do about it', kindSchema)
  one(@Param('code') code: string) {
    const known = problemCodes.find((name) => name === code);
    if (known === undefined) throw new Problem('not-found');
    return described(known);
  }
}
