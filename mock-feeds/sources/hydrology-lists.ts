// What the water bureau publishes as JSON: river gauges, reservoirs and the dispatch orders of the big dams.
import { readCurve } from '../engine/curve.ts';
import { HOUR } from '../engine/local-time.ts';
import type { Reservoir } from '../engine/hydrology.ts';
import { createRandom, keyOf, type Random } from '../engine/random.ts';
import type { HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';
import type { TownReceipts } from './town-receipts.ts';
import { round, serveJsonList } from './json-list.ts';

const PERIOD_S = 300;
const ORDER_PERIOD_S = 60;
const ORDERS_SHOWN = 40;
/** Reservoirs from this storage on are ordered by the basin's dispatch centre, 10⁶ m³. */
const ORDERED_FROM_W = 300;

type OrderStatus = 'issued' | 'acknowledged' | 'executing' | 'done' | 'cancelled';

interface Order {
  orderNo: string;
  reservoir: string;
  sender: string;
  issuedAt: number;
  from: number;
  to: number;
  outflow: number;
  text: string;
  acknowledgedAt: number;
  cancelledAt: number | null;
}

const statusAt = (order: Order, at: number): OrderStatus => {
  if (order.cancelledAt !== null && at >= order.cancelledAt) return 'cancelled';
  if (at >= order.to) return 'done';
  if (at >= order.from) return 'executing';
  return at >= order.acknowledgedAt ? 'acknowledged' : 'issued';
};

class HydrologyLists implements Source {
  private readonly world: World;
  private readonly random: Random;
  private readonly rivers: Map<string, string>;
  private readonly orders: Order[];
  private readonly receipts: TownReceipts | undefined;

  constructor(world: World, receipts?: TownReceipts) {
    this.receipts = receipts;
    this.world = world;
    this.random = createRandom(this.world.seed, keyOf('dispatch-order'));
    this.rivers = new Map(this.world.city.rivers.map((river) => [river.id, river.name]));
    this.orders = [];
  }

  private readonly issue = (
    reservoir: Reservoir,
    {
      outflow,
      at,
      inS,
      forS,
      sender = '市防汛抗旱指挥部办公室',
      answerS,
    }: { outflow: number; at: number; inS?: number; forS?: number; sender?: string; answerS?: number },
  ): Order => {
    const from = at + (inS === undefined ? this.random.between(0.5, 2) * HOUR : inS * 1000);
    const begins = Math.ceil(from / 600_000) * 600_000;
    const order: Order = {
      orderNo: `DD-${this.world.time.date(at).replaceAll('-', '')}-${String(this.orders.length + 1).padStart(3, '0')}`,
      reservoir: reservoir.stcd,
      sender,
      issuedAt: at,
      from: begins,
      to: begins + (forS === undefined ? (3 + this.random.below(10)) * HOUR : forS * 1000),
      outflow: Math.round(outflow / 10) * 10,
      text: '',
      acknowledgedAt: at + this.random.between(2, 14) * 60_000,
      cancelledAt: null,
    };
    const clockText = (t: number): string => this.world.time.iso(t).slice(11, 16);
    order.text = `请${reservoir.name}自${clockText(order.from)}起按${order.outflow}立方米每秒控制出库，至${clockText(order.to)}止，并提前通知下游沿江乡镇。`;
    this.orders.push(order);
    this.receipts?.ordered(order.orderNo, reservoir.stcd, answerS);
    this.world.clock.at(Math.max(order.from, this.world.clock.now()), () => {
      if (order.cancelledAt === null) this.world.hydrology.order(order.reservoir, order.outflow, order.to);
    });
    return order;
  };

  private readonly big = (): Reservoir[] => {
    const list = this.world.hydrology.reservoirs.filter((r) => r.normalW >= ORDERED_FROM_W);
    return list.length > 0 ? list : this.world.hydrology.reservoirs.slice(0, 1);
  };

  private readonly review = (): void => {
    const at = this.world.clock.now();
    for (const r of this.world.quiet.has('orders') ? [] : this.big()) {
      const free = !this.orders.some((o) => o.reservoir === r.stcd && o.to > at && o.cancelledAt === null);
      const over = this.world.hydrology.levelOf(r) - r.floodLimitM;
      if (free && (over > 0 || this.random.chance(0.12)))
        this.issue(r, { outflow: r.inflow * (over > 0 ? 1.25 : this.random.between(0.8, 1.1)), at });
    }
  };

  private readonly gauges = (at: number): object[] =>
    this.world.hydrology.readings().map(({ gauge, z, q, trend }) => ({
      stcd: gauge.stcd,
      name: gauge.name,
      river: this.rivers.get(gauge.river) ?? gauge.river,
      lon: gauge.position[0],
      lat: gauge.position[1],
      time: this.world.time.iso(at),
      z: round(z, 2),
      q: round(q, q < 100 ? 1 : 0),
      trend,
      warningM: gauge.warningM,
      guaranteeM: gauge.guaranteeM,
    }));

  private readonly reservoirs = (at: number): object[] =>
    this.world.hydrology.reservoirs.map((r) => {
      const spill = Math.max(0, r.outflow - r.inflow * 1.02);
      const gateCount = r.normalW > ORDERED_FROM_W ? 5 : 2;
      return {
        stcd: r.stcd,
        name: r.name,
        lon: r.position[0],
        lat: r.position[1],
        time: this.world.time.iso(at),
        z: round(this.world.hydrology.levelOf(r), 2),
        w: round(r.w, r.w > 100 ? 1 : 3),
        inflow: round(r.inflow, 1),
        outflow: round(r.outflow, 1),
        gates: Array.from({ length: gateCount }, (_, i) => ({
          no: i + 1,
          openM: round(Math.max(0, Math.min(8, spill / (60 * gateCount) - i * 0.3)), 1),
        })),
        normalM: r.normalM,
        floodLimitM: r.floodLimitM,
      };
    });

  private readonly orderList = (at: number): object[] =>
    this.orders
      .filter((o) => o.issuedAt <= at)
      .slice(-ORDERS_SHOWN)
      .map((o) => ({
        orderNo: o.orderNo,
        reservoir: o.reservoir,
        issuedAt: this.world.time.iso(o.issuedAt),
        from: this.world.time.iso(o.from),
        to: this.world.time.iso(o.to),
        outflow: o.outflow,
        sender: o.sender,
        text: o.text,
        status: statusAt(o, at),
        acknowledgedAt:
          at >= o.acknowledgedAt ? this.world.time.iso(Math.floor(o.acknowledgedAt / 1000) * 1000) : null,
      }));

  readonly feeds = ['river-gauge', 'reservoir', 'dispatch-order'];

  objects(): Readonly<Record<string, number>> {
    return {
      riverGauges: this.world.hydrology.readings().length,
      reservoirs: this.world.hydrology.reservoirs.length,
      dispatchOrders: this.orders.length,
    };
  }

  start(): void {
    // The day's orders before the start, one of them still being carried out.
    const own = this.world.quiet.has('orders') ? [] : this.big();
    const before = Math.floor((this.world.startAt - 4 * HOUR) / 60_000) * 60_000;
    for (const r of own) this.issue(r, { outflow: r.inflow * 0.95, at: before });
    const first = Math.ceil((this.world.startAt + 1) / (PERIOD_S * 1000)) * PERIOD_S * 1000;
    this.world.clock.every(first, PERIOD_S * 1000, () => this.world.hydrology.step(this.world.clock.now()));
    this.world.clock.every(this.world.startAt + 1_800_000, 1_800_000, this.review);
  }

  routes(http: HttpHost): void {
    const system = 'x-hydrology';
    serveJsonList(this.world, http, {
      feed: 'river-gauge',
      system,
      path: '/hydrology/stations',
      periodS: PERIOD_S,
      items: this.gauges,
    });
    serveJsonList(this.world, http, {
      feed: 'reservoir',
      system,
      path: '/hydrology/reservoirs',
      periodS: PERIOD_S,
      items: this.reservoirs,
    });
    serveJsonList(this.world, http, {
      feed: 'dispatch-order',
      system: 'x-reservoir-dispatch',
      path: '/hydrology/dispatch-orders',
      periodS: ORDER_PERIOD_S,
      items: this.orderList,
    });
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    const curves = this.wanted(request);
    if (curves !== null || request['kind'] !== 'dispatch-order') return curves;
    const r =
      this.world.hydrology.reservoirs.find((one) => one.stcd === request['reservoir']) ?? this.big()[0];
    if (r === undefined) return { injected: 'dispatch-order', orderNo: null };
    const { outflow, inS, forS, sender, answerS } = request;
    const order = this.issue(r, {
      outflow: Number(outflow ?? r.inflow * 2),
      at: this.world.clock.now(),
      ...(typeof inS === 'number' ? { inS } : {}),
      ...(typeof forS === 'number' ? { forS } : {}),
      ...(typeof sender === 'string' ? { sender } : {}),
      ...(typeof answerS === 'number' ? { answerS } : {}),
    });
    return { injected: 'dispatch-order', orderNo: order.orderNo };
  }

  /** Hydrographs: what rivers and reservoirs do in the next hours. null: another kind. */
  private wanted({
    kind,
    id,
    flow,
    level,
    plus,
    inflow,
    outflow,
    levelM,
  }: Readonly<Record<string, unknown>>): object | null {
    const { hydrology, clock } = this.world;
    const now = clock.now();
    if (kind === 'river-curve') {
      const added = Array.isArray(plus) ? (plus as { from: string; lagH: number }[]) : [];
      hydrology.want(String(id), { curve: readCurve('flow', flow, now), plus: added });
    } else if (kind === 'river-level') hydrology.wantLevel(String(id), readCurve('level', level, now));
    else if (kind === 'reservoir-curve')
      hydrology.fill(String(id), {
        ...(typeof levelM === 'number' ? { levelM } : {}),
        ...(inflow === undefined ? {} : { inflow: readCurve('inflow', inflow, now) }),
        ...(outflow === undefined ? {} : { outflow: readCurve('outflow', outflow, now) }),
      });
    else return null;
    return { injected: kind, id };
  }
}

export function createHydrologyLists(world: World, receipts?: TownReceipts): Source {
  return new HydrologyLists(world, receipts);
}
