import { z } from 'zod';
import { warningsSchema } from '../../platform/warnings-schema.js';
import { type Attachment, withWarnings } from '../../tickets/index.js';
import type { ListedAttachment } from '../attachments.js';

const shape = {
  attachmentId: z.guid(),
  sha256: z.string().describe('Of the bytes as they were sent, in hexadecimal'),
  size: z.int().describe('In bytes'),
  contentType: z
    .string()
    .describe('By the bytes; application/octet-stream where they are not known, or not what was declared'),
  name: z.string().describe('Empty once the texts of the ticket are erased'),
};

export const attachmentSchema = z.object({ ...shape, warnings: warningsSchema }).meta({ id: 'Attachment' });

export const attachmentListSchema = z
  .object({
    items: z.array(
      z.object({
        ...shape,
        occurredAt: z.iso.datetime().describe('When it was taken'),
        addedAt: z.iso.datetime(),
        addedBy: z.string(),
        state: z
          .enum(['available', 'quarantined', 'infected', 'erased'])
          .describe('Only what is available can be downloaded'),
      }),
    ),
  })
  .meta({ id: 'AttachmentList' });

/** The answer to whoever sent a file: what was noticed in the name that they gave it comes with it. */
export const addedView = (attachment: Attachment, name: string): z.output<typeof attachmentSchema> => ({
  ...attachmentView(attachment),
  ...withWarnings({ name }),
});

const attachmentView = (attachment: Attachment): z.output<typeof attachmentSchema> => {
  const { attachmentId, sha256, size, contentType, name } = attachment;
  return { attachmentId, sha256, size, contentType, name };
};

export const attachmentItem = (
  listed: ListedAttachment,
): z.output<typeof attachmentListSchema>['items'][number] => {
  const { occurredAt, addedAt, addedBy, state } = listed;
  return { ...attachmentView(listed), occurredAt, addedAt, addedBy, state };
};
