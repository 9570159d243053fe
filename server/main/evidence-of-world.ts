// Evidence packs of one world, wired: rows, indicators and warnings as they stand, who is connected, the layers of a moment.
import path from 'node:path';
import { CodedError } from '../../contracts/errors.ts';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { warning } from '../../contracts/layers/warning.ts';
import { startRecording } from '../../contracts/recording.ts';
import { declaredLayer } from '../../contracts/layer-schema.ts';
import type { IncidentTargets } from '../command/port.ts';
import type { ServerConfig } from '../config.ts';
import type { Frozen } from '../evidence/port.ts';
import { frozenTables, momentIn } from '../evidence/frozen-frames.ts';
import { PackBook } from '../evidence/pack-book.ts';
import type { History } from '../history/port.ts';
import { ContentShelf, EVIDENCE_FOLDER } from '../kit/content-shelf.ts';
import type { Clock } from '../kit/clock.ts';
import type { Incidents } from '../command/port.ts';
import type { Room } from '../realtime/room.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { RecordLog } from '../store/port.ts';
import type { Shared } from './shared.ts';

/** No moment of a city is larger. */
const MOST_BYTES = 256 * 1024 * 1024;

export interface EvidenceParts {
  readonly shared: Shared;
  readonly config: ServerConfig;
  /** Folder of everything the world keeps. */
  readonly root: string;
  readonly world: LiveWorld;
  readonly records: RecordLog;
  readonly clock: Clock;
  readonly history: History;
  readonly room: Pick<Room, 'present'>;
  readonly incidents: Incidents;
  readonly targets: Pick<IncidentTargets, 'copyRow' | 'labelOf'>;
}

export async function evidenceOf(parts: EvidenceParts): Promise<PackBook> {
  const { shared, config, root, world, records, clock, room, incidents, targets } = parts;
  const cityCode = shared.city.profile.code;
  const keysOf = (slug: string): string[] => [...world.table(slug).rows()].map(({ key }) => key);
  const book = new PackBook({
    ...{ log: records, clock, cityCode },
    shelf: new ContentShelf(path.join(root, EVIDENCE_FOLDER)),
    sources: {
      facts: { city: config.city, world: world.facts.id, build: config.build, isDemo: config.demo },
      copyRow: (layer, key) => targets.copyRow(layer, key).evidence,
      indicators: () =>
        [...world.table(indicatorValue.slug).rows()]
          .filter(({ values }) => values['region'] === cityCode)
          .map(({ key }) => key),
      warnings: () => keysOf(warning.slug),
      present: () => room.present(),
      freeze: (at, of) => (at === null ? Promise.resolve(frozenNow(parts)) : frozenThen(parts, at, of)),
      labelOf: (layer, column) => targets.labelOf(layer, column),
      incident: (id) => incidents.find(id),
      nameOf: (subject) => shared.gate.nameOf(subject),
    },
  });
  await book.open();
  return book;
}

function headOf({ shared, config, world, clock }: EvidenceParts) {
  const { id, title, timeZone, bounds } = shared.city.profile;
  const { build, demo: isDemo } = config;
  return { build, madeAt: clock.now(), city: { id, title, timeZone, bounds }, world: world.facts, isDemo };
}

const frozenNow = (parts: EvidenceParts): Frozen =>
  frozenTables(parts.world.layers.values(), headOf(parts), parts.clock.now());

/** @throws CodedError request/not-found where nothing is kept of that moment */
async function frozenThen(parts: EvidenceParts, at: number, clock: 'known' | 'true'): Promise<Frozen> {
  const { world, history } = parts;
  const layers = [...world.layers.values()].map(({ layer }) => layer);
  const head = {
    ...{ ...headOf(parts), from: at, to: at, stepMs: 0, refused: [] },
    ...{ label: 'sensitive' as const, layers: layers.map(declaredLayer) },
  };
  await history.flush();
  const made: Uint8Array[] = [startRecording(head)];
  const ask = { from: at, to: at, stepMs: 0, label: 'sensitive', areas: ['*'], clock } as const;
  for await (const part of history.record({
    ...ask,
    layers: layers.map(({ slug }) => slug),
    maxBytes: MOST_BYTES,
  }))
    made.push(part);
  const bytes = Buffer.concat(made);
  const counts = rowsIn(bytes);
  if (counts.every(({ rows }) => rows === 0)) throw new CodedError('request/not-found', `states at ${at}`);
  return { bytes, at, layers: counts };
}

function rowsIn(bytes: Uint8Array): Frozen['layers'] {
  const { head, rows } = momentIn(bytes);
  return head.layers.map(({ slug, schema }) => ({ slug, schema, rows: rows.get(slug) ?? 0 }));
}
