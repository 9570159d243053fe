// What the board of orders can have done: asked of the stores, so that the gallery draws it without a server.
import type { IssueRequest, Order, OrderVerb } from '../../../contracts/records/order.ts';
import type { Answer, Refusal } from '../../stores/operations.ts';

export interface OrderDoes {
  readonly give: (said: Partial<IssueRequest>) => Promise<Answer<{ orders: readonly Order[] }>>;
  readonly answer: (
    order: Order,
    verb: OrderVerb,
    said: { readonly text: string; readonly action?: string },
  ) => Promise<Answer<Order>>;
  readonly showPack: (id: number) => Promise<Refusal | null>;
  /** What is on the screen, which is kept with the order. */
  readonly evidence: () => Pick<IssueRequest, 'rows' | 'view'>;
}

/** What somebody may do here. */
export interface OrderRights {
  readonly give: boolean;
  readonly answer: boolean;
  readonly evidence: boolean;
}
