import { signDevelopmentToken } from '../access/core.js';

export const tokenFor = (role: 'agent' | 'producer'): Promise<string> =>
  signDevelopmentToken({ subject: 'demo', roles: [role], establishments: ['*'] });
