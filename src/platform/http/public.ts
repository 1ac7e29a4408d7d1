import { SetMetadata } from '@nestjs/common';

/** The metadata key of the rule of a route: `public`, or what the access guard makes of it. */
export const ACCESS_RULE = 'access-rule';

/** The route is for everyone, without a token. */
export const Public = () => SetMetadata(ACCESS_RULE, 'public');
