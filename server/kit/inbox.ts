// What feeds see of webhooks: a named route whose deliveries have a proven sender.
import type { Link } from './feed.ts';

export interface InboxAnswer {
  readonly status: 202 | 400 | 401 | 404 | 409 | 413 | 429;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface InboxRoute {
  /** The last segment of the address, equal to the feed's slug. */
  readonly name: string;
  /** Shared secret; null refuses everything. */
  readonly key: string | null;
  readonly maxBytes?: number;
}

/** `false`: the body is no list of events at all (400). */
export type InboxHandler = (body: Uint8Array, receivedAt: number) => boolean;

export interface Inbox {
  /** Opens the route until the feed ends. */
  route(link: Link, route: InboxRoute, handler: InboxHandler): void;
  /** One POST as the HTTP side received it; header names in lower case. Never throws. */
  deliver(
    name: string,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    body: Uint8Array,
  ): InboxAnswer;
}
