import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiAnswers } from './openapi.js';
import { knownProblems, Problem, type ProblemKind } from './problem.js';
import { Public } from './public.js';

const text = z.object({ fr: z.string(), en: z.string() });
const kindSchema = z
  .object({
    type: z.string(),
    status: z.int(),
    title: text,
    detail: text.describe('What to do about it'),
  })
  .meta({ id: 'ProblemKind' });

const described = (code: string, { status, title, detail }: ProblemKind) => ({
  type: `/problems/${code}`,
  status,
  title,
  detail,
});

/** What a problem's `type` leads to. */
@ApiTags('problems')
@Public()
@Controller('problems')
export class ProblemsController {
  @Get()
  @ApiAnswers('Every problem this API answers with', z.object({ items: z.array(kindSchema) }))
  all() {
    return { items: [...knownProblems()].map(([code, kind]) => described(code, kind)) };
  }

  @Get(':code')
  @ApiAnswers('What a problem means and what to do about it', kindSchema)
  one(@Param('code') code: string) {
    const kind = knownProblems().get(code);
    if (!kind) throw new Problem('not-found');
    return described(code, kind);
  }
}
