import type { components } from '../../../../client/contract.js';

type Schemas = components['schemas'];

/** The answers of the API that this page reads, by the types of its contract. */
export type Ticket = Schemas['Ticket'];
export type CommandAnswer = Schemas['CommandAnswer'];
export type TicketList = Schemas['TicketList'];
export type View = Schemas['View'];
export type ViewList = Schemas['ViewList'];
export type Viewers = Schemas['Viewers'];
export type Preferences = Schemas['Preferences'];
export type History = Schemas['TicketHistory'];
export type HistoryItem = History['items'][number];
export type AttachmentList = Schemas['AttachmentList'];
export type Attachment = AttachmentList['items'][number];
export type TicketChildren = Schemas['Children'];
export type BulkAnswer = Schemas['BulkAnswer'];
export type Template = Schemas['Template'];
export type TemplateList = Schemas['TemplateList'];
export type TemplatePreview = Schemas['TemplatePreview'];
export type TemplateApplication = Schemas['TemplateApplication'];
export type Notifications = Schemas['Notifications'];
export type Notification = Notifications['items'][number];
