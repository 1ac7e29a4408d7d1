import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { knownProblems, Problem, type ProblemKind } from './problem.js';

const described = (code: string, { status, title, detail }: ProblemKind) => ({
  type: `/problems/${code}`,
  status,
  title,
  detail,
});

/** What a problem's `type` leads to. */
@ApiTags('problems')
@Controller('problems')
export class ProblemsController {
  @Get()
  @ApiOperation({ summary: 'Every problem this API answers with' })
  all() {
    return { items: [...knownProblems()].map(([code, kind]) => described(code, kind)) };
  }

  @Get(':code')
  @ApiOperation({ summary: 'What a problem means and what to do about it' })
  one(@Param('code') code: string) {
    const kind = knownProblems().get(code);
    if (!kind) throw new Problem('not-found');
    return described(code, kind);
  }
}
