import { z } from 'zod';
import { pageShape } from '../../platform/http/paging.js';
import { positionSchema } from '../../platform/positions.js';
import { referenceSchema } from '../../tickets/index.js';
import { notificationReasons } from './notifications.projection.js';

export const notificationsSchema = z
  .object({
    items: z.array(
      z
        .object({
          position: positionSchema.describe('Of the event; newest first'),
          ticketId: z.guid(),
          reference: referenceSchema,
          title: z.string().describe('As it is now'),
          establishment: z.string(),
          reason: z
            .enum(notificationReasons)
            .describe(
              'A note mentions you («@» and your name), the ticket was given to you, or you watch it',
            ),
          type: z.string().describe('What happened: the type of the event, as in the ticket’s history'),
          actor: z.string(),
          occurredAt: z.iso.datetime(),
          recordedAt: z.iso.datetime(),
        })
        .meta({ id: 'Notification' }),
    ),
    ...pageShape,
    position: positionSchema.describe('Everything up to here has been looked at'),
  })
  .meta({ id: 'Notifications' });
export type NotificationsAnswer = z.output<typeof notificationsSchema>;
export type NotificationView = NotificationsAnswer['items'][number];
