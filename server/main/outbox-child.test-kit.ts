// An outbox in a process of its own, to be killed: incidents out of its log, a real store, and the webhook gateway.
// Arguments: folder, address of the receiver, how many incidents are assigned now, and whether sending stops before it begins.
import type { Incident, LogLine } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { createSystemClock } from '../kit/clock.ts';
import { createListLogger } from '../kit/test-context.ts';
import { openStore } from '../store/open-store.ts';
import { createWebhookGateway } from '../outbound/http-gateway.ts';
import { OutboxBook } from '../outbound/outbox.ts';
import type { Gateway } from '../outbound/port.ts';
import { rules } from '../outbound/outbox.test-kit.ts';
import { Sender } from '../outbound/sender.ts';

const [folder = '', url = '', count = '0', mode = 'send'] = process.argv.slice(2);
const ASSIGN = 'incident/assign';
const TOLD_MS = 20;
const unit = { id: 'dept:fire', name: { zh: '消防', en: 'Fire' } };

const clock = createSystemClock();
const logger = createListLogger([]);
const store = await openStore({ folder, city: 'testville', url: null }, { clock, log: logger });
const log = await store.openLog('live', clock.now);
const incidents = new Map<number, Incident>();

/** Each entry is an incident of its own, which was assigned. */
function taken({ seq, subject: by, knownAt }: LogEntry): Incident {
  const line = { seq, verb: 'assign', by, happenedAt: knownAt, knownAt, text: '', stage: 'assigned' };
  const incident = {
    ...{ id: seq, no: `n${seq}`, title: '事件', place: '', region: '990101', stage: 'assigned', grade: 'IV' },
    ...{ urgent: false, unit, desk: unit, dueAt: null, merged: [], evidence: [], seq },
    log: [line as unknown as LogLine],
  } as unknown as Incident;
  incidents.set(seq, incident);
  return incident;
}
for await (const entry of log.read({ kinds: [ASSIGN] })) taken(entry);

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const webhook = createWebhookGateway({
  ...{ clock, url, key: '0123456789abcdef', addresses: {} },
  ...{ hosts: [new URL(url).host], timeoutS: 60 },
});
const stopped: Gateway = {
  name: 'webhook',
  send: ({ key }) => {
    say({ sending: key });
    return new Promise(() => undefined);
  },
};
const gateway = mode === 'stop' ? stopped : webhook;
const world = { id: 'live', kind: 'live', parent: null } as const;
const book = new OutboxBook({
  ...{ log, clock, logger, rules, withheld: null },
  incidents: { units: [unit], find: (id) => incidents.get(id), everyone: () => incidents.values() },
  city: { title: { zh: '试城', en: 'Test' }, timeZone: 'Asia/Shanghai', code: '990100', systems: [] },
  sender: new Sender({
    world,
    clock,
    logger,
    gateways: { reply: gateway, notice: gateway, push: gateway, statement: gateway },
  }),
});
await book.open();
clock.every(TOLD_MS, () => say({ counts: book.list({ from: 0, limit: 1 }, () => true).counts }));
for (let at = 0; at < Number(count); at += 1) {
  book.happened(taken(await log.append({ subject: 'duty', kind: ASSIGN, body: {} })));
  say({ assigned: at + 1 });
}
