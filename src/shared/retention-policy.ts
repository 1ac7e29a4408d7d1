/** The statuses in which nobody works on a ticket any more. */
const endedStatuses = ['resolved', 'closed', 'cancelled', 'merged'] as const;
type EndedStatus = (typeof endedStatuses)[number];

/** Texts of tickets that have had this status for so long are erased; `period` is an ISO 8601 duration of days or more. */
export interface RetentionRule {
  status: EndedStatus;
  period: string;
}

const expected = `expected a status and an ISO duration, such as closed:P2Y,cancelled:P1Y (${endedStatuses.join(', ')})`;
const duration = /^P(?=\d)(?:\d{1,3}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,5}D)?$/;

const isEnded = (status: string): status is EndedStatus =>
  (endedStatuses as readonly string[]).includes(status);

/** The rules of a list such as `closed:P2Y,cancelled:P1Y`; or what is wrong with it. Never a rule that would erase at once. */
export const parseRetention = (list: string): readonly RetentionRule[] | { fault: string } => {
  const rules: RetentionRule[] = [];
  for (const item of list.split(',')) {
    const [status = '', period = '', ...more] = item.trim().split(':');
    if (!isEnded(status) || !duration.test(period) || more.length > 0) return { fault: expected };
    if (!/[1-9]/.test(period)) return { fault: `${status}: expected a duration above zero` };
    if (rules.some((rule) => rule.status === status)) return { fault: `${status}: expected once` };
    rules.push({ status, period });
  }
  return rules;
};
