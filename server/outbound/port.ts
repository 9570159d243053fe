// What the outbox needs of the rest of the server, and what others see of it.
import type { Reaches } from '../../contracts/records/reach.ts';
import type { Title } from '../../contracts/column.ts';
import type { PlanOrigin } from '../../contracts/records/plan-run.ts';
import type { Incident, UnitRef } from '../../contracts/records/incident.ts';
import type {
  Message,
  MessageIncident,
  MessageAsked,
  MessageKind,
  MessageState,
  MessageVerb,
  Outbox,
  Receipt,
  Recipient,
  StatementAsked,
} from '../../contracts/records/message.ts';

/** start, level, end: to the command of a plan. task: to the unit that is given one. */
export type PlanNews = 'start' | 'task' | 'level' | 'end';
/** A switch to 战时 or another level of it, its end; a roll-call, and who is missing in one. */
export type CrisisNews = 'crisis' | 'crisis-end' | 'roll-call' | 'missing';

/** Something of a plan or of 战时 that somebody is told. */
export interface Announcement {
  readonly about: PlanNews | CrisisNews;
  /** Id of the incident. */
  readonly incident: number;
  readonly to: UnitRef;
  /** The same one is told once. */
  readonly once: string;
  /** null: it is not of a plan. */
  readonly plan: PlanOrigin | null;
  readonly words: {
    /** Title of the plan, or name of the crisis. */
    readonly plan: string;
    /** 「Ⅲ级响应」. */
    readonly level: string;
    readonly text: string;
    /** Epoch ms; null: as soon as can be. */
    readonly dueAt: number | null;
  };
}

/** Tells units of a plan through the outbox. */
export interface Announcer {
  /** null: messages leave. Else why none does. */
  readonly withheld: Title | null;
  /** The text as it would be sent; null: the city has no words for it, and nobody is told. */
  wordingOf(of: Announcement): string | null;
  /** Written down before it resolves; sent after. @throws CodedError store/… */
  announce(by: string, all: readonly Announcement[]): Promise<void>;
}

/** Told to those who watch, of rights that were taken alone in an emergency. */
export interface GlassNews {
  readonly what: 'take' | 'end' | 'review';
  /** Sequence of its first entry. */
  readonly id: number;
  /** Who took it, the role, who did this, for people. */
  readonly name: string;
  readonly role: string;
  readonly by: string;
  readonly reason: string;
  readonly minutes: number;
  /** Epoch ms. */
  readonly at: number;
  /** Of a review: whether it had to be. */
  readonly isJustified: boolean;
}

/** Something somebody is told that no incident and no plan makes the city say: its words are those of who asks. */
export interface Note {
  readonly kind: 'notice' | 'push';
  readonly to: Recipient;
  readonly text: string;
  /** Id 0: of no incident. */
  readonly about: MessageIncident;
  /** The same one is told once. */
  readonly once: string;
  readonly cause: NoteCause;
}
export type NoteCause = 'order' | 'call' | 'decision' | 'acknowledgement';

/** Tells anybody of anything through the outbox. */
export interface Teller {
  /** null: messages leave. Else why none does. */
  readonly withheld: Title | null;
  /** Written down before it resolves; sent after. @throws CodedError store/… */
  tell(by: string, notes: readonly Note[]): Promise<void>;
  /** What became of the one told with that key; undefined: nobody was. */
  toldWith(once: string): Message | undefined;
  /** Called with each message of a note that went on. */
  follow(heard: (message: Message) => void): void;
}

/** What a gateway is handed. */
export interface Parcel {
  /** Once-only: what a gateway has taken under this key, it does not deliver again. */
  readonly key: string;
  readonly kind: MessageKind;
  /** Of the recipient: `dept:<id>`, `ticket:<key>`, `system:<id>` … */
  readonly to: string;
  readonly name: string;
  readonly text: string;
  /** Number of the incident; '': of none. */
  readonly incident: string;
  /** Epoch ms. */
  readonly writtenAt: number;
}

/** Takes a message to whoever delivers it. */
export interface Gateway {
  readonly name: string;
  /**
   * → the gateway's own id, '' where it gives none.
   * @throws CodedError outbound/unreachable, …/timeout, …/status: worth another try; outbound/refused, …/host, …/address: not
   */
  send(parcel: Parcel): Promise<string>;
}

export type Gateways = Readonly<Record<MessageKind, Gateway>>;

export interface Rung {
  readonly afterMin: number;
  readonly to: string;
}

/** The city package as the outbox wants it. */
export interface OutboundRules {
  readonly messages: readonly {
    readonly on: string;
    readonly kind: 'notice' | 'push';
    readonly to: string;
    readonly text: string;
  }[];
  readonly replies: Readonly<Record<string, string>>;
  /** Absent: nobody is told of orders. */
  readonly orders?:
    Readonly<Partial<Record<'issue' | 'remind' | 'escalate' | 'withdraw', string>>> | undefined;
  readonly calls?: Readonly<Partial<Record<'message' | 'roll-call' | 'meeting', string>>> | undefined;
  readonly decisions?: { readonly to: string; readonly text: string } | undefined;
  /** Absent: nobody is told of plans. */
  readonly plans?: Readonly<Partial<Record<PlanNews, string>>> | undefined;
  /** Absent: nobody is told of break-glass. */
  readonly glass?:
    | {
        readonly to: readonly { readonly id: string; readonly name: Title }[];
        readonly take: string;
        readonly end: string;
        readonly review: string;
      }
    | undefined;
  /** Absent: nobody is told of 战时. */
  readonly crisis?: Readonly<Partial<Record<CrisisNews, string>>> | undefined;
  readonly unread: {
    readonly urgent: readonly Rung[];
    readonly normal: readonly Rung[];
    readonly text: string;
  };
}

export interface CityWords {
  readonly title: Title;
  readonly timeZone: string;
  /** Other systems, for pushes. */
  readonly systems: readonly { readonly id: string; readonly title: Title }[];
}

/** What the outbox asks of incidents. */
export interface IncidentSource {
  readonly units: readonly UnitRef[];
  /** undefined: there is no such incident. */
  find(id: number): Incident | undefined;
  everyone(): Iterable<Incident>;
}

export interface MessageFilter {
  readonly state?: MessageState | undefined;
  readonly kind?: MessageKind | undefined;
  /** Id of an incident. */
  readonly incident?: number | undefined;
  readonly from: number;
  readonly limit: number;
}

/** Who asks, and whose messages they may see: those of incidents of a region, or to a unit. */
export interface Asker {
  readonly id: string;
  readonly reaches: Reaches;
}

/** All throw CodedError request/not-found for what lies in another area, …/conflict for what was changed meanwhile, and store/…. */
export interface Messages {
  /** Newest first. */
  list(filter: MessageFilter, reaches: Asker['reaches']): Outbox;
  /** A draft for the public; somebody else approves it. @throws CodedError request/invalid for a fact that is no evidence of the incident */
  publish(by: Asker, asked: StatementAsked): Promise<Message>;
  /** @throws CodedError access/duties where who approves is who worded it */
  act(
    by: Asker,
    id: number,
    did: { readonly verb: MessageVerb; readonly asked: MessageAsked },
  ): Promise<Message>;
}

export interface ReceiptAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Receipts {
  /** One POST as the HTTP side received it; answered when it is durable. @throws CodedError request/unavailable without a key, store/… */
  deliver(
    headers: Readonly<Record<string, string | string[] | undefined>>,
    body: Uint8Array,
  ): Promise<ReceiptAnswer>;
}

export type { Receipt };
