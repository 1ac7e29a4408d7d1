/** What `/health/ready` says, as far as the page at the root shows it. */
export interface Health {
  status: string;
  projections: Record<string, { lagEvents: number | null }>;
}

/** Whether the service can answer, and whether its figures are up to date. */
export type ServiceState = 'fine' | 'behind' | 'down' | 'away';

/** A lag that nobody knows is no proof of being up to date. */
export const serviceState = ({ status, projections }: Health): ServiceState => {
  if (status !== 'ok') return 'down';
  return Object.values(projections).some(({ lagEvents }) => lagEvents !== 0) ? 'behind' : 'fine';
};
