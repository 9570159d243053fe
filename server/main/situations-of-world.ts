// Situation reports of one world, wired: incidents, orders, calls, choices and warnings they are counted out of.
import { warning } from '../../contracts/layers/warning.ts';
import type { CallBook } from '../calls/call-book.ts';
import type { Freezer } from '../evidence/port.ts';
import type { OptionBook } from '../options/option-book.ts';
import type { OrderBook } from '../orders/order-book.ts';
import { SituationBook } from '../situations/situation-book.ts';
import type { AckBook } from '../acknowledgements/ack-book.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { Situation } from '../../contracts/records/situation.ts';
import { situationReport } from '../../contracts/layers/situation-report.ts';
import type { SituationMatter } from '../situations/port.ts';
import type { CommandParts } from './command-desks.ts';

type SituationParts = CommandParts & {
  readonly packs: Freezer;
  readonly orders: OrderBook;
  readonly options: OptionBook;
  readonly calls: CallBook;
  readonly acknowledgements: AckBook;
};

const everywhere = (): boolean => true;
/** Warnings before an incident belong to it as long as this, ms. */
const BEFORE_MS = 86_400_000;
/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';

/** What earlier runs of the server left undone is done before it resolves. */
export async function situationsOf(parts: SituationParts): Promise<SituationBook> {
  const { shared, world, clock, stores, incidents, outbox, packs, orders, options, calls } = parts;
  const { city, gate } = shared;
  const { decisions } = city.outbound;
  const system = city.systems.find(({ id }) => `system:${id}` === decisions?.to);
  const book = new SituationBook({
    ...{ log: stores.records, clock, logger: shared.log, freezer: packs, teller: outbox.book },
    ...{ incidents, decisions },
    show: (report, region) => show(parts, report, region),
    systemName: system?.title ?? { zh: decisions?.to ?? '', en: decisions?.to ?? '' },
    ground: {
      timeZone: city.profile.timeZone,
      units: incidents.units,
      matter: (id) => {
        const incident = incidents.find(id);
        return (
          incident && {
            incident,
            orders: [...orders.everyone()].filter((one) => one.incident?.id === id),
            calls: [...calls.everyone()].filter((one) => one.incident?.id === id),
            choices: options.choicesOf(id),
            warnings: [...world.table(warning.slug).rows()].map(({ key }) => key),
            ...aroundOf(parts, incident),
            now: clock.now(),
          }
        );
      },
      nameOf: (subject) => gate.nameOf(subject),
    },
  });
  await book.open();
  return book;
}

/** What was done beside the incident and belongs to its review. */
function aroundOf(
  { runs, alerts, bookings, acknowledgements, shared }: SituationParts,
  incident: Incident,
): Pick<SituationMatter, 'plans' | 'clusters' | 'acks' | 'bookings'> {
  const { id, region, evidence, happenedAt, stageAt } = incident;
  const signals = new Set(evidence.map(({ layer, key }) => `${layer} ${key}`));
  const isOf = (unit: string): boolean =>
    region === shared.city.profile.code || unit.startsWith(`town:${region.slice(0, 6)}`);
  return {
    plans: runs.list(id, everywhere).map((run) => runs.conformance(run.id, everywhere)),
    clusters: alerts.clusters
      .list()
      .filter((one) => one.signals.some(({ layer, key }) => signals.has(`${layer} ${key}`))),
    acks: [...acknowledgements.everyone()].filter(
      ({ at, asked }) => at >= happenedAt - BEFORE_MS && at <= stageAt && asked.some((unit) => isOf(unit.id)),
    ),
    bookings: bookings.list({ id: 'system', reach: null, reaches: everywhere }, id),
  };
}

function show({ world, shared }: CommandParts, report: Situation, region: string): void {
  const held = world.layers.get(situationReport.slug);
  if (!held) throw new Error(`layer ${situationReport.slug} is not loaded: see contracts/layers`);
  const { table, batch } = held;
  const key = String(report.id);
  if (table.slotOf(key) >= 0) return;
  const row = {
    ...{ key, validAt: report.at, regionCode: region, source: SELF, synthetic: shared.config.demo },
    values: {
      ...{
        title: report.incident.title.slice(0, 160),
        no: report.no,
        kind: report.kind,
        issue: report.issue,
      },
      ...{ incident: report.incident.no, incidentId: report.incident.id },
      figures: report.sections.reduce((sum, { figures }) => sum + figures.length, 0),
      improvements: report.review?.improvements.length ?? null,
      decisions: report.decisions.length,
      signedAt: report.at,
    },
  };
  table.put(row);
  batch.append(row);
}
