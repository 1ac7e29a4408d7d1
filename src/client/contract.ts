// Made by `npm run client` from the OpenAPI document: not to be edited.

export interface paths {
  '/.well-known/bulletin-keys.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The keys that publications are signed with, as a JWK set; the current one first */
    get: operations['Bulletins_keys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process runs */
    get: operations['Health_live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** It can serve: database, event store, and how far each projection lags; 503 otherwise */
    get: operations['Health_ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** For Prometheus: requests, the log, and each projection */
    get: operations['Metrics_scrape'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every problem this API answers with */
    get: operations['Problems_all'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems/{code}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a problem means and what to do about it */
    get: operations['Problems_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/dead-letters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What is put aside, the oldest first */
    get: operations['DeadLetters_all'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/dead-letters/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tries again: the event, and all that waited behind it, in order */
    post: operations['DeadLetters_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/erasures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was erased when, by whom and why; the newest first */
    get: operations['Erasures_list'];
    put?: never;
    /** The same for up to 500 tickets */
    post: operations['Erasures_eraseAll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What must be kept, since when and why; the newest first */
    get: operations['LegalHolds_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/projections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Each projection: how far it is, who leads it, and how its rebuild goes */
    get: operations['Projections_all'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/projections/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One projection */
    get: operations['Projections_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/projections/{name}/rebuild': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Makes its rows anew beside those that are served, which they replace once they are as far */
    post: operations['Projections_rebuild'];
    /** Cancels its rebuild; what is served stays as it is */
    delete: operations['Projections_cancel'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/retention': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What would be erased by its age now: ids and counts, nobody’s texts */
    get: operations['Retention_due'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/tickets/{ticketId}/erase': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Erase all that was written of a ticket, for good */
    post: operations['Erasures_erase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/tickets/{ticketId}/hold': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Keep the texts of a ticket from being erased */
    put: operations['LegalHolds_place'];
    post?: never;
    /** Let them be erased again */
    delete: operations['LegalHolds_release'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audit/accesses': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who was shown which tickets, the newest first */
    get: operations['Accesses_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/backlog': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tickets active at an instant, by establishment, priority and age */
    get: operations['Backlog_backlog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/billets-quotidiens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The figures of every day of a range */
    get: operations['BilletsQuotidiens_range'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/billets-quotidiens/{date}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The figures of a day */
    get: operations['BilletsQuotidiens_day'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/billets-quotidiens/{date}/tickets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tickets and events that make up a figure of a day */
    get: operations['FigureItems_items'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulletins': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The bulletins of a range of dates, at most 62 days; dates without one are left out */
    get: operations['Bulletins_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulletins/{date}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A bulletin, in the form asked for by Accept or ?format */
    get: operations['Bulletins_read'];
    /** Write the draft, whole */
    put: operations['Bulletins_write'];
    post?: never;
    /** Delete a draft that was never published */
    delete: operations['Bulletins_deleteDraft'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulletins/{date}/publish': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Publish the draft, its figures frozen */
    post: operations['Bulletins_publish'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulletins/{date}/revise': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Publish the next revision: the draft and the figures as they are now */
    post: operations['Bulletins_revise'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulletins/{date}/revisions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every publication, with what changed, by how much and because of which events */
    get: operations['Bulletins_revisions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulletins/{date}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Withdraw what was published: it stays readable, with the reason */
    post: operations['Bulletins_withdraw'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulletins/feed.atom': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Bulletins, their revisions and withdrawals as an Atom feed */
    get: operations['NewestBulletins_feed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulletins/latest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The published bulletin with the newest date, as by its own address */
    get: operations['NewestBulletins_latest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Live changes of the tickets of your establishments (Server-Sent Events): here the data of each. The first message is an `id:` alone: the position after which everything is told, and nothing before it. An `id:` is a position; once the log has gone back (a restored backup), a point and the log’s epoch follow. A ticket that is not at your establishments any more is told of as gone, also by changes from when it was */
    get: operations['Live_events'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What became of the tickets that you watch, that were given to you or mention you */
    get: operations['Notifications_notifications'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/preferences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your preferences */
    get: operations['OwnTeams_read'];
    /** Replace your preferences */
    put: operations['OwnTeams_write'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/reports/{report}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How fast tickets are answered and resolved, how old they are, how many come back */
    get: operations['Reports_report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/reports/{report}/tickets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tickets behind a report, or behind one of its groups, each with its duration */
    get: operations['ReportTickets_tickets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sync': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a batch of commands, made online or offline */
    post: operations['Sync_push'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sync/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What changed since: at first everything that is needed offline */
    get: operations['SyncChanges_changes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/templates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The templates that you may use */
    get: operations['Templates_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/templates/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A template */
    get: operations['Templates_read'];
    /** Save a template under an id of your own making, or replace it */
    put: operations['Templates_write'];
    post?: never;
    /** Delete a template of yours */
    delete: operations['Templates_delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/templates/{id}/apply': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Carry out the commands of a template for up to 500 tickets */
    post: operations['TemplateUse_apply'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/templates/{id}/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The texts of a template, filled for a ticket */
    get: operations['TemplateUse_preview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tickets of your establishments, page by page */
    get: operations['Desk_list'];
    put?: never;
    /** Open a ticket */
    post: operations['Tickets_open'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A ticket as it is now */
    get: operations['Tickets_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/assign': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give a ticket to a team or a person */
    post: operations['Tickets_assign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/attachments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The files of a ticket, in the order they were added */
    get: operations['Attachments_list'];
    put?: never;
    /** Put a file beside a ticket, 10 MiB at most */
    post: operations['Attachments_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/attachments/{attachmentId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A file, or its thumbnail */
    get: operations['Attachments_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Withdraw a ticket */
    post: operations['Tickets_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/children': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tickets under a ticket, and how many people have its problem */
    get: operations['Incidents_children'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Confirm a resolution */
    post: operations['Tickets_close'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The events of a ticket, page by page */
    get: operations['Tickets_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/hold': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Put a ticket on hold */
    post: operations['Tickets_hold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/link': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tie a ticket to another */
    post: operations['Tickets_link'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/me-too': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** One more person has the same problem: opens a ticket, or takes one, under this one */
    post: operations['Tickets_meToo'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/merge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Merge a ticket into another */
    post: operations['Tickets_merge'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/note': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Write a note */
    post: operations['Tickets_note'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/recategorize': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Correct the category */
    post: operations['Tickets_recategorize'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/reopen': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Reopen a ticket */
    post: operations['Tickets_reopen'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/reprioritize': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Correct the priority */
    post: operations['Tickets_reprioritize'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/requester': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Say who asked for help */
    post: operations['Tickets_requester'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/resolve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Resolve a ticket */
    post: operations['Tickets_resolve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Start the work */
    post: operations['Tickets_start'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/transfer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Transfer a ticket to another establishment */
    post: operations['Tickets_transfer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/unwatch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** No longer be told of it */
    post: operations['Tickets_unwatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/viewers/{viewerId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Say that a page looks at this ticket, and at no other: who else does */
    put: operations['Viewers_look'];
    post?: never;
    /** Say that the page looks no more */
    delete: operations['Viewers_leave'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/{ticketId}/watch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Be told of what becomes of a ticket */
    post: operations['Tickets_watch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tickets/bulk': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** One command for up to 500 tickets */
    post: operations['Bulk_submit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/views': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The views that you may see */
    get: operations['Views_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/views/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A view */
    get: operations['Views_read'];
    /** Save a view under an id of your own making, or replace it */
    put: operations['Views_write'];
    post?: never;
    /** Delete a view of yours */
    delete: operations['Views_delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Accesses: {
      items: components['schemas']['LoggedAccess'][];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
    };
    AppliedTemplate: {
      /** @description As sent; made from the parent’s for a child */
      commandId: string | null;
      /** @description What became of each of its commands */
      commands: components['schemas']['CommandResult'][];
      problem?: components['schemas']['Refusal'];
      revision?: number;
      /**
       * @description refused: asked again as it is, it may be taken once the reason is gone. retry: it could not be judged, since something was away; keep it and send it again, before anything later about its ticket
       * @enum {string}
       */
      status: 'applied' | 'duplicate' | 'unchanged' | 'refused' | 'retry';
      ticketId: string | null;
    };
    Attachment: {
      /** Format: uuid */
      attachmentId: string;
      /** @description By the bytes; application/octet-stream where they are not known, or not what was declared */
      contentType: string;
      /** @description Empty once the texts of the ticket are erased */
      name: string;
      /** @description Of the bytes as they were sent, in hexadecimal */
      sha256: string;
      /** @description In bytes */
      size: number;
      /** @description What the texts hold that names or reaches a person; absent where nothing was noticed */
      warnings?: components['schemas']['Warning'][];
    };
    AttachmentList: {
      items: {
        /** Format: date-time */
        addedAt: string;
        addedBy: string;
        /** Format: uuid */
        attachmentId: string;
        /** @description By the bytes; application/octet-stream where they are not known, or not what was declared */
        contentType: string;
        /** @description Empty once the texts of the ticket are erased */
        name: string;
        /**
         * Format: date-time
         * @description When it was taken
         */
        occurredAt: string;
        /** @description Of the bytes as they were sent, in hexadecimal */
        sha256: string;
        /** @description In bytes */
        size: number;
        /**
         * @description Only what is available can be downloaded
         * @enum {string}
         */
        state: 'available' | 'quarantined' | 'infected' | 'erased';
      }[];
    };
    Backlog: {
      /** Format: date-time */
      at: string;
      /** @description How far the figures are behind the log; absent where they are not */
      behind?: components['schemas']['Behind'];
      establishments: {
        backlog: number;
        /** @description By the time since the first opening, in days of 24 hours; each begins where the one before ends */
        byAge: {
          d1to3: number;
          d3to7: number;
          gt7d: number;
          lt1d: number;
        };
        byPriority: {
          P1: number;
          P2: number;
          P3: number;
          P4: number;
        };
        code: string;
      }[];
      /** @description Tickets of which something could not be counted yet; absent where the figures are whole */
      incomplete?: number;
      /** @description Everything up to here is counted */
      position: components['schemas']['Position'];
      total: number;
    };
    Behind: {
      /** @description Not counted yet; null where positions don’t count events, or the log can’t be read */
      events: number | null;
      /** @description Since the oldest of them was recorded; null where the log can’t be read */
      seconds: number | null;
    };
    BulkAnswer: {
      /**
       * Format: uuid
       * @description As sent, or made for this call
       */
      commandId: string;
      /** @description Read with minPosition, this shows what the call did */
      position: components['schemas']['Position'];
      /** @description In the order of ticketIds */
      results: components['schemas']['CommandResult'][];
    };
    Bulletin: {
      /** @description How far the figures are behind the log; absent where they are not */
      behind?: components['schemas']['Behind'];
      /** Format: date */
      date: string;
      /** @description Figures of the ticket day that are no longer what is shown here; a revision would publish them */
      differences: {
        by: number;
        establishment: string;
        /** @enum {string} */
        figure:
          | 'opened'
          | 'resolved'
          | 'resolvedSameDay'
          | 'reopened'
          | 'cancelled'
          | 'merged'
          | 'transferredIn'
          | 'transferredOut'
          | 'backlog';
        from: number;
        to: number;
      }[];
      draft: {
        /** @description Something was written since the last publication */
        changed: boolean;
        /** Format: date-time */
        writtenAt: string;
        writtenBy: string;
      };
      /** @description Frozen where published, as they are known now in a draft; null where the ticket day has not begun */
      figures: components['schemas']['KnownFigures'] | null;
      /** @description The newest publication; 0 before the first */
      lastRevision: number;
      /** @description The log that a publication’s figures were counted from; null where none was recorded */
      log: {
        /** @description Of every event up to there: SHA-256 */
        hash: string;
        /** @description The log’s identity */
        id: string;
        /** @description Where its figures were counted */
        position: components['schemas']['Position'];
      } | null;
      publishedAt: string | null;
      publishedBy: string | null;
      releves: {
        code: string;
        /** Format: date */
        day: string;
        /** @description Every value it had, oldest first */
        history: {
          source: string | null;
          target: number | null;
          total: number | null;
          value: number;
          /** Format: date-time */
          writtenAt: string;
          writtenBy: string;
        }[];
        label: string | null;
        /** @description Of the total, to one decimal; computed */
        percent: number | null;
        source: string | null;
        target: number | null;
        targetNote: string | null;
        total: number | null;
        unit: string | null;
        value: number;
      }[];
      /** @description The publication shown here: 1 for the first, 0 for a draft */
      revision: number;
      sections: {
        bilan?: string;
        faitsSaillants?: {
          establishment?: string;
          text: string;
        }[];
        objectif?: string;
      };
      /** @description Null for a draft, and for what was published unsigned */
      signature: {
        /** @enum {string} */
        algorithm: 'Ed25519';
        /** @description The key’s, as in /.well-known/bulletin-keys.json */
        kid: string;
        /** @description Date, revision, figures, log and the texts’ hash */
        signedPayload: string;
        /** @description The texts and relevés whose SHA-256 is in it */
        signedTexts: string;
        /** @description In base64url, of the bytes of `signedPayload` */
        value: string;
        /**
         * @description As this server finds it
         * @enum {string}
         */
        verification: 'verified' | 'invalid' | 'unknown-key';
      } | null;
      /**
       * @description Of the bulletin; what this answer shows is `revision`
       * @enum {string}
       */
      status: 'draft' | 'published' | 'withdrawn';
      /** Format: date */
      ticketDay: string;
      /** @description What the texts hold that names or reaches a person; absent where nothing was noticed */
      warnings?: components['schemas']['Warning'][];
      /** @description It shows the seven days up to the ticket day as a chart */
      weekChart: boolean;
      /** @description While the bulletin is withdrawn: what it says no longer stands */
      withdrawal: components['schemas']['Withdrawal'] | null;
    };
    BulletinDraft: {
      releves?: components['schemas']['Releve'][];
      sections: {
        /** @description Markdown; HTML in it is printed as the text it is */
        bilan?: string;
        faitsSaillants?: {
          /** @description Code, name or alias; all of them where left out */
          establishment?: string;
          /** @description Markdown; HTML in it is printed as the text it is */
          text: string;
        }[];
        /** @description Markdown; HTML in it is printed as the text it is */
        objectif?: string;
      };
      /**
       * Format: date
       * @description The day whose tickets the bulletin tells of
       */
      ticketDay: string;
      /** @description Shows the seven days up to the ticket day as a chart */
      weekChart?: boolean;
    };
    BulletinKeys: {
      keys: {
        /** @enum {string} */
        crv: 'Ed25519';
        /** @description Its thumbprint (RFC 7638), as signatures name it */
        kid: string;
        /** @enum {string} */
        kty: 'OKP';
        /** @enum {string} */
        use: 'sig';
        /** @description The public key, in base64url */
        x: string;
      }[];
    };
    BulletinRevision: {
      /** @description The same by establishment, with the events because of which; their deltas add up to `by` */
      changes: {
        by: number;
        establishment: string;
        events: {
          delta: number;
          /** Format: date-time */
          occurredAt: string;
          position: components['schemas']['Position'];
          /** Format: date-time */
          recordedAt: string;
          ticketId: string;
          type: string;
        }[];
        /** @enum {string} */
        figure:
          | 'opened'
          | 'resolved'
          | 'resolvedSameDay'
          | 'reopened'
          | 'cancelled'
          | 'merged'
          | 'transferredIn'
          | 'transferredOut'
          | 'backlog';
        from: number;
        to: number;
      }[];
      definitionsVersion: number;
      /** Format: date-time */
      knownAt: string;
      position: components['schemas']['Position'];
      /** Format: date-time */
      publishedAt: string;
      publishedBy: string;
      /** @description Relevés that changed, came or went */
      releves: {
        code: string;
        /** Format: date */
        day: string;
        from: {
          code: string;
          /** Format: date */
          day: string;
          label: string | null;
          /** @description Of the total, to one decimal; computed */
          percent: number | null;
          source: string | null;
          target: number | null;
          targetNote: string | null;
          total: number | null;
          unit: string | null;
          value: number;
        } | null;
        to: {
          code: string;
          /** Format: date */
          day: string;
          label: string | null;
          /** @description Of the total, to one decimal; computed */
          percent: number | null;
          source: string | null;
          target: number | null;
          targetNote: string | null;
          total: number | null;
          unit: string | null;
          value: number;
        } | null;
      }[];
      /** @description 1 is the first publication */
      revision: number;
      /** @description Sections whose text changed */
      texts: ('bilan' | 'faitsSaillants' | 'objectif')[];
      /** @description By how much each figure changed in total */
      total: {
        by: number;
        /** @enum {string} */
        figure:
          | 'opened'
          | 'resolved'
          | 'resolvedSameDay'
          | 'reopened'
          | 'cancelled'
          | 'merged'
          | 'transferredIn'
          | 'transferredOut'
          | 'backlog';
        from: number;
        to: number;
      }[];
    };
    BulletinRevisions: {
      items: components['schemas']['BulletinRevision'][];
      /** @description Each time it was withdrawn, oldest first */
      withdrawals: components['schemas']['Withdrawal'][];
    };
    Bulletins: {
      items: {
        /** Format: date */
        date: string;
        /** @description Something was written since the last publication */
        draftChanged: boolean;
        /** @description The newest publication’s */
        publishedAt: string | null;
        /** @description The newest publication; 0 before the first */
        revision: number;
        /** @enum {string} */
        status: 'draft' | 'published' | 'withdrawn';
        /** Format: date */
        ticketDay: string;
      }[];
    };
    BulletinWithdrawal: {
      /** @description Shown to every reader of the bulletin */
      reason: string;
    };
    Children: {
      items: {
        /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
        reference: string;
        /** @enum {string} */
        status: 'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged';
        /** Format: uuid */
        ticketId: string;
        title: string;
      }[];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
      /** @description How many people have the problem: who reported it first, and one for each ticket under it */
      people: number;
    };
    ChildResult: {
      /** @description As sent; made from the parent’s for a child */
      commandId: string | null;
      problem?: components['schemas']['Refusal'];
      revision?: number;
      /**
       * @description refused: asked again as it is, it may be taken once the reason is gone. retry: it could not be judged, since something was away; keep it and send it again, before anything later about its ticket
       * @enum {string}
       */
      status: 'applied' | 'duplicate' | 'unchanged' | 'refused' | 'retry';
      ticketId: string | null;
    };
    CommandAnswer: {
      assignee: string | null;
      /** @description How many files it has, at most 10 */
      attachments: number;
      /** @enum {string} */
      category:
        | 'acces'
        | 'impression'
        | 'ordonnances'
        | 'pharmacie'
        | 'laboratoire'
        | 'imagerie'
        | 'rendez-vous'
        | 'admission'
        | 'materiel'
        | 'documentation-clinique'
        | 'bloc-operatoire'
        | 'formation'
        | 'autre';
      description: string | null;
      establishment: string;
      links: {
        /** @enum {string} */
        relation: 'related' | 'parent' | 'duplicate';
        /** Format: uuid */
        to: string;
      }[];
      location: string | null;
      mergedInto: string | null;
      /**
       * Format: date-time
       * @description When it happened, as counted
       */
      openedAt: string;
      /** @enum {string} */
      priority: 'P1' | 'P2' | 'P3' | 'P4';
      /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
      reference: string;
      /** @description Who asked for help */
      requester: {
        contact: string | null;
        name: string;
      } | null;
      resolution: {
        /** @enum {string} */
        code:
          | 'fixed'
          | 'configuration'
          | 'training'
          | 'hardware-replaced'
          | 'workaround'
          | 'no-fault-found'
          | 'duplicate';
        note: string;
      } | null;
      /** @description While it is resolved or closed */
      resolvedAt: string | null;
      revision: number;
      site: string | null;
      /** @enum {string} */
      status: 'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged';
      team: string | null;
      /** Format: uuid */
      ticketId: string;
      title: string;
      /**
       * Format: date-time
       * @description When the newest event was recorded
       */
      updatedAt: string;
      /** @description What the texts hold that names or reaches a person; absent where nothing was noticed */
      warnings?: components['schemas']['Warning'][];
      /** @description How many people are told of what becomes of it */
      watchers: number;
    };
    CommandResult: {
      /** @description With cascade: what became of each child */
      cascade?: components['schemas']['ChildResult'][];
      /** @description As sent; made from the parent’s for a child */
      commandId: string | null;
      problem?: components['schemas']['Refusal'];
      revision?: number;
      /**
       * @description refused: asked again as it is, it may be taken once the reason is gone. retry: it could not be judged, since something was away; keep it and send it again, before anything later about its ticket
       * @enum {string}
       */
      status: 'applied' | 'duplicate' | 'unchanged' | 'refused' | 'retry';
      ticketId: string | null;
      /** @description What the texts hold that names or reaches a person; absent where nothing was noticed */
      warnings?: components['schemas']['Warning'][];
    };
    DayFigures: {
      /** @description How far the figures are behind the log; absent where they are not */
      behind?: components['schemas']['Behind'];
      /** Format: date */
      date: string;
      establishments: {
        /** @description Tickets active at the last instant of the day */
        backlog: number;
        cancelled: number;
        code: string;
        merged: number;
        name: string;
        /** @description First openings of the day: «billets quotidiens» */
        opened: number;
        reopened: number;
        /** @description Every transition into resolved on the day, whatever day the ticket was opened */
        resolved: number;
        /** @description Tickets opened on the day and resolved at its end: «billets quotidiens résolus au cours de cette même période» */
        resolvedSameDay: number;
        /**
         * @description The day has not begun here yet: the backlog is that of the day before
         * @enum {string}
         */
        status?: 'future';
        transferredIn: number;
        transferredOut: number;
      }[];
      /** @description Tickets of which something could not be counted yet; absent where the figures are whole */
      incomplete?: number;
      /** Format: date-time */
      knownAt: string;
      /** @description Events of the day that came late; absent where none did, for figures as of another time or by the reporting zone */
      lateEvents?: {
        /** @description Recorded when the day was over where they count */
        afterClose: number;
        /** @description Recorded after the day’s figures were published last; absent for a day that was not */
        afterPublication?: number;
      };
      /** @description Everything up to here is counted */
      position: components['schemas']['Position'];
      revision: number;
      /** @enum {string} */
      status: 'in-progress' | 'closed' | 'published';
      /** @description The reporting zone; each establishment’s day is cut by its own */
      timeZone: string;
      total: {
        /** @description Tickets active at the last instant of the day */
        backlog: number;
        cancelled: number;
        merged: number;
        /** @description First openings of the day: «billets quotidiens» */
        opened: number;
        reopened: number;
        /** @description Every transition into resolved on the day, whatever day the ticket was opened */
        resolved: number;
        /** @description Tickets opened on the day and resolved at its end: «billets quotidiens résolus au cours de cette même période» */
        resolvedSameDay: number;
        transferredIn: number;
        transferredOut: number;
      };
    };
    DeadLetter: {
      attempts: number;
      error: string;
      eventType: string;
      /** Format: date-time */
      failedAt: string;
      generation: number;
      id: string;
      position: components['schemas']['Position'];
      projection: string;
      revision: number;
      stream: string;
      /** @description Later events of the stream that wait behind it */
      waiting: number;
    };
    DeadLetters: {
      items: components['schemas']['DeadLetter'][];
    };
    DeletedDraft: {
      /** Format: date */
      date: string;
      /** @enum {boolean} */
      deleted: true;
      position: components['schemas']['Position'];
    };
    DeletedTemplate: {
      /** @enum {boolean} */
      deleted: true;
      /** Format: uuid */
      id: string;
    };
    DeletedView: {
      /** @enum {boolean} */
      deleted: true;
      /** Format: uuid */
      id: string;
    };
    ErasedTexts: {
      basis: string;
      /** @description Lists, search and everything else that is read hold none of them by now; else within moments */
      emptied: boolean;
      /**
       * Format: date-time
       * @description The first time
       */
      erasedAt: string;
      /** @description Read with minPosition, nothing shows any of them */
      position: components['schemas']['Position'];
      reason: string;
      /** @enum {string} */
      status: 'erased' | 'already-erased';
      /** @description How many texts there were; 0 where they were gone already */
      texts: number;
      /** Format: uuid */
      ticketId: string;
    };
    ErasedTextsOfAll: {
      /** @description Lists, search and everything else that is read hold none of them by now; else within moments */
      emptied: boolean;
      /** @description In the order of tickets, each once */
      results: (
        | {
            basis: string;
            /**
             * Format: date-time
             * @description The first time
             */
            erasedAt: string;
            /** @description Read with minPosition, nothing shows any of them */
            position: components['schemas']['Position'];
            reason: string;
            /** @enum {string} */
            status: 'erased' | 'already-erased';
            /** @description How many texts there were; 0 where they were gone already */
            texts: number;
            /** Format: uuid */
            ticketId: string;
          }
        | {
            problem: components['schemas']['Problem'];
            /** @enum {string} */
            status: 'refused';
            /** Format: uuid */
            ticketId: string;
          }
      )[];
    };
    Erasures: {
      items: {
        actor: string;
        /**
         * Format: date-time
         * @description When that was recorded
         */
        at: string;
        basis: string;
        /** @description Where the ticket was then */
        establishment: string;
        position: components['schemas']['Position'];
        reason: string;
        /** Format: uuid */
        ticketId: string;
      }[];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
    };
    FigureItems: {
      /** @description How far the figures are behind the log; absent where they are not */
      behind?: components['schemas']['Behind'];
      items: {
        /** @description What the event adds to the figure: all of them add up to it */
        delta: number;
        establishment: string;
        /** Format: date-time */
        occurredAt: string;
        position: components['schemas']['Position'];
        /** Format: date-time */
        recordedAt: string;
        /** Format: uuid */
        ticketId: string;
        /** @description The event that took it back later, on whatever day; absent where none did */
        undoneBy?: {
          /** Format: date-time */
          occurredAt: string;
          position: components['schemas']['Position'];
          /** Format: date-time */
          recordedAt: string;
        };
      }[];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
      /** @description Everything up to here is counted, on every page */
      position: components['schemas']['Position'];
    };
    FutureDay: {
      /** Format: date */
      date: string;
      /** Format: date-time */
      knownAt: string;
      /** @description Everything up to here is counted */
      position: components['schemas']['Position'];
      revision: number;
      /** @enum {string} */
      status: 'future';
      /** @description The reporting zone; each establishment’s day is cut by its own */
      timeZone: string;
    };
    Health: {
      /** @description Where files are, and who looks into them for viruses: nobody, unless a scanner is set */
      attachments?: {
        /** @enum {string} */
        scanner: 'none' | 'clamd';
        /** @enum {string} */
        store: 'folder' | 's3';
      };
      /** @description The clocks that stamp events; absent while PostgreSQL is away */
      clocks?: {
        /** @description PostgreSQL’s clock, before this process’s */
        databaseAheadSeconds: number;
        /** @description The newest recordedAt, before PostgreSQL’s clock */
        recordedAheadSeconds: number;
        warning?: string;
      };
      database: {
        /**
         * @description Why it can’t be read or written; `error` says so in words
         * @enum {string}
         */
        code?: 'unreachable' | 'read-only' | 'not-permitted';
        error?: string;
        /** @enum {string} */
        status: 'ok' | 'unavailable';
      };
      eventStore: {
        error?: string;
        /** @description Which log it is */
        log?: string;
        position?: components['schemas']['Position'];
        /** @enum {string} */
        status: 'ok' | 'unavailable';
      };
      /** @description By name */
      projections: {
        [key: string]: {
          /**
           * @description What is wrong with it; `error` says so in words
           * @enum {string}
           */
          code?: 'failing' | 'leaderless' | 'late';
          error?: string;
          /**
           * Format: date-time
           * @description While its state is failing
           */
          failingSince?: string;
          /** @description Tickets of which something could not be counted yet */
          incomplete: number;
          /** @description null while the log can’t be read, or its positions don’t count events */
          lagEvents: number | null;
          lagSeconds: number | null;
          leader: string | null;
          position: components['schemas']['Position'];
          rebuilding: boolean;
          /** @enum {string} */
          state: 'following' | 'failing' | 'leaderless' | 'outdated';
          /** @enum {string} */
          status: 'ok' | 'unavailable';
        };
      };
      /** @enum {string} */
      status: 'ok' | 'unavailable';
    };
    Incident: {
      /** @description Absent where it is not known in time */
      people?: number;
      /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
      reference: string;
      /** @enum {string} */
      status: 'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged';
      /**
       * Format: uuid
       * @description The ticket of the path, or the one it was merged into
       */
      ticketId: string;
      title: string;
    };
    KnownFigures: {
      definitionsVersion: number;
      establishments: {
        backlog: number;
        cancelled: number;
        code: string;
        merged: number;
        name: string;
        opened: number;
        reopened: number;
        resolved: number;
        resolvedSameDay: number;
        transferredIn: number;
        transferredOut: number;
      }[];
      /** Format: date-time */
      knownAt: string;
      /** @description Every event up to here is counted */
      position: components['schemas']['Position'];
      timeZone: string;
      total: {
        backlog: number;
        cancelled: number;
        merged: number;
        opened: number;
        reopened: number;
        resolved: number;
        resolvedSameDay: number;
        transferredIn: number;
        transferredOut: number;
      };
      /** @description The days of its chart, where it has one */
      week?: {
        /** Format: date */
        date: string;
        opened: number;
        resolved: number;
      }[];
    };
    LeftViewer: {
      /** @enum {boolean} */
      left: true;
      /** Format: uuid */
      viewerId: string;
    };
    LegalHold: {
      held: boolean;
      position: components['schemas']['Position'];
      reason: string | null;
      since: string | null;
      /** Format: uuid */
      ticketId: string;
    };
    LegalHolds: {
      items: {
        actor: string;
        /**
         * Format: date-time
         * @description When that was recorded
         */
        at: string;
        /** @description Where the ticket was then */
        establishment: string;
        position: components['schemas']['Position'];
        reason: string;
        /** Format: uuid */
        ticketId: string;
      }[];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
    };
    LiveNews:
      | {
          actor: string;
          /**
           * Format: uuid
           * @description Whoever sent the command knows its own by it
           */
          commandId: string;
          /** Format: date-time */
          occurredAt: string;
          /** @description The same as `id:` */
          position: components['schemas']['Position'];
          /** Format: date-time */
          recordedAt: string;
          revision: number;
          /** @description As it was right after the event */
          ticket: components['schemas']['Ticket'];
          /** Format: uuid */
          ticketId: string;
          /** @description As in the ticket’s history */
          type: string;
        }
      | {
          actor: string;
          /**
           * Format: uuid
           * @description Whoever sent the command knows its own by it
           */
          commandId: string;
          mergedInto: string | null;
          /** Format: date-time */
          occurredAt: string;
          /** @description The same as `id:` */
          position: components['schemas']['Position'];
          /**
           * @description transferred: out of your establishments
           * @enum {string}
           */
          reason: 'merged' | 'transferred';
          /** Format: date-time */
          recordedAt: string;
          revision: number;
          /** Format: uuid */
          ticketId: string;
          /** @description As in the ticket’s history */
          type: string;
        }
      | {
          /** @description The end of the log: everything after it is told */
          position: components['schemas']['Position'];
          /** @enum {string} */
          reason: 'log-went-back';
        };
    LoggedAccess: {
      /**
       * @description many-tickets and many-refusals are alerts of the log itself, about this person
       * @enum {string}
       */
      action:
        | 'read'
        | 'list'
        | 'search'
        | 'history'
        | 'command'
        | 'batch'
        | 'changes'
        | 'live'
        | 'figure'
        | 'revisions'
        | 'dead-letters'
        | 'export'
        | 'erasure'
        | 'accesses'
        | 'attachment'
        | 'undeclared'
        | 'many-tickets'
        | 'many-refusals';
      address: string;
      /** Format: date-time */
      at: string;
      /** @description The program or the session, as far as they say */
      client: string;
      /** @description How many tickets were shown; of an alert, how many tickets or refusals within an hour */
      count: number;
      /** @description Where it was then, where that was shown */
      establishment?: string;
      person: string;
      /** @description `X-Purpose`, with what names or reaches a person masked */
      purpose?: string;
      /** @description It was not shown: 403 or 404 */
      refused: boolean;
      roles: string[];
      /**
       * Format: uuid
       * @description The ticket, where it is one, or one was filtered by
       */
      ticketId?: string;
      /** @description The tickets, where there are several */
      ticketIds?: string[];
    };
    MeTooAnswer: {
      assignee: string | null;
      /** @description How many files it has, at most 10 */
      attachments: number;
      /** @enum {string} */
      category:
        | 'acces'
        | 'impression'
        | 'ordonnances'
        | 'pharmacie'
        | 'laboratoire'
        | 'imagerie'
        | 'rendez-vous'
        | 'admission'
        | 'materiel'
        | 'documentation-clinique'
        | 'bloc-operatoire'
        | 'formation'
        | 'autre';
      description: string | null;
      establishment: string;
      incident?: components['schemas']['Incident'];
      links: {
        /** @enum {string} */
        relation: 'related' | 'parent' | 'duplicate';
        /** Format: uuid */
        to: string;
      }[];
      location: string | null;
      mergedInto: string | null;
      /**
       * Format: date-time
       * @description When it happened, as counted
       */
      openedAt: string;
      /** @enum {string} */
      priority: 'P1' | 'P2' | 'P3' | 'P4';
      /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
      reference: string;
      /** @description Who asked for help */
      requester: {
        contact: string | null;
        name: string;
      } | null;
      resolution: {
        /** @enum {string} */
        code:
          | 'fixed'
          | 'configuration'
          | 'training'
          | 'hardware-replaced'
          | 'workaround'
          | 'no-fault-found'
          | 'duplicate';
        note: string;
      } | null;
      /** @description While it is resolved or closed */
      resolvedAt: string | null;
      revision: number;
      site: string | null;
      /** @enum {string} */
      status: 'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged';
      team: string | null;
      /** Format: uuid */
      ticketId: string;
      title: string;
      /**
       * Format: date-time
       * @description When the newest event was recorded
       */
      updatedAt: string;
      /** @description What the texts hold that names or reaches a person; absent where nothing was noticed */
      warnings?: components['schemas']['Warning'][];
      /** @description How many people are told of what becomes of it */
      watchers: number;
    };
    Notification: {
      actor: string;
      establishment: string;
      /** Format: date-time */
      occurredAt: string;
      /** @description Of the event; newest first */
      position: components['schemas']['Position'];
      /**
       * @description A note mentions you («@» and your name), the ticket was given to you, or you watch it
       * @enum {string}
       */
      reason: 'mentioned' | 'assigned' | 'watching';
      /** Format: date-time */
      recordedAt: string;
      /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
      reference: string;
      /** Format: uuid */
      ticketId: string;
      /** @description As it is now */
      title: string;
      /** @description What happened: the type of the event, as in the ticket’s history */
      type: string;
    };
    Notifications: {
      items: components['schemas']['Notification'][];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
      /** @description Everything up to here has been looked at */
      position: components['schemas']['Position'];
    };
    /**
     * @description A position in the log, in decimal digits.
     * @example 16539
     */
    Position: string;
    Preferences: {
      /** @description The teams that are yours, as tickets name them; they give no right */
      teams: string[];
    };
    Problem: {
      /** @description What to do about it */
      detail: string;
      errors?: {
        message: string;
        pointer: string;
      }[];
      status: number;
      title: string;
      /** @description Ends in the stable code; see /problems */
      type: string;
    } & {
      [key: string]: unknown;
    };
    ProblemKind: {
      /** @description What to do about it */
      detail: {
        en: string;
        fr: string;
      };
      status: number;
      title: {
        en: string;
        fr: string;
      };
      type: string;
    };
    Projection: {
      batchSize: number;
      epoch: string;
      /** @description null while it does not fail */
      failingSince: string | null;
      /** @description How often its rows have been made from the beginning */
      generation: number;
      /** @description Tickets of which something is put aside */
      incomplete: number;
      /** @description null while the log can’t be read, or its positions don’t count events */
      lagEvents: number | null;
      lagSeconds: number | null;
      lastError: string | null;
      /** @description host:process:id */
      leader: string | null;
      name: string;
      position: components['schemas']['Position'];
      /** @description Events a second */
      rate: number;
      rebuild: {
        generation: number;
        incomplete: number;
        lastError: string | null;
        leader: string | null;
        of: components['schemas']['Position'] | null;
        position: components['schemas']['Position'];
        rate: number;
        secondsLeft: number | null;
        /** Format: date-time */
        startedAt: string;
        version: number;
      } | null;
      /** @enum {string} */
      state: 'following' | 'failing' | 'leaderless' | 'outdated';
      /** @description What comparing these rows with the ones they replaced came to */
      verification: {
        different: number;
        first: {
          expected: {
            [key: string]: unknown;
          } | null;
          key: {
            [key: string]: unknown;
          };
          served: {
            [key: string]: unknown;
          } | null;
          table: string;
        }[];
        /** @description Both were compared at this position */
        position: components['schemas']['Position'];
        rows: number;
      } | null;
      version: number;
    };
    Projections: {
      items: components['schemas']['Projection'][];
    };
    RangeOfFigures: {
      items: (components['schemas']['DayFigures'] | components['schemas']['FutureDay'])[];
    };
    Refusal: {
      /** @description What to do about it */
      detail: string;
      errors?: {
        message: string;
        pointer: string;
      }[];
      status: number;
      /** @description As it is, where a rule of its life refuses and you may read it */
      ticket?: components['schemas']['Ticket'];
      title: string;
      /** @description Ends in the stable code; see /problems */
      type: string;
    } & {
      [key: string]: unknown;
    };
    Releve: {
      /** @description connected-users, accesses-done, simultaneous-users, direct-prescriptions and documented-surgeries have sentences of their own; any other is printed under its label. */
      code: string;
      /**
       * Format: date
       * @description The day it was taken on: its own, not the bulletin’s
       */
      day: string;
      /** @description How the bulletin names it, where its code has no sentence of its own */
      label?: string;
      /** @description Who or what it was taken from */
      source?: string;
      target?: number;
      /** @description By when, says who: printed after the target */
      targetNote?: string;
      /** @description What the value is a part of */
      total?: number;
      /** @description `%` where the value is a percentage itself */
      unit?: string;
      value: number;
    };
    Report:
      | {
          /** @description How far the figures are behind the log; absent where they are not */
          behind?: components['schemas']['Behind'];
          by: ('team' | 'category' | 'establishment' | 'day') | null;
          /** Format: date */
          from: string;
          /** @description In the order of their codes; groups without tickets are left out */
          groups: {
            /** @description Those that somebody took care of: the first of work started, put on hold, assigned to a person, or resolved; by when it happened */
            answered: number;
            /** @description The team, the code of the category or establishment, or the day; null: without a team */
            code: string | null;
            /** @description The median (50th percentile) by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            medianSeconds: number | null;
            name: string;
            /** @description The 90th percentile by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            p90Seconds: number | null;
            /** @description First openings of the days, where figures count them */
            tickets: number;
          }[];
          /** @description Tickets of which something could not be counted yet; absent where the report is whole */
          incomplete?: number;
          /** Format: date-time */
          knownAt: string;
          /** @description Everything up to here is counted */
          position: components['schemas']['Position'];
          /** @enum {string} */
          report: 'responses';
          /** Format: date */
          to: string;
          total: {
            /** @description Those that somebody took care of: the first of work started, put on hold, assigned to a person, or resolved; by when it happened */
            answered: number;
            /** @description The median (50th percentile) by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            medianSeconds: number | null;
            /** @description The 90th percentile by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            p90Seconds: number | null;
            /** @description First openings of the days, where figures count them */
            tickets: number;
          };
        }
      | {
          /** @description How far the figures are behind the log; absent where they are not */
          behind?: components['schemas']['Behind'];
          by: ('team' | 'category' | 'establishment' | 'day') | null;
          /** @description Opened against resolved, every day of the range */
          days: {
            /** Format: date */
            date: string;
            opened?: number;
            resolved?: number;
            /**
             * @description The day has not begun, and has no counts
             * @enum {string}
             */
            status?: 'future';
          }[];
          /** Format: date */
          from: string;
          /** @description In the order of their codes; groups without tickets are left out */
          groups: {
            /** @description The team, the code of the category or establishment, or the day; null: without a team */
            code: string | null;
            /** @description The median (50th percentile) by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            medianSeconds: number | null;
            name: string;
            /** @description First openings of the same days */
            opened: number;
            /** @description The 90th percentile by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            p90Seconds: number | null;
            /** @description Every transition into resolved, as figures count them */
            resolved: number;
          }[];
          /** @description Tickets of which something could not be counted yet; absent where the report is whole */
          incomplete?: number;
          /** Format: date-time */
          knownAt: string;
          /** @description Everything up to here is counted */
          position: components['schemas']['Position'];
          /** @enum {string} */
          report: 'resolutions';
          /** Format: date */
          to: string;
          total: {
            /** @description The median (50th percentile) by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            medianSeconds: number | null;
            /** @description First openings of the same days */
            opened: number;
            /** @description The 90th percentile by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            p90Seconds: number | null;
            /** @description Every transition into resolved, as figures count them */
            resolved: number;
          };
        }
      | {
          /** @description How far the figures are behind the log; absent where they are not */
          behind?: components['schemas']['Behind'];
          by: ('team' | 'category' | 'establishment' | 'day') | null;
          /** Format: date */
          from: string;
          /** @description In the order of their codes; groups without tickets are left out */
          groups: {
            /** @description By the time since the first opening, in days of 24 hours */
            byAge: {
              d1to3: number;
              d3to7: number;
              gt7d: number;
              lt1d: number;
            };
            /** @description The team, the code of the category or establishment, or the day; null: without a team */
            code: string | null;
            /** @description The median (50th percentile) by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            medianSeconds: number | null;
            name: string;
            /** @description The 90th percentile by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            p90Seconds: number | null;
            /** @description Active at the end of the day, as the backlog of figures */
            tickets: number;
          }[];
          /** @description Tickets of which something could not be counted yet; absent where the report is whole */
          incomplete?: number;
          /** Format: date-time */
          knownAt: string;
          /** @description Everything up to here is counted */
          position: components['schemas']['Position'];
          /** @enum {string} */
          report: 'ageing';
          /** Format: date */
          to: string;
          total: {
            /** @description By the time since the first opening, in days of 24 hours */
            byAge: {
              d1to3: number;
              d3to7: number;
              gt7d: number;
              lt1d: number;
            };
            /** @description The median (50th percentile) by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            medianSeconds: number | null;
            /** @description The 90th percentile by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            p90Seconds: number | null;
            /** @description Active at the end of the day, as the backlog of figures */
            tickets: number;
          };
        }
      | {
          /** @description How far the figures are behind the log; absent where they are not */
          behind?: components['schemas']['Behind'];
          by: ('team' | 'category' | 'establishment' | 'day') | null;
          /** Format: date */
          from: string;
          /** @description In the order of their codes; groups without tickets are left out */
          groups: {
            /** @description The team, the code of the category or establishment, or the day; null: without a team */
            code: string | null;
            /** @description The median (50th percentile) by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            medianSeconds: number | null;
            name: string;
            /** @description The 90th percentile by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            p90Seconds: number | null;
            /** @description reopened / resolved, with four decimals; null where nothing was resolved */
            rate: number | null;
            /** @description Those that a reopening undid, on whatever day */
            reopened: number;
            /** @description Every transition into resolved, as figures count them */
            resolved: number;
          }[];
          /** @description Tickets of which something could not be counted yet; absent where the report is whole */
          incomplete?: number;
          /** Format: date-time */
          knownAt: string;
          /** @description Everything up to here is counted */
          position: components['schemas']['Position'];
          /** @enum {string} */
          report: 'reopened';
          /** Format: date */
          to: string;
          total: {
            /** @description The median (50th percentile) by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            medianSeconds: number | null;
            /** @description The 90th percentile by nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none */
            p90Seconds: number | null;
            /** @description reopened / resolved, with four decimals; null where nothing was resolved */
            rate: number | null;
            /** @description Those that a reopening undid, on whatever day */
            reopened: number;
            /** @description Every transition into resolved, as figures count them */
            resolved: number;
          };
        };
    ReportTickets: {
      /** @description How far the figures are behind the log; absent where they are not */
      behind?: components['schemas']['Behind'];
      items: {
        /**
         * Format: date-time
         * @description When the duration begins: the opening, or the resolution
         */
        beganAt: string;
        /** @enum {string} */
        category:
          | 'acces'
          | 'impression'
          | 'ordonnances'
          | 'pharmacie'
          | 'laboratoire'
          | 'imagerie'
          | 'rendez-vous'
          | 'admission'
          | 'materiel'
          | 'documentation-clinique'
          | 'bloc-operatoire'
          | 'formation'
          | 'autre';
        /** @description When it ends: the first response, the resolution, the instant of the age, the reopening; null: not yet */
        endedAt: string | null;
        establishment: string;
        /** Format: date-time */
        openedAt: string;
        /** @description That of the event the ticket is counted for */
        position: components['schemas']['Position'];
        /** @description The duration */
        seconds: number | null;
        team: string | null;
        /** Format: uuid */
        ticketId: string;
      }[];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
      /** @description Everything up to here is counted, on every page */
      position: components['schemas']['Position'];
      /** @enum {string} */
      report: 'responses' | 'resolutions' | 'ageing' | 'reopened';
    };
    ResolvedTicket: {
      assignee: string | null;
      /** @description How many files it has, at most 10 */
      attachments: number;
      /** @description With cascade: what became of each ticket that was under this one when it was resolved */
      cascade?: components['schemas']['ChildResult'][];
      /** @enum {string} */
      category:
        | 'acces'
        | 'impression'
        | 'ordonnances'
        | 'pharmacie'
        | 'laboratoire'
        | 'imagerie'
        | 'rendez-vous'
        | 'admission'
        | 'materiel'
        | 'documentation-clinique'
        | 'bloc-operatoire'
        | 'formation'
        | 'autre';
      /** @description Without cascade: tickets under this one that are still active; absent where there are none */
      children?: {
        /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
        reference: string;
        /** @enum {string} */
        status: 'open' | 'in-progress' | 'waiting';
        /** Format: uuid */
        ticketId: string;
        title: string;
      }[];
      description: string | null;
      establishment: string;
      links: {
        /** @enum {string} */
        relation: 'related' | 'parent' | 'duplicate';
        /** Format: uuid */
        to: string;
      }[];
      location: string | null;
      mergedInto: string | null;
      /**
       * Format: date-time
       * @description When it happened, as counted
       */
      openedAt: string;
      /** @enum {string} */
      priority: 'P1' | 'P2' | 'P3' | 'P4';
      /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
      reference: string;
      /** @description Who asked for help */
      requester: {
        contact: string | null;
        name: string;
      } | null;
      resolution: {
        /** @enum {string} */
        code:
          | 'fixed'
          | 'configuration'
          | 'training'
          | 'hardware-replaced'
          | 'workaround'
          | 'no-fault-found'
          | 'duplicate';
        note: string;
      } | null;
      /** @description While it is resolved or closed */
      resolvedAt: string | null;
      revision: number;
      site: string | null;
      /** @enum {string} */
      status: 'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged';
      team: string | null;
      /** Format: uuid */
      ticketId: string;
      title: string;
      /**
       * Format: date-time
       * @description When the newest event was recorded
       */
      updatedAt: string;
      /** @description What the texts hold that names or reaches a person; absent where nothing was noticed */
      warnings?: components['schemas']['Warning'][];
      /** @description How many people are told of what becomes of it */
      watchers: number;
    };
    Retention: {
      counts: {
        establishment: string;
        held: number;
        status: string;
        tickets: number;
      }[];
      due: number;
      /** @description These stay, by a legal hold */
      held: number;
      /** @description None: nothing is erased by itself */
      rules: {
        period: string;
        status: string;
      }[];
      /** @description The first of them, those that ended longest ago first */
      tickets: {
        /** Format: date-time */
        endedAt: string;
        establishment: string;
        status: string;
        /** Format: uuid */
        ticketId: string;
      }[];
    };
    Retried: {
      events: number;
      id: string;
      /** @enum {string} */
      outcome: 'applied';
    };
    SyncAnswer: {
      /** @description How far the device’s clock is ahead; null without sentAt */
      clockSkewMs: number | null;
      /** @description Read with minPosition, this shows what the batch did */
      position: components['schemas']['Position'];
      /** @description In the order sent */
      results: components['schemas']['CommandResult'][];
    };
    SyncChanges: {
      /** @description For the next call */
      cursor: string;
      /** @description This begins anew: forget what you hold, and take what follows */
      full: boolean;
      /** @description Tickets as they are now, in the order of their newest events */
      items: components['schemas']['Ticket'][];
      /** @description There is more right now: call again at once */
      more: boolean;
      /** @description When all begins anew, and when it has changed */
      reference?: {
        categories: string[];
        /** @description All there are, for transfers, too */
        establishments: {
          code: string;
          name: string;
          sites: {
            code: string;
            name: string;
            timeZone: string;
          }[];
          timeZone: string;
        }[];
        holdReasons: string[];
        priorities: string[];
        relations: string[];
        resolutionCodes: string[];
      };
      /** @description Tickets to hold no longer */
      tombstones: {
        mergedInto: string | null;
        /**
         * @description transferred: out of your establishments
         * @enum {string}
         */
        reason: 'merged' | 'transferred';
        /** Format: uuid */
        ticketId: string;
      }[];
    };
    SyncCommand:
      | {
          /** @enum {string} */
          category:
            | 'acces'
            | 'impression'
            | 'ordonnances'
            | 'pharmacie'
            | 'laboratoire'
            | 'imagerie'
            | 'rendez-vous'
            | 'admission'
            | 'materiel'
            | 'documentation-clinique'
            | 'bloc-operatoire'
            | 'formation'
            | 'autre';
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          description?: string;
          /** @description Code, official name or alias. */
          establishment: string;
          location?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @enum {string} */
          priority: 'P1' | 'P2' | 'P3' | 'P4';
          requester?: {
            /** @description How to reach them: a telephone number, an address, a room. */
            contact?: string;
            name: string;
          };
          site?: string;
          team?: string;
          /** Format: uuid */
          ticketId?: string;
          title: string;
          /** @enum {string} */
          type: 'open';
        }
      | {
          /** @description null takes the ticket from its person. */
          assignee?: string | null;
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @description null takes the ticket from its team. */
          team?: string | null;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'assign';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @description null: nobody is named any more. */
          requester: {
            /** @description How to reach them: a telephone number, an address, a room. */
            contact?: string;
            name: string;
          } | null;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'requester';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'watch';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'unwatch';
        }
      | {
          body: string;
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /** @description Not for the team that opened the ticket. */
          internal?: boolean;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'note';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /**
           * @description What the other ticket is to this one.
           * @enum {string}
           */
          relation: 'related' | 'parent' | 'duplicate';
          /** Format: uuid */
          ticketId: string;
          /**
           * Format: uuid
           * @description The other ticket.
           */
          to: string;
          /** @enum {string} */
          type: 'link';
        }
      | {
          /** @enum {string} */
          category:
            | 'acces'
            | 'impression'
            | 'ordonnances'
            | 'pharmacie'
            | 'laboratoire'
            | 'imagerie'
            | 'rendez-vous'
            | 'admission'
            | 'materiel'
            | 'documentation-clinique'
            | 'bloc-operatoire'
            | 'formation'
            | 'autre';
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'recategorize';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @enum {string} */
          priority: 'P1' | 'P2' | 'P3' | 'P4';
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'reprioritize';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'start';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          note?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /**
           * @description Whom the work waits for.
           * @enum {string}
           */
          reason: 'user' | 'vendor' | 'change';
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'hold';
        }
      | {
          /** @description Resolves the tickets under this one, too, with the same resolution. */
          cascade?: boolean;
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          resolution: {
            /** @enum {string} */
            code:
              | 'fixed'
              | 'configuration'
              | 'training'
              | 'hardware-replaced'
              | 'workaround'
              | 'no-fault-found'
              | 'duplicate';
            note: string;
          };
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'resolve';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'close';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          reason: string;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'reopen';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          reason: string;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'cancel';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /**
           * Format: uuid
           * @description The ticket that goes on. It has to be active.
           */
          into: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @description Reopens the ticket that goes on, if it is resolved. */
          reopenTarget?: boolean;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'merge';
        }
      | {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId: string;
          /** @description Code, official name or alias of where the ticket goes. */
          establishment: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          site?: string;
          /** Format: uuid */
          ticketId: string;
          /** @enum {string} */
          type: 'transfer';
        };
    Template: {
      author: string;
      commands: (
        | {
            /** @description null takes the ticket from its person. */
            assignee?: string | null;
            /** @description null takes the ticket from its team. */
            team?: string | null;
            /** @enum {string} */
            type: 'assign';
          }
        | {
            body: string;
            /** @description Not for the team that opened the ticket. */
            internal?: boolean;
            /** @enum {string} */
            type: 'note';
          }
        | {
            /**
             * @description What the other ticket is to this one.
             * @enum {string}
             */
            relation: 'related' | 'parent' | 'duplicate';
            /**
             * Format: uuid
             * @description The other ticket.
             */
            to: unknown;
            /** @enum {string} */
            type: 'link';
          }
        | {
            /** @enum {string} */
            category:
              | 'acces'
              | 'impression'
              | 'ordonnances'
              | 'pharmacie'
              | 'laboratoire'
              | 'imagerie'
              | 'rendez-vous'
              | 'admission'
              | 'materiel'
              | 'documentation-clinique'
              | 'bloc-operatoire'
              | 'formation'
              | 'autre';
            /** @enum {string} */
            type: 'recategorize';
          }
        | {
            /** @enum {string} */
            priority: 'P1' | 'P2' | 'P3' | 'P4';
            /** @enum {string} */
            type: 'reprioritize';
          }
        | {
            /** @enum {string} */
            type: 'start';
          }
        | {
            note?: string;
            /**
             * @description Whom the work waits for.
             * @enum {string}
             */
            reason: 'user' | 'vendor' | 'change';
            /** @enum {string} */
            type: 'hold';
          }
        | {
            /** @description Resolves the tickets under this one, too, with the same resolution. */
            cascade: unknown;
            resolution: {
              /** @enum {string} */
              code:
                | 'fixed'
                | 'configuration'
                | 'training'
                | 'hardware-replaced'
                | 'workaround'
                | 'no-fault-found'
                | 'duplicate';
              note: string;
            };
            /** @enum {string} */
            type: 'resolve';
          }
        | {
            /** @enum {string} */
            type: 'close';
          }
        | {
            reason: string;
            /** @enum {string} */
            type: 'reopen';
          }
        | {
            reason: string;
            /** @enum {string} */
            type: 'cancel';
          }
        | {
            /** @description Code, official name or alias of where the ticket goes. */
            establishment: string;
            site?: string;
            /** @enum {string} */
            type: 'transfer';
          }
      )[];
      establishment: string | null;
      /** Format: uuid */
      id: string;
      /** @description You may change and delete it */
      mine: boolean;
      name: string;
      /** @description As in ETag */
      revision: number;
      /**
       * @description team: agents and mobile teams of its establishments
       * @enum {string}
       */
      shared: 'me' | 'team';
      team: string | null;
      text: string | null;
      /** Format: date-time */
      updatedAt: string;
    };
    TemplateApplication: {
      /**
       * Format: uuid
       * @description As sent, or made for this call
       */
      commandId: string;
      /** @description Read with minPosition, this shows what the call did */
      position: components['schemas']['Position'];
      /** @description In the order of ticketIds; each with the status that needs most attention among its commands */
      results: components['schemas']['AppliedTemplate'][];
    };
    TemplateList: {
      /** @description Yours, then those of others */
      items: components['schemas']['Template'][];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
    };
    TemplatePreview: {
      /** @description The commands that applying it sends, filled */
      commands: (
        | {
            /** @description null takes the ticket from its person. */
            assignee?: string | null;
            /** @description null takes the ticket from its team. */
            team?: string | null;
            /** @enum {string} */
            type: 'assign';
          }
        | {
            body: string;
            /** @description Not for the team that opened the ticket. */
            internal?: boolean;
            /** @enum {string} */
            type: 'note';
          }
        | {
            /**
             * @description What the other ticket is to this one.
             * @enum {string}
             */
            relation: 'related' | 'parent' | 'duplicate';
            /**
             * Format: uuid
             * @description The other ticket.
             */
            to: unknown;
            /** @enum {string} */
            type: 'link';
          }
        | {
            /** @enum {string} */
            category:
              | 'acces'
              | 'impression'
              | 'ordonnances'
              | 'pharmacie'
              | 'laboratoire'
              | 'imagerie'
              | 'rendez-vous'
              | 'admission'
              | 'materiel'
              | 'documentation-clinique'
              | 'bloc-operatoire'
              | 'formation'
              | 'autre';
            /** @enum {string} */
            type: 'recategorize';
          }
        | {
            /** @enum {string} */
            priority: 'P1' | 'P2' | 'P3' | 'P4';
            /** @enum {string} */
            type: 'reprioritize';
          }
        | {
            /** @enum {string} */
            type: 'start';
          }
        | {
            note?: string;
            /**
             * @description Whom the work waits for.
             * @enum {string}
             */
            reason: 'user' | 'vendor' | 'change';
            /** @enum {string} */
            type: 'hold';
          }
        | {
            /** @description Resolves the tickets under this one, too, with the same resolution. */
            cascade: unknown;
            resolution: {
              /** @enum {string} */
              code:
                | 'fixed'
                | 'configuration'
                | 'training'
                | 'hardware-replaced'
                | 'workaround'
                | 'no-fault-found'
                | 'duplicate';
              note: string;
            };
            /** @enum {string} */
            type: 'resolve';
          }
        | {
            /** @enum {string} */
            type: 'close';
          }
        | {
            reason: string;
            /** @enum {string} */
            type: 'reopen';
          }
        | {
            reason: string;
            /** @enum {string} */
            type: 'cancel';
          }
        | {
            /** @description Code, official name or alias of where the ticket goes. */
            establishment: string;
            site?: string;
            /** @enum {string} */
            type: 'transfer';
          }
      )[];
      /** Format: uuid */
      templateId: string;
      /** @description The template’s text, filled */
      text: string | null;
      /** Format: uuid */
      ticketId: string;
    };
    Ticket: {
      assignee: string | null;
      /** @description How many files it has, at most 10 */
      attachments: number;
      /** @enum {string} */
      category:
        | 'acces'
        | 'impression'
        | 'ordonnances'
        | 'pharmacie'
        | 'laboratoire'
        | 'imagerie'
        | 'rendez-vous'
        | 'admission'
        | 'materiel'
        | 'documentation-clinique'
        | 'bloc-operatoire'
        | 'formation'
        | 'autre';
      description: string | null;
      establishment: string;
      links: {
        /** @enum {string} */
        relation: 'related' | 'parent' | 'duplicate';
        /** Format: uuid */
        to: string;
      }[];
      location: string | null;
      mergedInto: string | null;
      /**
       * Format: date-time
       * @description When it happened, as counted
       */
      openedAt: string;
      /** @enum {string} */
      priority: 'P1' | 'P2' | 'P3' | 'P4';
      /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
      reference: string;
      /** @description Who asked for help */
      requester: {
        contact: string | null;
        name: string;
      } | null;
      resolution: {
        /** @enum {string} */
        code:
          | 'fixed'
          | 'configuration'
          | 'training'
          | 'hardware-replaced'
          | 'workaround'
          | 'no-fault-found'
          | 'duplicate';
        note: string;
      } | null;
      /** @description While it is resolved or closed */
      resolvedAt: string | null;
      revision: number;
      site: string | null;
      /** @enum {string} */
      status: 'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged';
      team: string | null;
      /** Format: uuid */
      ticketId: string;
      title: string;
      /**
       * Format: date-time
       * @description When the newest event was recorded
       */
      updatedAt: string;
      /** @description How many people are told of what becomes of it */
      watchers: number;
    };
    TicketHistory: {
      items: {
        actor: string;
        /**
         * Format: date-time
         * @description As claimed, by the clock of whoever did it
         */
        claimedAt: string;
        /** @description How far that clock was ahead, where it was corrected */
        clockSkewMs: number | null;
        /** Format: uuid */
        commandId: string;
        data: {
          [key: string]: unknown;
        };
        deviceId: string | null;
        /**
         * Format: date-time
         * @description The effective time: decides the day it counts in
         */
        occurredAt: string;
        position: components['schemas']['Position'];
        /**
         * Format: date-time
         * @description When the event store took it
         */
        recordedAt: string;
        /** @description Those of internal notes are left out for mobile teams */
        revision: number;
        /** @description What happened, in the language asked for (Accept-Language; French unless told) */
        sentence: string;
        type: string;
      }[];
      /** @description On the first page: the tickets that were merged into this one, 500 at most */
      mergedFrom: {
        actor: string;
        /** Format: date-time */
        occurredAt: string;
        position: components['schemas']['Position'];
        /** Format: date-time */
        recordedAt: string;
        /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
        reference: string;
        sentence: string;
        /**
         * Format: uuid
         * @description Its own history goes on being read at its own address
         */
        ticketId: string;
        title: string;
      }[];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
      /** @description The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one */
      reference: string;
      /** Format: uuid */
      ticketId: string;
    };
    TicketList: {
      /** @description With counts=true: how many tickets of each status the filter lets pass, on every page */
      counts?: {
        [key: string]: number;
      };
      /** @description With q: of each item, its title and what was found in its texts, as HTML with <mark>, otherwise escaped */
      highlights?: {
        text: string;
        /** Format: uuid */
        ticketId: string;
        title: string;
      }[];
      /** @description Tickets of which something could not be read yet; absent where the list is whole */
      incomplete?: number;
      items: components['schemas']['Ticket'][];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
      /** @description Everything up to here is in the list */
      position: components['schemas']['Position'];
    };
    View: {
      /** @description Who made it; null for built-in queues */
      author: string | null;
      /** @description Everybody has it, and nobody changes it */
      builtIn: boolean;
      /** @description With counts=true: how many tickets the list by it gives you; null where it would refuse */
      count?: number | null;
      filter: {
        /** @description A person’s name as tickets have it; me: you */
        assignee?: string;
        /**
         * @description Whose midnights cut the days: each site’s own (unless told), or the reporting zone’s for all
         * @enum {string}
         */
        basis?: 'site' | 'reporting-zone';
        /** @enum {string} */
        category?:
          | 'acces'
          | 'impression'
          | 'ordonnances'
          | 'pharmacie'
          | 'laboratoire'
          | 'imagerie'
          | 'rendez-vous'
          | 'admission'
          | 'materiel'
          | 'documentation-clinique'
          | 'bloc-operatoire'
          | 'formation'
          | 'autre';
        /** @description Code, official name or alias; one of yours */
        establishment?: string;
        /** @description Opened more than so many hours ago */
        olderThan?: number | unknown;
        /** @description Opened at this instant or later; or on this day or later, by the day that figures count the opening on */
        openedFrom?: string;
        /** @description Opened before this instant; or on this day or earlier */
        openedTo?: string;
        /** @enum {string} */
        priority?: 'P1' | 'P2' | 'P3' | 'P4';
        /** @description Words of titles, descriptions and notes, all of them: accents, case and punctuation do not matter, beginnings and typing errors will do; in quotes (« », " ", “ ”), words that follow each other, as they are written; a reference («K7M3-QX9P») finds its ticket first */
        q?: string;
        /** @description Words of the name of who asked for help, all of them; accents and case do not matter */
        requester?: string;
        /** @description One or more; active stands for open, in-progress and waiting */
        status?:
          | ('open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged' | 'active')
          | (
              'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged' | 'active'
            )[];
        team?: string;
        /**
         * @description mine: those of your teams, which you choose with PUT /v1/preferences
         * @enum {string}
         */
        teams?: 'mine';
        /** @description true: those that no person has; not with assignee */
        unassigned?: boolean | ('true' | 'false');
        /**
         * @description me: those that you watch
         * @enum {string}
         */
        watching?: 'me';
      };
      /** @description A UUID; of a built-in queue its name, which stays */
      id: string;
      /** @description You may change and delete it */
      mine: boolean;
      name: string;
      /** @description As in ETag; null for built-in queues */
      revision: number | null;
      /**
       * @description team: whoever has a role of yours and reads every establishment of yours, or the one it filters by
       * @enum {string}
       */
      shared: 'me' | 'team';
      sort: ('priority' | '-priority' | 'age' | '-age' | 'updated' | '-updated' | 'relevance') | null;
      updatedAt: string | null;
    };
    Viewers: {
      /** @description The names of the other people who look at it now, each once */
      others: string[];
      /** @description So long this is good for, unless it is said again */
      seconds: number;
    };
    ViewList: {
      /** @description The built-in queues, on the first page and beyond its limit; then yours; then those of others */
      items: components['schemas']['View'][];
      /** @description Where the next page begins; null on the last one */
      nextCursor: string | null;
    };
    Warning: {
      /**
       * @description What was noticed in a text
       * @enum {string}
       */
      code: 'health-number' | 'phone-number' | 'email-address';
      /** @description The text, as a JSON pointer into what was sent */
      pointer: string;
    };
    Withdrawal: {
      reason: string;
      /** @description The publication that stood until then */
      revision: number;
      /** Format: date-time */
      withdrawnAt: string;
      withdrawnBy: string;
    };
  };
  responses: {
    /** @description Changed meanwhile */
    ChangedMeanwhile: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description A rule refuses */
    Conflict: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not your role or establishment */
    Forbidden: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Malformed */
    Malformed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Well-formed, not acceptable */
    NotAcceptable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not found */
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not JSON */
    NotJson: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description In none of the forms asked for */
    NotOffered: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Body too large */
    TooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description No valid token */
    Unauthenticated: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not now; see Retry-After */
    Unavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  Bulletins_keys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The keys that publications are signed with, as a JWK set; the current one first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulletinKeys'];
        };
      };
    };
  };
  Health_live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The process runs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            status: 'ok';
          };
        };
      };
    };
  };
  Health_ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It can serve: database, event store, and how far each projection lags; 503 otherwise */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      /** @description It can’t serve, and why */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
    };
  };
  Metrics_scrape: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description For Prometheus: requests, the log, and each projection */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
    };
  };
  Problems_all: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every problem this API answers with */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ProblemKind'][];
          };
        };
      };
    };
  };
  Problems_one: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What a problem means and what to do about it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProblemKind'];
        };
      };
      404: components['responses']['NotFound'];
    };
  };
  DeadLetters_all: {
    parameters: {
      query?: never;
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What is put aside, the oldest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeadLetters'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  DeadLetters_retry: {
    parameters: {
      query?: never;
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Tries again: the event, and all that waited behind it, in order */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Retried'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Erasures_list: {
    parameters: {
      query?: {
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was erased when, by whom and why; the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Erasures'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Erasures_eraseAll: {
    parameters: {
      query?: never;
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description By which rule of law. It stays for good, in the histories too: name nobody in it */
          basis: string;
          /** @description Why. It stays for good, in the histories too: name nobody in it */
          reason: string;
          tickets: string[];
        };
      };
    };
    responses: {
      /** @description The same for up to 500 tickets */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErasedTextsOfAll'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  LegalHolds_list: {
    parameters: {
      query?: {
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What must be kept, since when and why; the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHolds'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Projections_all: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Each projection: how far it is, who leads it, and how its rebuild goes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Projections'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Projections_one: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One projection */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Projection'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Projections_rebuild: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Makes its rows anew beside those that are served, which they replace once they are as far */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Projection'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Projections_cancel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Cancels its rebuild; what is served stays as it is */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Projection'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Retention_due: {
    parameters: {
      query?: {
        /** @description Most tickets that are named */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
        /** @description Another one than RETENTION has: what it would erase */
        policy?: string;
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What would be erased by its age now: ids and counts, nobody’s texts */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Retention'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Erasures_erase: {
    parameters: {
      query?: never;
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description By which rule of law. It stays for good, in the histories too: name nobody in it */
          basis: string;
          /** @description Why. It stays for good, in the histories too: name nobody in it */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Erase all that was written of a ticket, for good */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErasedTexts'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  LegalHolds_place: {
    parameters: {
      query?: never;
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Why. It stays for good, in the histories too: name nobody in it */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Keep the texts of a ticket from being erased */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHold'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  LegalHolds_release: {
    parameters: {
      query?: never;
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Why. It stays for good, in the histories too: name nobody in it */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description Let them be erased again */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHold'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Accesses_list: {
    parameters: {
      query?: {
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Of CSV: `excel` has a byte order mark, `;` between cells, and headings, codes and decimals in the language; RFC 4180 unless told */
        dialect?: 'rfc4180' | 'excel';
        /** @description Goes before Accept */
        format?: 'json' | 'csv';
        /** @description At this instant or later; or on this day or later, in the reporting zone */
        from?: string;
        /** @description Goes before Accept-Language */
        lang?: 'fr' | 'en';
        /** @description Most items of a page */
        limit?: number;
        /** @description The subject of a token or a session */
        person?: string;
        /** @description Those that showed this ticket, or were refused it */
        ticket?: string;
        /** @description Before this instant; or on this day or earlier */
        to?: string;
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who was shown which tickets, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Accesses'];
          'text/csv': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      406: components['responses']['NotOffered'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Backlog_backlog: {
    parameters: {
      query: {
        /** @description The instant, by when things happened; late events count where they belong */
        at: string;
        establishment?: string;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The tickets active at an instant, by establishment, priority and age */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Backlog'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  BilletsQuotidiens_range: {
    parameters: {
      query: {
        /** @description The figures as they were known then: from all that was recorded up to this instant */
        asOf?: string;
        /** @description The figures as they were known then: from all that was recorded up to this position */
        asOfPosition?: components['schemas']['Position'];
        /** @description Whose midnights cut the days: each site’s own (unless told), or the reporting zone’s for all */
        basis?: 'site' | 'reporting-zone';
        /** @description Of CSV: `excel` has a byte order mark, `;` between cells, and headings, codes and decimals in the language; RFC 4180 unless told */
        dialect?: 'rfc4180' | 'excel';
        establishment?: string;
        /** @description Goes before Accept */
        format?: 'json' | 'csv' | 'xlsx';
        from: string;
        /** @description Goes before Accept-Language */
        lang?: 'fr' | 'en';
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
        to: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The figures of every day of a range */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RangeOfFigures'];
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'text/csv': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      406: components['responses']['NotOffered'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  BilletsQuotidiens_day: {
    parameters: {
      query?: {
        /** @description The figures as they were known then: from all that was recorded up to this instant */
        asOf?: string;
        /** @description The figures as they were known then: from all that was recorded up to this position */
        asOfPosition?: components['schemas']['Position'];
        /** @description Whose midnights cut the days: each site’s own (unless told), or the reporting zone’s for all */
        basis?: 'site' | 'reporting-zone';
        /** @description Of CSV: `excel` has a byte order mark, `;` between cells, and headings, codes and decimals in the language; RFC 4180 unless told */
        dialect?: 'rfc4180' | 'excel';
        establishment?: string;
        /** @description Goes before Accept */
        format?: 'json' | 'csv' | 'xlsx';
        /** @description Goes before Accept-Language */
        lang?: 'fr' | 'en';
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: never;
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The figures of a day */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DayFigures'];
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'text/csv': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      406: components['responses']['NotOffered'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  FigureItems_items: {
    parameters: {
      query: {
        /** @description The figures as they were known then: from all that was recorded up to this instant */
        asOf?: string;
        /** @description The figures as they were known then: from all that was recorded up to this position */
        asOfPosition?: components['schemas']['Position'];
        /** @description Whose midnights cut the days: each site’s own (unless told), or the reporting zone’s for all */
        basis?: 'site' | 'reporting-zone';
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        establishment?: string;
        figure:
          | 'opened'
          | 'resolved'
          | 'resolvedSameDay'
          | 'reopened'
          | 'cancelled'
          | 'merged'
          | 'transferredIn'
          | 'transferredOut'
          | 'backlog';
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The tickets and events that make up a figure of a day */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FigureItems'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Bulletins_list: {
    parameters: {
      query: {
        from: string;
        to: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bulletins of a range of dates, at most 62 days; dates without one are left out */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bulletins'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Bulletins_read: {
    parameters: {
      query?: {
        /** @description Of CSV: `excel` has a byte order mark, `;` between cells, and headings, codes and decimals in the language; RFC 4180 unless told */
        dialect?: 'rfc4180' | 'excel';
        /** @description Goes before Accept */
        format?: 'json' | 'html' | 'md' | 'pdf' | 'csv' | 'xlsx';
        /** @description Goes before Accept-Language */
        lang?: 'fr' | 'en';
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
        /** @description A publication by its number, or `draft`; the newest publication, else the draft, where left out */
        revision?: 'draft' | string;
      };
      header?: never;
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A bulletin, in the form asked for by Accept or ?format */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bulletin'];
          'application/pdf': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'text/csv': string;
          'text/html': string;
          'text/markdown': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      406: components['responses']['NotOffered'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Bulletins_write: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the bulletin that was read; 412 when it has changed. */
        'If-Match'?: string;
      };
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulletinDraft'];
      };
    };
    responses: {
      /** @description The same command again: what it did the first time */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bulletin'];
        };
      };
      /** @description Write the draft, whole */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bulletin'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Bulletins_deleteDraft: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the bulletin that was read; 412 when it has changed. */
        'If-Match'?: string;
      };
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Delete a draft that was never published */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeletedDraft'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Bulletins_publish: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the bulletin that was read; 412 when it has changed. */
        'If-Match'?: string;
      };
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Publish the draft, its figures frozen */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bulletin'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Bulletins_revise: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the bulletin that was read; 412 when it has changed. */
        'If-Match'?: string;
      };
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Publish the next revision: the draft and the figures as they are now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bulletin'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Bulletins_revisions: {
    parameters: {
      query?: never;
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every publication, with what changed, by how much and because of which events */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulletinRevisions'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Bulletins_withdraw: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the bulletin that was read; 412 when it has changed. */
        'If-Match'?: string;
      };
      path: {
        date: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulletinWithdrawal'];
      };
    };
    responses: {
      /** @description Withdraw what was published: it stays readable, with the reason */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bulletin'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  NewestBulletins_feed: {
    parameters: {
      query?: {
        /** @description Goes before Accept-Language */
        lang?: 'fr' | 'en';
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Atom (RFC 4287) */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/atom+xml': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  NewestBulletins_latest: {
    parameters: {
      query?: {
        /** @description Of CSV: `excel` has a byte order mark, `;` between cells, and headings, codes and decimals in the language; RFC 4180 unless told */
        dialect?: 'rfc4180' | 'excel';
        /** @description Goes before Accept */
        format?: 'json' | 'html' | 'md' | 'pdf' | 'csv' | 'xlsx';
        /** @description Goes before Accept-Language */
        lang?: 'fr' | 'en';
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
        /** @description A publication by its number, or `draft`; the newest publication, else the draft, where left out */
        revision?: 'draft' | string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The published bulletin with the newest date, as by its own address */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bulletin'];
          'application/pdf': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'text/csv': string;
          'text/html': string;
          'text/markdown': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      406: components['responses']['NotOffered'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Live_events: {
    parameters: {
      query?: {
        /** @description Code, official name or alias; one of yours */
        establishment?: string;
      };
      header?: {
        /** @description The last `id:`, or a position: everything after it; where the log went back and does not hold that any more, `event: resync` first. Without it, exactly what comes after the end of the log as it was when the connection was answered */
        'Last-Event-ID'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Live changes of the tickets of your establishments (Server-Sent Events): here the data of each. The first message is an `id:` alone: the position after which everything is told, and nothing before it. An `id:` is a position; once the log has gone back (a restored backup), a point and the log’s epoch follow. A ticket that is not at your establishments any more is told of as gone, also by changes from when it was */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Notifications_notifications: {
    parameters: {
      query?: {
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What became of the tickets that you watch, that were given to you or mention you */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Notifications'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  OwnTeams_read: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Your preferences */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Preferences'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  OwnTeams_write: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description The teams that are yours, as tickets name them; they give no right */
          teams: string[];
        };
      };
    };
    responses: {
      /** @description Replace your preferences */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Preferences'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Reports_report: {
    parameters: {
      query: {
        /** @description The figures as they were known then: from all that was recorded up to this instant */
        asOf?: string;
        /** @description The figures as they were known then: from all that was recorded up to this position */
        asOfPosition?: components['schemas']['Position'];
        /** @description What the report is divided by; day: not for ageing. The total alone unless told */
        by?: 'team' | 'category' | 'establishment' | 'day';
        /** @description Of CSV: `excel` has a byte order mark, `;` between cells, and headings, codes and decimals in the language; RFC 4180 unless told */
        dialect?: 'rfc4180' | 'excel';
        /** @description Code, official name or alias */
        establishment?: string;
        /** @description Goes before Accept */
        format?: 'json' | 'csv' | 'xlsx';
        /** @description The first day; not needed for ageing, which looks at one day */
        from?: string;
        /** @description Goes before Accept-Language */
        lang?: 'fr' | 'en';
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
        /** @description The last day; for ageing, the day at whose end the tickets are active */
        to: string;
      };
      header?: never;
      path: {
        report: 'responses' | 'resolutions' | 'ageing' | 'reopened';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How fast tickets are answered and resolved, how old they are, how many come back */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Report'];
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'text/csv': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      406: components['responses']['NotOffered'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  ReportTickets_tickets: {
    parameters: {
      query: {
        /** @description The figures as they were known then: from all that was recorded up to this instant */
        asOf?: string;
        /** @description The figures as they were known then: from all that was recorded up to this position */
        asOfPosition?: components['schemas']['Position'];
        category?:
          | 'acces'
          | 'impression'
          | 'ordonnances'
          | 'pharmacie'
          | 'laboratoire'
          | 'imagerie'
          | 'rendez-vous'
          | 'admission'
          | 'materiel'
          | 'documentation-clinique'
          | 'bloc-operatoire'
          | 'formation'
          | 'autre';
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Of CSV: `excel` has a byte order mark, `;` between cells, and headings, codes and decimals in the language; RFC 4180 unless told */
        dialect?: 'rfc4180' | 'excel';
        /** @description Code, official name or alias */
        establishment?: string;
        /** @description Goes before Accept. A file has all tickets from the cursor on, whatever the limit */
        format?: 'json' | 'csv' | 'xlsx';
        /** @description The first day; not needed for ageing, which looks at one day */
        from?: string;
        /** @description Goes before Accept-Language */
        lang?: 'fr' | 'en';
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
        /** @description responses: answered, unanswered; ageing: a class of ages; reopened: reopened, kept; all of them unless told */
        part?: 'answered' | 'unanswered' | 'lt1d' | 'd1to3' | 'd3to7' | 'gt7d' | 'reopened' | 'kept';
        team?: string;
        /** @description The last day; for ageing, the day at whose end the tickets are active */
        to: string;
        /** @description true: those without a team; not with team */
        withoutTeam?: 'true' | 'false';
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        report: 'responses' | 'resolutions' | 'ageing' | 'reopened';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The tickets behind a report, or behind one of its groups, each with its duration */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportTickets'];
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'text/csv': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      406: components['responses']['NotOffered'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Sync_push: {
    parameters: {
      query?: never;
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Judged one by one, those about the same ticket in their order. Where no answer came, send them again, in the same order: what was applied is answered as duplicate. What is answered as retry was not judged: keep it, and send it again later. */
          commands: components['schemas']['SyncCommand'][];
          deviceId: string;
          /**
           * Format: date-time
           * @description What the device’s clock shows when it sends: a skew above 2 minutes is corrected.
           */
          sentAt?: string;
        };
      };
    };
    responses: {
      /** @description Send a batch of commands, made online or offline */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  SyncChanges_changes: {
    parameters: {
      query?: {
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What changed since: at first everything that is needed offline */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncChanges'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Templates_list: {
    parameters: {
      query?: {
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Most items of a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The templates that you may use */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateList'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Templates_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A template */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Template'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Templates_write: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the template that was decided on; 412 when it has changed. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Carried out in this order. Notes, resolutions and reasons may hold {{reference}}, {{title}}, {{establishment}}, {{team}}, {{assignee}}, {{me}}, {{text}}; an assignee {{me}} only */
          commands?: (
            | {
                /** @description null takes the ticket from its person. */
                assignee?: string | null;
                /** @description null takes the ticket from its team. */
                team?: string | null;
                /** @enum {string} */
                type: 'assign';
              }
            | {
                body: string;
                /** @description Not for the team that opened the ticket. */
                internal?: boolean;
                /** @enum {string} */
                type: 'note';
              }
            | {
                /**
                 * @description What the other ticket is to this one.
                 * @enum {string}
                 */
                relation: 'related' | 'parent' | 'duplicate';
                /**
                 * Format: uuid
                 * @description The other ticket.
                 */
                to: string;
                /** @enum {string} */
                type: 'link';
              }
            | {
                /** @enum {string} */
                category:
                  | 'acces'
                  | 'impression'
                  | 'ordonnances'
                  | 'pharmacie'
                  | 'laboratoire'
                  | 'imagerie'
                  | 'rendez-vous'
                  | 'admission'
                  | 'materiel'
                  | 'documentation-clinique'
                  | 'bloc-operatoire'
                  | 'formation'
                  | 'autre';
                /** @enum {string} */
                type: 'recategorize';
              }
            | {
                /** @enum {string} */
                priority: 'P1' | 'P2' | 'P3' | 'P4';
                /** @enum {string} */
                type: 'reprioritize';
              }
            | {
                /** @enum {string} */
                type: 'start';
              }
            | {
                note?: string;
                /**
                 * @description Whom the work waits for.
                 * @enum {string}
                 */
                reason: 'user' | 'vendor' | 'change';
                /** @enum {string} */
                type: 'hold';
              }
            | {
                /** @description Resolves the tickets under this one, too, with the same resolution. */
                cascade?: boolean;
                resolution: {
                  /** @enum {string} */
                  code:
                    | 'fixed'
                    | 'configuration'
                    | 'training'
                    | 'hardware-replaced'
                    | 'workaround'
                    | 'no-fault-found'
                    | 'duplicate';
                  note: string;
                };
                /** @enum {string} */
                type: 'resolve';
              }
            | {
                /** @enum {string} */
                type: 'close';
              }
            | {
                reason: string;
                /** @enum {string} */
                type: 'reopen';
              }
            | {
                reason: string;
                /** @enum {string} */
                type: 'cancel';
              }
            | {
                /** @description Code, official name or alias of where the ticket goes. */
                establishment: string;
                site?: string;
                /** @enum {string} */
                type: 'transfer';
              }
          )[];
          /** @description Code, official name or alias, one of yours: for those who read it; unless told, for those who read all of yours */
          establishment?: string;
          name: string;
          /**
           * @description team: agents and mobile teams of its establishments
           * @default team
           * @enum {string}
           */
          shared?: 'me' | 'team';
          /** @description The team it is made for; it gives nobody a right */
          team?: string;
          /** @description What {{text}} stands for in the commands; where there are none, the note that is added */
          text?: string;
        };
      };
    };
    responses: {
      /** @description The same command again: what it did the first time */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Template'];
        };
      };
      /** @description Save a template under an id of your own making, or replace it */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Template'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Templates_delete: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the template that was decided on; 412 when it has changed. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Delete a template of yours */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeletedTemplate'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  TemplateUse_apply: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again carries nothing out a second time.
           */
          commandId?: string;
          /** @description Each is judged on its own; one that is refused never stops the others. */
          ticketIds: string[];
        };
      };
    };
    responses: {
      /** @description Carry out the commands of a template for up to 500 tickets */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateApplication'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  TemplateUse_preview: {
    parameters: {
      query: {
        ticketId: string;
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The texts of a template, filled for a ticket */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplatePreview'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Desk_list: {
    parameters: {
      query?: {
        /** @description A person’s name as tickets have it; me: you */
        assignee?: string;
        /** @description Whose midnights cut the days: each site’s own (unless told), or the reporting zone’s for all */
        basis?: 'site' | 'reporting-zone';
        category?:
          | 'acces'
          | 'impression'
          | 'ordonnances'
          | 'pharmacie'
          | 'laboratoire'
          | 'imagerie'
          | 'rendez-vous'
          | 'admission'
          | 'materiel'
          | 'documentation-clinique'
          | 'bloc-operatoire'
          | 'formation'
          | 'autre';
        /** @description Tell how many tickets of each status the filter lets pass */
        counts?: 'true' | 'false';
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Code, official name or alias; one of yours */
        establishment?: string;
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
        /** @description Opened more than so many hours ago */
        olderThan?: number;
        /** @description Opened at this instant or later; or on this day or later, by the day that figures count the opening on */
        openedFrom?: string;
        /** @description Opened before this instant; or on this day or earlier */
        openedTo?: string;
        priority?: 'P1' | 'P2' | 'P3' | 'P4';
        /** @description Words of titles, descriptions and notes, all of them: accents, case and punctuation do not matter, beginnings and typing errors will do; in quotes (« », " ", “ ”), words that follow each other, as they are written; a reference («K7M3-QX9P») finds its ticket first */
        q?: string;
        /** @description Words of the name of who asked for help, all of them; accents and case do not matter */
        requester?: string;
        /** @description priority: P1 first, the oldest of each first (-priority: the reverse); age: the youngest first (-age: the oldest first); updated: the least recently changed first (-updated: the most recently changed first); by priority and updated, no ticket is shown twice on the pages of one reading, and one that changes meanwhile is left out of the pages that follow: whoever has to see every ticket reads by age, or /v1/sync/changes; relevance, with q only: the ticket whose reference it is first; what has the words before what has only words like them; of each, those opened in the newest week first, and of a week those that fit best (a week is seven days from a Thursday on, in UTC) */
        sort?: 'priority' | '-priority' | 'age' | '-age' | 'updated' | '-updated' | 'relevance';
        /** @description May repeat; active stands for open, in-progress and waiting */
        status?:
          | ('open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged' | 'active')
          | (
              'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged' | 'active'
            )[];
        team?: string;
        /** @description mine: those of your teams, which you choose with PUT /v1/preferences */
        teams?: 'mine';
        /** @description true: those that no person has; not with assignee */
        unassigned?: 'true' | 'false';
        /** @description Lists by a view that you may see; what else is asked for narrows it */
        view?: ('mine' | 'my-teams' | 'unassigned' | 'waiting' | 'older-than-three-days') | string;
        /** @description me: those that you watch */
        watching?: 'me';
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The tickets of your establishments, page by page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TicketList'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_open: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          category:
            | 'acces'
            | 'impression'
            | 'ordonnances'
            | 'pharmacie'
            | 'laboratoire'
            | 'imagerie'
            | 'rendez-vous'
            | 'admission'
            | 'materiel'
            | 'documentation-clinique'
            | 'bloc-operatoire'
            | 'formation'
            | 'autre';
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          description?: string;
          /** @description Code, official name or alias. */
          establishment: string;
          location?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @enum {string} */
          priority: 'P1' | 'P2' | 'P3' | 'P4';
          requester?: {
            /** @description How to reach them: a telephone number, an address, a room. */
            contact?: string;
            name: string;
          };
          site?: string;
          team?: string;
          /** Format: uuid */
          ticketId?: string;
          title: string;
          /** @enum {string} */
          type?: 'open';
        };
      };
    };
    responses: {
      /** @description The same command again: what it did the first time */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      /** @description Open a ticket */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_read: {
    parameters: {
      query?: {
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A ticket as it is now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_assign: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description null takes the ticket from its person. */
          assignee?: string | null;
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @description null takes the ticket from its team. */
          team?: string | null;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'assign';
        };
      };
    };
    responses: {
      /**
       * @description Give a ticket to a team or a person
       *
       *     Give a ticket to a team or a person: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Attachments_list: {
    parameters: {
      query?: {
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The files of a ticket, in the order they were added */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AttachmentList'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Attachments_add: {
    parameters: {
      query?: {
        /** @description Made by whoever sends; the same id again is answered with what it did the first time. */
        commandId?: string;
        /** @description When it was taken, by the clock of whoever did it (RFC 3339 with offset); now, when left out. */
        occurredAt?: string;
      };
      header: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description 412 when the ticket has changed */
        'If-Match'?: string;
        /** @description UTF-8, percent-encoded where needed */
        'X-File-Name': string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/octet-stream': string;
      };
    };
    responses: {
      /** @description The same command again: what it did the first time */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Attachment'];
        };
      };
      /** @description Put a file beside a ticket, 10 MiB at most */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Attachment'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Attachments_read: {
    parameters: {
      query?: {
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
        /** @description An image of at most 320 pixels a side, without metadata */
        size?: 'thumbnail';
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        attachmentId: string;
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A file, or its thumbnail */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          reason: string;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'cancel';
        };
      };
    };
    responses: {
      /**
       * @description Withdraw a ticket
       *
       *     Withdraw a ticket: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Incidents_children: {
    parameters: {
      query?: {
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The tickets under a ticket, and how many people have its problem */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Children'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_close: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'close';
        };
      };
    };
    responses: {
      /**
       * @description Confirm a resolution
       *
       *     Confirm a resolution: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_history: {
    parameters: {
      query?: {
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
        /** @description Which event comes first: the oldest one (asc), unless told, or the newest one (desc) */
        order?: 'oldest' | 'newest' | 'asc' | 'desc';
      };
      header?: {
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The events of a ticket, page by page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TicketHistory'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_hold: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          note?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /**
           * @description Whom the work waits for.
           * @enum {string}
           */
          reason: 'user' | 'vendor' | 'change';
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'hold';
        };
      };
    };
    responses: {
      /**
       * @description Put a ticket on hold
       *
       *     Put a ticket on hold: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_link: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /**
           * @description What the other ticket is to this one.
           * @enum {string}
           */
          relation: 'related' | 'parent' | 'duplicate';
          /** Format: uuid */
          ticketId?: string;
          /**
           * Format: uuid
           * @description The other ticket.
           */
          to: string;
          /** @enum {string} */
          type?: 'link';
        };
      };
    };
    responses: {
      /**
       * @description Tie a ticket to another
       *
       *     Tie a ticket to another: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_meToo: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @enum {string} */
          category?:
            | 'acces'
            | 'impression'
            | 'ordonnances'
            | 'pharmacie'
            | 'laboratoire'
            | 'imagerie'
            | 'rendez-vous'
            | 'admission'
            | 'materiel'
            | 'documentation-clinique'
            | 'bloc-operatoire'
            | 'formation'
            | 'autre';
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          description?: string;
          /** @description Code, official name or alias. */
          establishment?: string;
          location?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @enum {string} */
          priority?: 'P1' | 'P2' | 'P3' | 'P4';
          requester?: {
            /** @description How to reach them: a telephone number, an address, a room. */
            contact?: string;
            name: string;
          };
          site?: string;
          team?: string;
          /** Format: uuid */
          ticketId?: string;
          title?: string;
          /** @enum {string} */
          type?: 'me-too';
        };
      };
    };
    responses: {
      /** @description The same command again: what it did the first time */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeTooAnswer'];
        };
      };
      /** @description One more person has the same problem: opens a ticket, or takes one, under this one */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeTooAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_merge: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: uuid
           * @description The ticket that goes on. It has to be active.
           */
          into: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @description Reopens the ticket that goes on, if it is resolved. */
          reopenTarget?: boolean;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'merge';
        };
      };
    };
    responses: {
      /**
       * @description Merge a ticket into another
       *
       *     Merge a ticket into another: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_note: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          body: string;
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /** @description Not for the team that opened the ticket. */
          internal?: boolean;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'note';
        };
      };
    };
    responses: {
      /**
       * @description Write a note
       *
       *     Write a note: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_recategorize: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          category:
            | 'acces'
            | 'impression'
            | 'ordonnances'
            | 'pharmacie'
            | 'laboratoire'
            | 'imagerie'
            | 'rendez-vous'
            | 'admission'
            | 'materiel'
            | 'documentation-clinique'
            | 'bloc-operatoire'
            | 'formation'
            | 'autre';
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'recategorize';
        };
      };
    };
    responses: {
      /**
       * @description Correct the category
       *
       *     Correct the category: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_reopen: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          reason: string;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'reopen';
        };
      };
    };
    responses: {
      /**
       * @description Reopen a ticket
       *
       *     Reopen a ticket: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_reprioritize: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @enum {string} */
          priority: 'P1' | 'P2' | 'P3' | 'P4';
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'reprioritize';
        };
      };
    };
    responses: {
      /**
       * @description Correct the priority
       *
       *     Correct the priority: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_requester: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** @description null: nobody is named any more. */
          requester: {
            /** @description How to reach them: a telephone number, an address, a room. */
            contact?: string;
            name: string;
          } | null;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'requester';
        };
      };
    };
    responses: {
      /**
       * @description Say who asked for help
       *
       *     Say who asked for help: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_resolve: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Resolves the tickets under this one, too, with the same resolution. */
          cascade?: boolean;
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          resolution: {
            /** @enum {string} */
            code:
              | 'fixed'
              | 'configuration'
              | 'training'
              | 'hardware-replaced'
              | 'workaround'
              | 'no-fault-found'
              | 'duplicate';
            note: string;
          };
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'resolve';
        };
      };
    };
    responses: {
      /**
       * @description Resolve a ticket
       *
       *     Resolve a ticket: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResolvedTicket'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_start: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'start';
        };
      };
    };
    responses: {
      /**
       * @description Start the work
       *
       *     Start the work: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_transfer: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /** @description Code, official name or alias of where the ticket goes. */
          establishment: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          site?: string;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'transfer';
        };
      };
    };
    responses: {
      /**
       * @description Transfer a ticket to another establishment
       *
       *     Transfer a ticket to another establishment: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_unwatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'unwatch';
        };
      };
    };
    responses: {
      /**
       * @description No longer be told of it
       *
       *     No longer be told of it: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Viewers_look: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        ticketId: string;
        viewerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Say that a page looks at this ticket, and at no other: who else does */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Viewers'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Viewers_leave: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        ticketId: string;
        viewerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Say that the page looks no more */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeftViewer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Tickets_watch: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description The ETag the command was decided on; 412 when the ticket has changed. */
        'If-Match'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path: {
        ticketId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description Made by whoever asks; the same id again is answered with what it did the first time.
           */
          commandId?: string;
          /**
           * Format: date-time
           * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
           */
          occurredAt?: string;
          /** Format: uuid */
          ticketId?: string;
          /** @enum {string} */
          type?: 'watch';
        };
      };
    };
    responses: {
      /**
       * @description Be told of what becomes of a ticket
       *
       *     Be told of what becomes of a ticket: ticketId and revision alone, where it is another establishment’s by now
       */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Bulk_submit: {
    parameters: {
      query?: never;
      header?: {
        /** @description Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body. */
        'Idempotency-Key'?: string;
        /** @description Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most 200 visible characters */
        'X-Purpose'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json':
          | {
              /** @description null takes the ticket from its person. */
              assignee?: string | null;
              /**
               * Format: uuid
               * @description Made by whoever asks; the same id again is answered with what it did the first time.
               */
              commandId?: string;
              /**
               * Format: date-time
               * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
               */
              occurredAt?: string;
              /** @description null takes the ticket from its team. */
              team?: string | null;
              /** @description Each is judged on its own; one that is refused never stops the others. */
              ticketIds: string[];
              /** @enum {string} */
              type: 'assign';
            }
          | {
              /** @enum {string} */
              category:
                | 'acces'
                | 'impression'
                | 'ordonnances'
                | 'pharmacie'
                | 'laboratoire'
                | 'imagerie'
                | 'rendez-vous'
                | 'admission'
                | 'materiel'
                | 'documentation-clinique'
                | 'bloc-operatoire'
                | 'formation'
                | 'autre';
              /**
               * Format: uuid
               * @description Made by whoever asks; the same id again is answered with what it did the first time.
               */
              commandId?: string;
              /**
               * Format: date-time
               * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
               */
              occurredAt?: string;
              /** @description Each is judged on its own; one that is refused never stops the others. */
              ticketIds: string[];
              /** @enum {string} */
              type: 'recategorize';
            }
          | {
              /**
               * Format: uuid
               * @description Made by whoever asks; the same id again is answered with what it did the first time.
               */
              commandId?: string;
              /**
               * Format: date-time
               * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
               */
              occurredAt?: string;
              /** @enum {string} */
              priority: 'P1' | 'P2' | 'P3' | 'P4';
              /** @description Each is judged on its own; one that is refused never stops the others. */
              ticketIds: string[];
              /** @enum {string} */
              type: 'reprioritize';
            }
          | {
              /**
               * Format: uuid
               * @description Made by whoever asks; the same id again is answered with what it did the first time.
               */
              commandId?: string;
              /**
               * Format: date-time
               * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
               */
              occurredAt?: string;
              /** @description Each is judged on its own; one that is refused never stops the others. */
              ticketIds: string[];
              /** @enum {string} */
              type: 'start';
            }
          | {
              /**
               * Format: uuid
               * @description Made by whoever asks; the same id again is answered with what it did the first time.
               */
              commandId?: string;
              note?: string;
              /**
               * Format: date-time
               * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
               */
              occurredAt?: string;
              /**
               * @description Whom the work waits for.
               * @enum {string}
               */
              reason: 'user' | 'vendor' | 'change';
              /** @description Each is judged on its own; one that is refused never stops the others. */
              ticketIds: string[];
              /** @enum {string} */
              type: 'hold';
            }
          | {
              /** @description Resolves the tickets under this one, too, with the same resolution. */
              cascade?: boolean;
              /**
               * Format: uuid
               * @description Made by whoever asks; the same id again is answered with what it did the first time.
               */
              commandId?: string;
              /**
               * Format: date-time
               * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
               */
              occurredAt?: string;
              resolution: {
                /** @enum {string} */
                code:
                  | 'fixed'
                  | 'configuration'
                  | 'training'
                  | 'hardware-replaced'
                  | 'workaround'
                  | 'no-fault-found'
                  | 'duplicate';
                note: string;
              };
              /** @description Each is judged on its own; one that is refused never stops the others. */
              ticketIds: string[];
              /** @enum {string} */
              type: 'resolve';
            }
          | {
              /**
               * Format: uuid
               * @description Made by whoever asks; the same id again is answered with what it did the first time.
               */
              commandId?: string;
              /**
               * Format: date-time
               * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
               */
              occurredAt?: string;
              /** @description Each is judged on its own; one that is refused never stops the others. */
              ticketIds: string[];
              /** @enum {string} */
              type: 'close';
            }
          | {
              /**
               * Format: uuid
               * @description Made by whoever asks; the same id again is answered with what it did the first time.
               */
              commandId?: string;
              /**
               * Format: date-time
               * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
               */
              occurredAt?: string;
              reason: string;
              /** @description Each is judged on its own; one that is refused never stops the others. */
              ticketIds: string[];
              /** @enum {string} */
              type: 'cancel';
            }
          | {
              /**
               * Format: uuid
               * @description Made by whoever asks; the same id again is answered with what it did the first time.
               */
              commandId?: string;
              /**
               * Format: uuid
               * @description The ticket that goes on. It has to be active.
               */
              into: string;
              /**
               * Format: date-time
               * @description When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.
               */
              occurredAt?: string;
              /** @description Reopens the ticket that goes on, if it is resolved. */
              reopenTarget?: boolean;
              /** @description Each is judged on its own; one that is refused never stops the others. */
              ticketIds: string[];
              /** @enum {string} */
              type: 'merge';
            };
      };
    };
    responses: {
      /** @description One command for up to 500 tickets */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkAnswer'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Views_list: {
    parameters: {
      query?: {
        /** @description Tell how many tickets each view lists for you */
        counts?: 'true' | 'false';
        /** @description Where the page begins: «nextCursor» of the page before */
        cursor?: string;
        /** @description Most items of a page */
        limit?: number;
        /** @description Wait, at most 5 s, until what is read includes this position; 503 otherwise. */
        minPosition?: components['schemas']['Position'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The views that you may see */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ViewList'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Views_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ('mine' | 'my-teams' | 'unassigned' | 'waiting' | 'older-than-three-days') | string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A view */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['View'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Views_write: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the view that was decided on; 412 when it has changed. */
        'If-Match'?: string;
      };
      path: {
        id: ('mine' | 'my-teams' | 'unassigned' | 'waiting' | 'older-than-three-days') | string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description What GET /v1/tickets takes as parameters */
          filter: {
            /** @description A person’s name as tickets have it; me: you */
            assignee?: string;
            /**
             * @description Whose midnights cut the days: each site’s own (unless told), or the reporting zone’s for all
             * @enum {string}
             */
            basis?: 'site' | 'reporting-zone';
            /** @enum {string} */
            category?:
              | 'acces'
              | 'impression'
              | 'ordonnances'
              | 'pharmacie'
              | 'laboratoire'
              | 'imagerie'
              | 'rendez-vous'
              | 'admission'
              | 'materiel'
              | 'documentation-clinique'
              | 'bloc-operatoire'
              | 'formation'
              | 'autre';
            /** @description Code, official name or alias; one of yours */
            establishment?: string;
            /** @description Opened more than so many hours ago */
            olderThan?: number | string;
            /** @description Opened at this instant or later; or on this day or later, by the day that figures count the opening on */
            openedFrom?: string;
            /** @description Opened before this instant; or on this day or earlier */
            openedTo?: string;
            /** @enum {string} */
            priority?: 'P1' | 'P2' | 'P3' | 'P4';
            /** @description Words of titles, descriptions and notes, all of them: accents, case and punctuation do not matter, beginnings and typing errors will do; in quotes (« », " ", “ ”), words that follow each other, as they are written; a reference («K7M3-QX9P») finds its ticket first */
            q?: string;
            /** @description Words of the name of who asked for help, all of them; accents and case do not matter */
            requester?: string;
            /** @description One or more; active stands for open, in-progress and waiting */
            status?:
              | (
                  | 'open'
                  | 'in-progress'
                  | 'waiting'
                  | 'resolved'
                  | 'closed'
                  | 'cancelled'
                  | 'merged'
                  | 'active'
                )
              | (
                  | 'open'
                  | 'in-progress'
                  | 'waiting'
                  | 'resolved'
                  | 'closed'
                  | 'cancelled'
                  | 'merged'
                  | 'active'
                )[];
            team?: string;
            /**
             * @description mine: those of your teams, which you choose with PUT /v1/preferences
             * @enum {string}
             */
            teams?: 'mine';
            /** @description true: those that no person has; not with assignee */
            unassigned?: boolean | ('true' | 'false');
            /**
             * @description me: those that you watch
             * @enum {string}
             */
            watching?: 'me';
          };
          name: string;
          /**
           * @description team: whoever has a role of yours and reads every establishment of yours, or the one it filters by
           * @default me
           * @enum {string}
           */
          shared?: 'me' | 'team';
          /**
           * @description priority: P1 first, the oldest of each first (-priority: the reverse); age: the youngest first (-age: the oldest first); updated: the least recently changed first (-updated: the most recently changed first); by priority and updated, no ticket is shown twice on the pages of one reading, and one that changes meanwhile is left out of the pages that follow: whoever has to see every ticket reads by age, or /v1/sync/changes; relevance, with q only: the ticket whose reference it is first; what has the words before what has only words like them; of each, those opened in the newest week first, and of a week those that fit best (a week is seven days from a Thursday on, in UTC)
           * @enum {string}
           */
          sort?: 'priority' | '-priority' | 'age' | '-age' | 'updated' | '-updated' | 'relevance';
        };
      };
    };
    responses: {
      /** @description The same command again: what it did the first time */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['View'];
        };
      };
      /** @description Save a view under an id of your own making, or replace it */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['View'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
  Views_delete: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the view that was decided on; 412 when it has changed. */
        'If-Match'?: string;
      };
      path: {
        id: ('mine' | 'my-teams' | 'unassigned' | 'waiting' | 'older-than-three-days') | string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Delete a view of yours */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeletedView'];
        };
      };
      400: components['responses']['Malformed'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['ChangedMeanwhile'];
      413: components['responses']['TooLarge'];
      415: components['responses']['NotJson'];
      422: components['responses']['NotAcceptable'];
      503: components['responses']['Unavailable'];
    };
  };
}
