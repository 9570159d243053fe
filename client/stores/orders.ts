// Orders as this page sees them: read while somebody looks, and anew after each thing that is done. What may be done is the
// server's to say.
import { ref, shallowRef } from 'vue';
import type { LonLat } from '../../contracts/column.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import { isOpen } from '../../contracts/records/incident.ts';
import type { IssueRequest, Order, OrderPage, OrderVerb } from '../../contracts/records/order.ts';
import { WHOLE_CITY } from '../../contracts/records/reach.ts';
import { access, mayHere } from './access.ts';
import { newAction } from './incidents.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** null until it was read. */
export const orderPage = shallowRef<OrderPage | null>(null);
export const ordersRefusal = shallowRef<Refusal | null>(null);
/** Also what is over. */
export const withOver = ref(false);
/** The order whose card is open; null: none. */
export const chosenOrder = ref<string | null>(null);
/** What the form of a new one begins with. */
export interface Ordering {
  /** The one it is for; null: none. */
  readonly incident: number | null;
  readonly clause?: { readonly plan: string; readonly clause: string } | null;
  readonly text?: string;
  readonly place?: string;
  readonly position?: LonLat | null;
  /** Ids of the units it is for. */
  readonly to?: readonly string[];
}
/** null: closed. */
export const ordering = shallowRef<Ordering | null>(null);

/** Opens the form with what the incident says already; null, or one that is over: with nothing. */
export function orderFor(incident: Incident | null): void {
  ordering.value =
    incident && isOpen(incident)
      ? {
          ...{ incident: incident.id, place: incident.place, position: incident.position },
          to: incident.unit ? [incident.unit.id] : [],
        }
      : { incident: null };
}

/** Of the incident whose card is open, newest first; null until they were read. */
export const incidentOrders = shallowRef<readonly Order[] | null>(null);
let ordersOf: number | null = null;

/** @param incident null: no card is open */
export async function loadOrdersOf(incident: number | null): Promise<void> {
  if (ordersOf !== incident) incidentOrders.value = null;
  ordersOf = incident;
  if (incident === null) return;
  const answer = await askJson<OrderPage>(`/api/orders?incident=${incident}`);
  if (ordersOf === incident && answer.ok) incidentOrders.value = answer.value.orders;
}

let asked = 0;

export async function loadOrders(): Promise<void> {
  const mine = ++asked;
  const answer = await askJson<OrderPage>(`/api/orders?limit=200${withOver.value ? '' : '&open=true'}`);
  // An answer that was overtaken says what was before.
  if (mine !== asked) return;
  ordersRefusal.value = answer.ok ? null : answer.refusal;
  if (!answer.ok) return;
  orderPage.value = answer.value;
  void deliverOwn(answer.value.orders);
}

/** @param said.action made once for what somebody means once */
export async function giveOrder(said: Partial<IssueRequest>): Promise<Answer<{ orders: readonly Order[] }>> {
  const answer = await askJson<{ orders: readonly Order[] }>('/api/orders', said);
  if (answer.ok) {
    chosenOrder.value = answer.value.orders[0]?.id ?? null;
    await Promise.all([loadOrders(), loadOrdersOf(ordersOf)]);
  }
  return answer;
}

export async function answerOrder(
  { id, seq }: Order,
  verb: OrderVerb,
  { text, action = newAction() }: { readonly text: string; readonly action?: string },
): Promise<Answer<Order>> {
  const answer = await askJson<Order>(`/api/orders/${id}/${verb}`, { action, seen: seq, text });
  await loadOrders();
  return answer;
}

const told = new Set<string>();

/** That a unit's own page shows an order is its delivery; who sees the whole city proves nothing of one unit. */
async function deliverOwn(orders: readonly Order[]): Promise<void> {
  const areas = access.value?.who?.areas ?? [];
  if (!mayHere('answer-orders') || areas.length === 0 || areas.includes(WHOLE_CITY)) return;
  const own = orders.filter(
    ({ id, state, to, region }) =>
      state === 'issued' && !told.has(id) && areas.some((area) => to.unit.id === area || region === area),
  );
  for (const { id, seq } of own) {
    told.add(id);
    await askJson(`/api/orders/${id}/deliver`, { action: newAction(), seen: seq, text: '' });
  }
  if (own.length > 0) await loadOrders();
}
