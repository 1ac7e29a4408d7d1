import { describe, expect, it } from '@jest/globals';
import { isAfter } from '../../shared/instant.js';
import { answer, fold } from '../testing/answer.js';
import {
  assign,
  cancel,
  close,
  commands,
  hold,
  link,
  merge,
  note,
  open,
  recategorize,
  reopen,
  reprioritize,
  requester,
  resolve,
  start,
  transfer,
  unwatch,
  watch,
} from '../testing/commands.js';
import {
  assigned,
  cancelled,
  closed,
  holdPlaced,
  holdReleased,
  linked,
  merged,
  noted,
  opened,
  held,
  recategorized,
  reopened,
  reprioritized,
  requesterChanged,
  resolved,
  started,
  textsErased,
  transferred,
  unwatched,
  watched,
} from '../testing/events.js';
import {
  blancSablon,
  coteNord,
  fixedIt,
  mcq,
  nim,
  noon,
  otherTicket,
  thirdTicket,
  thisTicket,
  time,
} from '../testing/fixed.js';
import { given, nothing } from '../testing/given.js';
import type { TicketStatus } from '../../shared/vocabulary.js';
import type { TicketEvent } from './ticket.events.js';
import { evolve, unopened, type TicketRefusalCode, type TicketCommandType } from './ticket.js';

const justBefore = (ofDay: string) => isAfter(time(ofDay), -1);
const each = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as K[];

// Every command in every status -------------------------------------------------------------------------------

type Status = TicketStatus | 'unopened';

const lives: Record<Status, TicketEvent[]> = {
  unopened: [],
  open: [opened(), watched()],
  'in-progress': [opened(), watched(), started()],
  waiting: [opened(), watched(), started(), held()],
  resolved: [opened(), watched(), resolved()],
  closed: [opened(), watched(), resolved(), closed()],
  cancelled: [opened(), watched(), cancelled()],
  merged: [opened(), watched(), merged()],
};

/** The status after an event; `null` keeps the status before it. */
const becomes: Record<TicketEvent['type'], TicketStatus | null> = {
  TicketOpened: 'open',
  TicketAssigned: null,
  RequesterChanged: null,
  TicketWatched: null,
  TicketUnwatched: null,
  NoteAdded: null,
  TicketLinked: null,
  TicketRecategorized: null,
  TicketReprioritized: null,
  WorkStarted: 'in-progress',
  TicketPutOnHold: 'waiting',
  TicketResolved: 'resolved',
  TicketClosed: 'closed',
  TicketReopened: 'open',
  TicketCancelled: 'cancelled',
  TicketMerged: 'merged',
  TicketTransferred: null,
  TicketTextsErased: null,
  LegalHoldPlaced: null,
  LegalHoldReleased: null,
  AttachmentAdded: null,
};

type Cell = TicketEvent['type'] | 'unchanged' | TicketRefusalCode;
type Row = Record<Status, Cell>;

const whileNotMerged = (event: TicketEvent['type']): Row => ({
  unopened: 'ticket-not-found',
  open: event,
  'in-progress': event,
  waiting: event,
  resolved: event,
  closed: event,
  cancelled: event,
  merged: 'ticket-merged',
});

const whileActive = (event: TicketEvent['type']): Row => ({
  ...whileNotMerged(event),
  resolved: 'ticket-resolved',
  closed: 'ticket-closed',
  cancelled: 'ticket-cancelled',
});

/** A new command or a new status fails to compile until its row or its column is written. */
const matrix: Record<TicketCommandType, Row> = {
  open: {
    unopened: 'TicketOpened',
    open: 'id-taken',
    'in-progress': 'id-taken',
    waiting: 'id-taken',
    resolved: 'id-taken',
    closed: 'id-taken',
    cancelled: 'id-taken',
    merged: 'id-taken',
  },
  assign: whileNotMerged('TicketAssigned'),
  requester: whileNotMerged('RequesterChanged'),
  watch: whileNotMerged('TicketWatched'),
  unwatch: whileNotMerged('TicketUnwatched'),
  note: whileNotMerged('NoteAdded'),
  link: whileNotMerged('TicketLinked'),
  recategorize: whileNotMerged('TicketRecategorized'),
  reprioritize: whileNotMerged('TicketReprioritized'),
  start: { ...whileActive('WorkStarted'), 'in-progress': 'unchanged' },
  hold: { ...whileActive('TicketPutOnHold'), waiting: 'unchanged' },
  resolve: { ...whileActive('TicketResolved'), resolved: 'unchanged', closed: 'unchanged' },
  close: {
    unopened: 'ticket-not-found',
    open: 'transition-not-allowed',
    'in-progress': 'transition-not-allowed',
    waiting: 'transition-not-allowed',
    resolved: 'TicketClosed',
    closed: 'unchanged',
    cancelled: 'ticket-cancelled',
    merged: 'ticket-merged',
  },
  reopen: {
    unopened: 'ticket-not-found',
    open: 'unchanged',
    'in-progress': 'unchanged',
    waiting: 'unchanged',
    resolved: 'TicketReopened',
    closed: 'TicketReopened',
    cancelled: 'TicketReopened',
    merged: 'ticket-merged',
  },
  cancel: { ...whileActive('TicketCancelled'), cancelled: 'unchanged' },
  merge: { ...whileActive('TicketMerged'), merged: 'unchanged' },
  transfer: whileActive('TicketTransferred'),
};

const cells = each(matrix).flatMap((command) =>
  each(matrix[command]).map((status) => ({ command, status, cell: matrix[command][status] })),
);

describe('who asked for help', () => {
  const gagnon = { name: 'Dre Gagnon', contact: 'poste 4410' };

  it('is written with the opening', () =>
    given()
      .when(open({ requester: gagnon }))
      .then(opened({ requester: gagnon })));
  it('is nobody until then', () => expect(fold([opened()])).toMatchObject({ requester: null }));
  it('is changed as a whole: what is not named again is not known any more', () =>
    expect(
      fold([opened({ requester: gagnon }), requesterChanged({ requester: { name: 'Dre Gagnon' } })]),
    ).toMatchObject({ requester: { name: 'Dre Gagnon' } }));
  it('is taken away by null, once', () => {
    given(opened({ requester: gagnon }))
      .when(requester({ requester: null }))
      .then(requesterChanged({ requester: null }));
    given(opened())
      .when(requester({ requester: null }))
      .then(nothing);
  });
  it('is not changed by what is already so', () =>
    given(opened({ requester: gagnon }))
      .when(requester({ requester: { ...gagnon } }))
      .then(nothing));
  it('is erased with the other texts, and never written again', () => {
    const erasedTicket = [opened({ requester: gagnon }), textsErased()];
    expect(fold(erasedTicket)).toMatchObject({ requester: null });
    given(...erasedTicket)
      .when(requester({ requester: gagnon }))
      .refused('texts-erased');
  });
});

describe('who watches a ticket', () => {
  it('is whoever says so, each once', () => {
    given(opened())
      .when(watch())
      .then(watched({ watcher: 'alice' }));
    given(opened(), watched())
      .when(watch({ watcher: 'bob' }))
      .then(nothing);
    expect(fold([opened(), watched(), watched({ watcher: 'alice' })])).toMatchObject({
      watchers: ['bob', 'alice'],
    });
  });
  it('is no longer whoever says so', () => {
    given(opened(), watched()).when(unwatch()).then(unwatched());
    given(opened()).when(unwatch()).then(nothing);
    expect(fold([opened(), watched(), unwatched()])).toMatchObject({ watchers: [] });
  });
  it('goes on watching what was erased, and what was transferred', () =>
    expect(fold([opened(), watched(), textsErased(), transferred()])).toMatchObject({ watchers: ['bob'] }));
});

describe('every command in every status', () => {
  it.each(cells)('$command on a ticket that is $status gives $cell', ({ command, status, cell }) => {
    const claimedAt = time('11:30');
    const ticket = fold(lives[status]);
    expect(ticket.status).toBe(status);

    const { events, refusal } = answer(commands[command]({ claimedAt }), ticket, noon);

    const [event] = events;
    expect(refusal ?? event?.type ?? 'unchanged').toBe(cell);
    expect(events).toHaveLength(event ? 1 : 0);
    expect(fold(events, ticket).status).toBe(event ? (becomes[event.type] ?? status) : status);
    if (event) expect(event.occurredAt).toBe(claimedAt);
  });
});

// What each command records -----------------------------------------------------------------------------------

describe('opening a ticket', () => {
  it('records where, what and how urgent', () => given().when(open()).then(opened()));
  it('needs neither description, team nor location', () => {
    const bare = { description: undefined, team: undefined, location: undefined };
    given().when(open(bare)).then(opened(bare));
    given(opened(bare)).becomes({ description: null, team: null, location: null });
  });
  it('may have happened long ago', () => {
    const lastWeek = isAfter(noon, -7 * 24 * 3_600_000);
    given()
      .when(open({ claimedAt: lastWeek }))
      .then(opened({ occurredAt: lastWeek }));
  });
  it('is the first transition', () =>
    given(opened()).becomes({
      status: 'open',
      at: nim,
      opened: { at: nim, occurredAt: time('08:00') },
      lastTransitionAt: time('08:00'),
    }));
  it('is refused where the id is taken', () => given(opened()).when(open()).refused('id-taken'));
  it('is refused where its title may not be one', () =>
    given()
      .when(open({ titleIsRefused: true }))
      .refused('health-number-in-title'));
  it('is refused where its team’s name holds a health number, which would stay in plain', () => {
    given()
      .when(open({ team: 'Patiente TREM 8451 1234' }))
      .refused('health-number-refused');
    given(opened())
      .when(open({ team: 'Patiente TREM 8451 1234' }))
      .refused('id-taken');
  });
});

describe('assigning a ticket', () => {
  it.each([
    { team: 'TREM84511234' },
    { assignee: 'TREM 8451 1234' },
    { team: null, assignee: 'x/TREM84511234' },
  ])('is refused to a name that holds a health number: %j', (names) => {
    given(opened()).when(assign(names)).refused('health-number-refused');
  });
  it('is silent where it has such a name already, from before these were refused', () => {
    const names = { team: 'TREM84511234', assignee: undefined };
    given(opened(), assigned(names)).when(assign(names)).then(nothing);
  });
  it('records to whom', () => {
    given(opened()).when(assign()).then(assigned());
    given(opened(), assigned()).becomes({ team: 'centre-de-services', assignee: 'alice' });
  });
  it('to a person leaves the team as it is', () => {
    const toBob = { team: undefined, assignee: 'bob' };
    given(opened(), assigned()).when(assign(toBob)).then(assigned(toBob));
    given(opened(), assigned(), assigned(toBob)).becomes({ team: 'centre-de-services', assignee: 'bob' });
  });
  it('to a team leaves the person as it is', () => {
    const toNim = { team: 'mobile-nim-03', assignee: undefined };
    given(opened(), assigned()).when(assign(toNim)).then(assigned(toNim));
    given(opened(), assigned(), assigned(toNim)).becomes({ team: 'mobile-nim-03', assignee: 'alice' });
  });
  it('to nobody takes it away', () => {
    const toNobody = { team: null, assignee: null };
    given(opened(), assigned()).when(assign(toNobody)).then(assigned(toNobody));
    given(opened(), assigned(), assigned(toNobody)).becomes({ team: null, assignee: null });
  });
});

describe('adding a note', () => {
  it('records the text and whom it is for', () => {
    given(opened()).when(note()).then(noted());
    given(opened())
      .when(note({ internal: true }))
      .then(noted({ internal: true }));
  });
  it('adds one every time: only the once rule tells a repeated note from a second one', () =>
    given(opened(), noted()).when(note()).then(noted()));
  it('changes nothing of the ticket', () =>
    expect(fold([opened(), started(), noted()])).toEqual(fold([opened(), started()])));
});

describe('linking a ticket', () => {
  it('records to which, and how', () => {
    given(opened()).when(link()).then(linked());
    given(opened(), linked()).becomes({ links: [{ to: otherTicket, relation: 'related' }] });
  });
  it('adds to the links there are', () => {
    const second = linked({ to: thirdTicket });
    given(opened(), linked())
      .when(link({ to: thirdTicket }))
      .then(second);
    given(opened(), linked(), second).becomes({
      links: [
        { to: otherTicket, relation: 'related' },
        { to: thirdTicket, relation: 'related' },
      ],
    });
  });
  it('ties two tickets in more than one way', () =>
    given(opened(), linked())
      .when(link({ relation: 'parent' }))
      .then(linked({ relation: 'parent' })));
  it('is allowed to a merged ticket, which exists', () =>
    given(opened())
      .when(link({ target: 'merged' }))
      .then(linked()));
  it('is refused to itself', () =>
    given(opened())
      .when(link({ to: thisTicket }))
      .refused('link-to-itself'));
  it('is refused to a ticket that does not exist', () =>
    given(opened())
      .when(link({ target: 'unopened' }))
      .refused('link-target-not-found'));
});

describe('recategorizing a ticket', () => {
  it('records the new category', () => {
    given(opened()).when(recategorize()).then(recategorized());
    given(opened(), recategorized()).becomes({ category: 'materiel' });
  });
});

describe('reprioritizing a ticket', () => {
  it('records the new priority', () => {
    given(opened()).when(reprioritize()).then(reprioritized());
    given(opened(), reprioritized()).becomes({ priority: 'P1' });
  });
});

describe('starting work', () => {
  it('records it', () => given(opened()).when(start()).then(started()));
  it('takes a waiting ticket up again', () =>
    given(opened(), started(), held())
      .when(start({ claimedAt: time('09:10') }))
      .then(started({ occurredAt: time('09:10') })));
});

describe('putting a ticket on hold', () => {
  it('records what it waits for', () => given(opened(), started()).when(hold()).then(held()));
  it('needs no work to have started', () =>
    given(opened())
      .when(hold({ reason: 'user', note: undefined }))
      .then(held({ reason: 'user', note: undefined })));
});

describe('resolving a ticket', () => {
  it('records how, where the ticket is, and where and when it was opened', () => {
    given(opened()).when(resolve()).then(resolved());
    given(opened(), resolved()).becomes({
      status: 'resolved',
      resolution: fixedIt,
      resolvedAt: time('10:00'),
    });
  });
  it('carries the effective time of the opening, not the latest event', () =>
    given(opened(), started(), held(), noted())
      .when(resolve())
      .then(resolved({ opened: { at: nim, occurredAt: time('08:00') } })));
  it('is refused once merged', () => given(opened(), merged()).when(resolve()).refused('ticket-merged'));
});

describe('closing a ticket', () => {
  it('records it, and keeps the resolution', () => {
    given(opened(), resolved()).when(close()).then(closed());
    given(opened(), resolved(), closed()).becomes({
      status: 'closed',
      resolution: fixedIt,
      resolvedAt: time('10:00'),
    });
  });
});

describe('reopening a ticket', () => {
  it('records why, from where it came back, and where and when it was opened', () =>
    given(opened(), resolved()).when(reopen()).then(reopened()));
  it('brings back a closed ticket', () =>
    given(opened(), resolved(), closed())
      .when(reopen())
      .then(reopened({ from: 'closed' })));
  it('brings back a cancelled ticket', () =>
    given(opened(), cancelled())
      .when(reopen())
      .then(reopened({ from: 'cancelled' })));
  it.each([
    ['resolved', [resolved()]],
    ['closed', [resolved(), closed()]],
    ['cancelled', [cancelled()]],
  ] as const)('clears what the ticket held while it was %s', (from, ended) =>
    given(opened(), assigned(), ...ended, reopened({ from })).becomes({
      status: 'open',
      resolution: null,
      resolvedAt: null,
      cancelledAt: null,
      reopenedAt: time('11:00'),
      assignee: 'alice',
    }),
  );
  it('lets the ticket be resolved again, in another way', () => {
    const again = { code: 'training', note: 'Formation donnée.' } as const;
    given(opened(), resolved(), reopened())
      .when(resolve({ claimedAt: time('11:30'), resolution: again }))
      .then(resolved({ occurredAt: time('11:30'), resolution: again }));
  });
});

describe('cancelling a ticket', () => {
  it('records why, and where the ticket is', () => {
    given(opened()).when(cancel()).then(cancelled());
    given(opened(), cancelled()).becomes({ status: 'cancelled', cancelledAt: time('10:00') });
  });
});

describe('merging a ticket into another', () => {
  it('records into which, and where the ticket is', () => {
    given(opened()).when(merge()).then(merged());
    given(opened(), merged()).becomes({ status: 'merged', mergedInto: otherTicket });
  });
  it.each(['open', 'in-progress', 'waiting'] as const)('is allowed into one that is %s', (target) =>
    given(opened()).when(merge({ target })).then(merged()),
  );
  it.each(['resolved', 'closed', 'cancelled'] as const)(
    'is refused into one that is %s: nobody would work on it',
    (target) => given(opened()).when(merge({ target })).refused('merge-target-not-active'),
  );
  it('is refused into itself', () =>
    given(opened())
      .when(merge({ into: thisTicket }))
      .refused('merge-into-itself'));
  it('is refused into one that does not exist', () =>
    given(opened())
      .when(merge({ target: 'unopened' }))
      .refused('merge-target-not-found'));
  it('is refused into one that is merged itself', () =>
    given(opened())
      .when(merge({ target: 'merged' }))
      .refused('merge-target-merged'));
  it('is refused into another than the one it was merged into', () =>
    given(opened(), merged())
      .when(merge({ into: thirdTicket }))
      .refused('ticket-merged'));
});

describe('transferring a ticket', () => {
  const movedTo = (to: typeof nim) => [opened(), transferred({ to })];

  it('records from where and to where', () => {
    given(opened()).when(transfer()).then(transferred());
    given(opened(), transferred()).becomes({ status: 'open', at: mcq });
  });
  it('to another site of the same establishment is a transfer', () =>
    given(...movedTo(coteNord))
      .when(transfer({ to: blancSablon }))
      .then(transferred({ from: coteNord, to: blancSablon })));
  it('from a site to its establishment as a whole is a transfer', () =>
    given(...movedTo(blancSablon))
      .when(transfer({ to: coteNord }))
      .then(transferred({ from: blancSablon, to: coteNord })));
  it('back to where it was opened is a transfer', () =>
    given(...movedTo(mcq))
      .when(transfer({ to: nim }))
      .then(transferred({ from: mcq, to: nim })));
  it.each(['open', 'in-progress', 'waiting'] as const)('leaves a ticket that is %s as it is', (status) =>
    given(...lives[status], transferred({ occurredAt: time('11:30') })).becomes({ status, at: mcq }),
  );
  it('moves where it is, never where it was opened', () =>
    given(opened(), transferred()).becomes({ at: mcq, opened: { at: nim, occurredAt: time('08:00') } }));
  it('has it resolved at the new place, and counted as opened at the old one', () =>
    given(opened(), transferred())
      .when(resolve())
      .then(resolved({ at: mcq, opened: { at: nim, occurredAt: time('08:00') } })));
  it('has it reopened at the new place, and counted as opened at the old one', () =>
    given(opened(), transferred(), resolved({ at: mcq }))
      .when(reopen())
      .then(reopened({ at: mcq, opened: { at: nim, occurredAt: time('08:00') } })));
  it('has it cancelled at the new place', () =>
    given(opened(), transferred())
      .when(cancel())
      .then(cancelled({ at: mcq })));
  it('has it merged at the new place', () =>
    given(opened(), transferred())
      .when(merge())
      .then(merged({ at: mcq })));
});

// The rules ---------------------------------------------------------------------------------------------------

describe('asking for what already is', () => {
  it.each([
    ['assign to the same team and person', assign(), [opened(), assigned()]],
    ['assign to the same person', assign({ team: undefined }), [opened(), assigned()]],
    ['assign to the same team', assign({ assignee: undefined }), [opened(), assigned()]],
    ['assign to the team it was opened by', assign({ team: opened().team, assignee: undefined }), [opened()]],
    ['assign a ticket that is nobody’s to nobody', assign({ team: undefined, assignee: null }), [opened()]],
    ['assign to neither a team nor a person', assign({ team: undefined, assignee: undefined }), [opened()]],
    ['link as it is linked', link(), [opened(), linked()]],
    [
      'link as it is linked, to a ticket that is unknown by now',
      link({ target: 'unopened' }),
      [opened(), linked()],
    ],
    ['recategorize to its category', recategorize(), [opened(), recategorized()]],
    ['recategorize to the category it was opened with', recategorize({ category: 'acces' }), [opened()]],
    ['reprioritize to its priority', reprioritize(), [opened(), reprioritized()]],
    ['reprioritize to the priority it was opened with', reprioritize({ priority: 'P2' }), [opened()]],
    ['start in progress', start(), lives['in-progress']],
    ['hold waiting', hold(), lives.waiting],
    ['hold waiting, for another reason', hold({ reason: 'change' }), lives.waiting],
    ['resolve resolved', resolve(), lives.resolved],
    ['resolve closed', resolve(), lives.closed],
    ['close closed', close(), lives.closed],
    ['cancel cancelled', cancel(), lives.cancelled],
    ['reopen what was never resolved', reopen(), lives.open],
    ['reopen what is open again', reopen(), [...lives.resolved, reopened()]],
    ['reopen in progress', reopen(), lives['in-progress']],
    ['reopen waiting', reopen(), lives.waiting],
    ['merge into the same', merge(), lives.merged],
    ['merge into the same, which is merged itself by now', merge({ target: 'merged' }), lives.merged],
    ['transfer to where it was opened', transfer({ to: nim }), [opened()]],
    ['transfer to where it was transferred', transfer(), [opened(), transferred()]],
    ['transfer resolved to where it is', transfer({ to: nim }), lives.resolved],
    ['transfer to the site where it is', transfer({ to: blancSablon }), [opened({ at: blancSablon })]],
  ])('appends nothing: %s', (_, command, history) =>
    given(...history)
      .when(command)
      .then(nothing),
  );

  it('appends nothing even when it is superseded', () =>
    given(...lives.resolved, reopened(), started({ occurredAt: time('11:30') }))
      .when(start({ claimedAt: time('10:30') }))
      .then(nothing));
});

describe('time runs forward within a ticket', () => {
  /** For each transition, a ticket whose last transition was at 11:30 and that allows it. */
  const late = time('11:30');
  const transitions = {
    start: [opened({ occurredAt: late })],
    hold: [opened(), started({ occurredAt: late })],
    resolve: [opened(), held({ occurredAt: late })],
    close: [opened(), resolved({ occurredAt: late })],
    reopen: [opened(), resolved(), closed({ occurredAt: late })],
    cancel: [opened(), transferred({ occurredAt: late })],
    merge: [opened(), resolved(), reopened(), started({ occurredAt: late })],
    transfer: [opened(), started({ occurredAt: late })],
  };

  it.each(each(transitions))(
    '%s, claimed before the last transition, takes the time of that transition',
    (type) => {
      const command = commands[type]({ claimedAt: time('11:00') });
      expect(answer(command, fold(transitions[type]), noon).events).toMatchObject([{ occurredAt: late }]);
    },
  );

  it.each(each(transitions))('%s, claimed after the last transition, keeps its own time', (type) => {
    const command = commands[type]({ claimedAt: time('11:30:00.001') });
    expect(answer(command, fold(transitions[type]), noon).events).toMatchObject([
      { occurredAt: time('11:30:00.001') },
    ]);
  });

  it('also after a transfer: the next transition is no earlier', () =>
    given(opened(), transferred({ occurredAt: late }))
      .when(resolve())
      .then(resolved({ occurredAt: late, at: mcq })));

  it('remembers the effective time of a resolution, not the claimed one', () =>
    given(opened(), started(), resolved({ occurredAt: late })).becomes({
      resolvedAt: late,
      lastTransitionAt: late,
    }));

  const nonTransitions = {
    assign: 'TicketAssigned',
    requester: 'RequesterChanged',
    watch: 'TicketWatched',
    unwatch: 'TicketUnwatched',
    note: 'NoteAdded',
    link: 'TicketLinked',
    recategorize: 'TicketRecategorized',
    reprioritize: 'TicketReprioritized',
  } as const;

  it.each(each(nonTransitions))('%s keeps the time it claims and moves nothing', (type) => {
    const ticket = fold([opened(), watched(), started({ occurredAt: late })]);
    for (const claimedAt of [time('07:00'), time('11:00'), time('11:45')]) {
      const { events } = answer(commands[type]({ claimedAt }), ticket, noon);
      expect(events).toMatchObject([{ type: nonTransitions[type], occurredAt: claimedAt }]);
      expect(fold(events, ticket)).toMatchObject({ status: 'in-progress', lastTransitionAt: late });
    }
  });

  it('a later note does not delay an earlier transition', () =>
    given(opened(), noted({ occurredAt: late }))
      .when(start())
      .then(started()));

  const openingMovesTime = { open: [] };
  const everyCommand = { ...openingMovesTime, ...transitions, ...nonTransitions } satisfies Record<
    TicketCommandType,
    unknown
  >;
  it('for every command, which is either listed here as a transition or as none', () =>
    expect(each(everyCommand).sort()).toEqual(each(commands).sort()));
});

describe('a superseded command', () => {
  const reopenedTicket = [opened(), watched(), resolved(), reopened()];

  /** What a command must not have happened before; it is refused as superseded when it did. */
  const notBefore = {
    open: null,
    assign: null,
    requester: null,
    watch: null,
    unwatch: null,
    note: null,
    link: null,
    recategorize: null,
    reprioritize: null,
    start: 'the last reopening',
    hold: 'the last reopening',
    resolve: 'the last reopening',
    close: null,
    reopen: 'what it would undo',
    cancel: 'the last reopening',
    merge: 'the last reopening',
    transfer: 'the last reopening',
  } satisfies Record<TicketCommandType, string | null>;
  const of = (what: string | null) => each(notBefore).filter((type) => notBefore[type] === what);

  it.each(of('the last reopening'))('%s before the last reopening is refused', (type) =>
    given(...reopenedTicket)
      .when(commands[type]({ claimedAt: justBefore('11:00') }))
      .refused('superseded'),
  );

  it.each(of('the last reopening'))('%s at the very instant of the last reopening is accepted', (type) => {
    const command = commands[type]({ claimedAt: time('11:00') });
    expect(answer(command, fold(reopenedTicket), noon)).toMatchObject({
      events: [{ occurredAt: time('11:00') }],
      refusal: null,
    });
  });

  it.each(of('the last reopening'))('%s between two reopenings is before the last', (type) =>
    given(...reopenedTicket, resolved({ occurredAt: time('11:10') }), reopened({ occurredAt: time('11:20') }))
      .when(commands[type]({ claimedAt: time('11:15') }))
      .refused('superseded'),
  );

  it.each(of('the last reopening'))('%s is superseded by the reopening of a cancelled ticket too', (type) =>
    given(opened(), cancelled(), reopened({ from: 'cancelled' }))
      .when(commands[type]({ claimedAt: time('10:30') }))
      .refused('superseded'),
  );

  it.each(of('the last reopening'))('%s is still superseded once work went on', (type) => {
    const wentOn = type === 'start' ? held : started;
    given(...reopenedTicket, wentOn({ occurredAt: time('11:30') }))
      .when(commands[type]({ claimedAt: time('10:30') }))
      .refused('superseded');
  });

  it('is refused by the effective time of the reopening, which may be later than its claim', () =>
    given(opened(), resolved(), closed(), reopened({ from: 'closed', occurredAt: time('10:30') }))
      .when(start({ claimedAt: time('10:29') }))
      .refused('superseded'));

  it.each(of(null).filter((type) => type !== 'open' && type !== 'close'))(
    '%s is never superseded: it is accepted before the last reopening',
    (type) => {
      const command = commands[type]({ claimedAt: time('10:30') });
      expect(answer(command, fold(reopenedTicket), noon)).toMatchObject({ events: [{}], refusal: null });
    },
  );

  it('is never a close, which takes the time of the resolution it follows', () =>
    given(...reopenedTicket, resolved({ occurredAt: time('11:30') }))
      .when(close())
      .then(closed({ occurredAt: time('11:30') })));

  it('is a reopen before the resolution it would undo', () =>
    given(opened(), resolved())
      .when(reopen({ claimedAt: justBefore('10:00') }))
      .refused('superseded'));
  it('is a reopen before the resolution it would undo, of a ticket closed since', () =>
    given(opened(), resolved(), closed())
      .when(reopen({ claimedAt: justBefore('10:00') }))
      .refused('superseded'));
  it('is a reopen before the cancellation it would undo', () =>
    given(opened(), cancelled())
      .when(reopen({ claimedAt: justBefore('10:00') }))
      .refused('superseded'));
  it('is a reopen that was meant for an earlier resolution', () =>
    given(...reopenedTicket, resolved({ occurredAt: time('11:30') }))
      .when(reopen({ claimedAt: time('11:15') }))
      .refused('superseded'));
  it('is a reopen that was meant for an earlier resolution than the cancellation', () =>
    given(...reopenedTicket, cancelled({ occurredAt: time('11:30') }))
      .when(reopen({ claimedAt: time('11:15') }))
      .refused('superseded'));
  it('is a reopen before the effective time of the resolution, which may be later than its claim', () =>
    given(opened(), held({ occurredAt: time('10:15') }), resolved({ occurredAt: time('10:15') }))
      .when(reopen({ claimedAt: time('10:10') }))
      .refused('superseded'));

  it('is not a reopen at the very instant of the resolution', () =>
    given(opened(), resolved())
      .when(reopen({ claimedAt: time('10:00') }))
      .then(reopened({ occurredAt: time('10:00') })));
  it('is not a reopen at the very instant of the cancellation', () =>
    given(opened(), cancelled())
      .when(reopen({ claimedAt: time('10:00') }))
      .then(reopened({ from: 'cancelled', occurredAt: time('10:00') })));
  it('is not a reopen between the resolution and the closing, whose time it takes', () =>
    given(opened(), resolved(), closed())
      .when(reopen({ claimedAt: time('10:10') }))
      .then(reopened({ from: 'closed', occurredAt: time('10:30') })));
});

describe('a command from the future', () => {
  const ready: Record<TicketCommandType, TicketEvent[]> = {
    ...{ open: [], assign: lives.open, note: lives.open, link: lives.open, recategorize: lives.open },
    ...{ reprioritize: lives.open, start: lives.open, hold: lives.open, resolve: lives.open },
    ...{ requester: lives.open, watch: lives.open, unwatch: lives.open },
    ...{ close: lives.resolved, reopen: lives.resolved },
    ...{ cancel: lives.open, merge: lives.open, transfer: lives.open },
  };

  it.each(each(ready))('%s is accepted exactly 5 minutes ahead, at the time it claims', (type) => {
    const claimedAt = time('12:05');
    expect(answer(commands[type]({ claimedAt }), fold(ready[type]), noon)).toMatchObject({
      events: [{ occurredAt: claimedAt }],
      refusal: null,
    });
  });

  it.each(each(ready))('%s is refused a millisecond further ahead', (type) =>
    given(...ready[type])
      .when(commands[type]({ claimedAt: time('12:05:00.001') }))
      .refused('occurred-in-the-future'),
  );

  it('is measured by the server’s clock, whatever the ticket’s time', () => {
    given(opened()).when(start(), time('08:25')).then(started());
    given(opened()).when(start(), time('08:24:59.999')).refused('occurred-in-the-future');
  });
});

describe('a broken stream', () => {
  const first = [
    ...[
      assigned(),
      requesterChanged(),
      watched(),
      unwatched(),
      noted(),
      linked(),
      recategorized(),
      reprioritized(),
      started(),
      held(),
    ],
    ...[resolved(), closed(), reopened(), cancelled(), merged(), transferred()],
    ...[textsErased(), holdPlaced(), holdReleased()],
  ];
  it.each(first)('throws where $type comes before the opening', (event) =>
    expect(() => evolve(unopened, event)).toThrow(`${event.type} before the ticket was opened`),
  );
});
