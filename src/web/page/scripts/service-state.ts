/** The answer of `/health/ready`, with the fields that the page at the root reads. */
export interface ServiceHealth {
  status: string;
  projections: Record<string, { lagEvents: number | null }>;
}

/** Whether the service can answer, and whether its figures are up to date. */
export type ServiceState = 'fine' | 'behind' | 'down' | 'away';

/** The state of the service. An unknown lag counts as behind: it does not prove that figures are up to date. */
export const serviceState = ({ status, projections }: ServiceHealth): ServiceState => {
  if (status !== 'ok') return 'down';
  return Object.values(projections).some(({ lagEvents }) => lagEvents !== 0) ? 'behind' : 'fine';
};
