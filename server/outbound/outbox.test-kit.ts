// An outbox on a virtual clock over a log in memory, with incidents and gateways that do what the test says.
import { CodedError } from '../../contracts/errors.ts';
import type { Incident, LogLine, Stage, UnitRef } from '../../contracts/records/incident.ts';
import type { Message } from '../../contracts/records/message.ts';
import type { World } from '../../contracts/wire.ts';
import { createManualClock } from '../kit/clock.ts';
import { createListLogger } from '../kit/test-context.ts';
import { createMemoryLog } from './memory-log.test-kit.ts';
import { OutboxBook } from './outbox.ts';
import type { Gateway, OutboundRules, Parcel } from './port.ts';
import { Sender } from './sender.ts';

export const START = Date.UTC(2026, 6, 15, 4);
export const MINUTE = 60_000;
export const anybody = { id: 'duty', reaches: () => true };
export const chief = { id: 'chief', reaches: () => true };

const unit = (id: string, zh: string): UnitRef => ({ id, name: { zh, en: id } });
const units = [
  unit('city', '值班室'),
  unit('dept:fire', '消防'),
  unit('county:990101', '西区'),
  unit('dept:office', '办公室'),
];

export const rules: OutboundRules = {
  messages: [
    { on: 'assign', kind: 'notice', to: 'unit', text: '请承办 {no} {title}，{due}前' },
    { on: 'urge', kind: 'notice', to: 'owner', text: '催办 {no}。{text}' },
    { on: 'supervise', kind: 'push', to: 'system:collab', text: '督办 {no}' },
  ],
  glass: {
    to: [
      { id: 'office:auditor', name: { zh: '审计员', en: 'Auditor' } },
      { id: 'system:security', name: { zh: '网络安全办', en: 'Security office' } },
    ],
    take: '{title} {time} {role} {minutes} {text}',
    end: '{no} {text}',
    review: '{by} {verdict} {text}',
  },
  replies: { ticket: '“{title}”已办结：{text}' },
  unread: {
    urgent: [
      { afterMin: 10, to: 'desk' },
      { afterMin: 10, to: 'city' },
      { afterMin: 15, to: 'dept:office' },
    ],
    normal: [{ afterMin: 60, to: 'desk' }],
    text: '{to}{minutes}分钟未确认 {no}',
  },
};

export interface TestGateway extends Gateway {
  readonly taken: Parcel[];
  /** Thrown instead of taking it. */
  fails: CodedError | null;
  /** Waits for this before it answers. */
  until: Promise<void> | null;
}

export function testGateway(): TestGateway {
  const gateway: TestGateway = {
    name: 'test',
    taken: [],
    fails: null,
    until: null,
    async send(parcel) {
      await gateway.until;
      if (gateway.fails) throw gateway.fails;
      gateway.taken.push(parcel);
      return `ref-${parcel.key}`;
    },
  };
  return gateway;
}

const silent = createListLogger([]);
const live: World = { id: 'live', kind: 'live', parent: null };

/** Incident 1, assigned to the fire brigade by nobody yet; its own log is beside that of the outbox. */
export function rig(world: World = live) {
  const clock = createManualClock(START);
  const log = createMemoryLog(clock.now);
  const gateway = testGateway();
  const incidents = new Map<number, Incident>();
  const source = { units, find: (id: number) => incidents.get(id), everyone: () => incidents.values() };
  const gateways = { reply: gateway, notice: gateway, push: gateway, statement: gateway };
  const open = async (): Promise<OutboxBook> => {
    const isLive = world.kind === 'live';
    const book = new OutboxBook({
      ...{ log, clock, logger: silent, incidents: source, rules },
      city: { title: { zh: '试城', en: 'Test' }, timeZone: 'Asia/Shanghai', code: '990100', systems: [] },
      sender: isLive ? new Sender({ world, clock, logger: silent, gateways }) : null,
      withheld: isLive ? null : { zh: '演练', en: 'A drill' },
    });
    await book.open();
    await book.idle();
    return book;
  };
  return { clock, log, gateway, incidents, source, open };
}

export type Rig = ReturnType<typeof rig>;

/** What command would write: the entry in the log of the world, and the incident with its new line. → as it is then. */
export async function did(
  { log, incidents, clock }: Rig,
  verb: string,
  change: Partial<Incident> & { readonly said?: string } = {},
): Promise<Incident> {
  const { said = '', ...rest } = change;
  const { seq } = await log.append({ subject: 'duty', kind: `incident/${verb}`, body: {} });
  const before = incidents.get(1) ?? fresh;
  const line: LogLine = {
    ...{ seq, verb, by: 'duty', happenedAt: clock.now(), knownAt: clock.now(), text: said },
    ...{ stage: before.stage, said: {}, files: [], late: false },
  };
  const after = { ...before, ...rest, seq, log: [...before.log, line] };
  incidents.set(1, after);
  return after;
}

const fresh = {
  id: 1,
  no: '20260715-001',
  title: '居民楼燃气泄漏',
  place: '河口街道',
  region: '990101',
  stage: 'assigned' as Stage,
  urgent: true,
  grade: 'IV',
  desk: unit('county:990101', '西区'),
  unit: unit('dept:fire', '消防'),
  dueAt: START + 30 * MINUTE,
  merged: [],
  evidence: [],
  log: [],
} as unknown as Incident;

export const ticketEvidence = {
  ...{ layer: 'ticket', key: 'T-7', name: '小区有燃气味', values: {}, source: '12345', quality: 'good' },
  ...{ synthetic: false, validAt: START, knownAt: START },
};

export const all = (book: OutboxBook): readonly Message[] =>
  [...book.list({ from: 0, limit: 500 }, () => true).messages].reverse();

export async function pass(book: OutboxBook, { clock }: Pick<Rig, 'clock'>, minutes: number): Promise<void> {
  // A round ends before the next begins.
  for (let minute = 0; minute < minutes; minute += 1) {
    clock.advance(MINUTE);
    await book.idle();
  }
}

export const away = (): CodedError => new CodedError('outbound/unreachable', 'test');
