// GET /api/history/recording: a stretch of the past as one file, written part by part as fast as it is taken.
import { once } from 'node:events';
import type { Response } from 'express';
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import { declaredLayer } from '../../contracts/layer-schema.ts';
import type { RecordingHead } from '../../contracts/recording.ts';
import { RECORDING_TYPE, startRecording } from '../../contracts/recording.ts';
import type { RecordingExport } from '../../contracts/records/export-request.ts';
import { recordReach } from '../../contracts/records/reach.ts';
import type { Allow, ExportDesk, Subject } from '../access/port.ts';
import type { History } from '../history/port.ts';
import type { Clock } from '../kit/clock.ts';
import type { LiveWorld } from '../state/port.ts';
import type { ExportWay } from './export-way.ts';
import { requireAlone } from './export-way.ts';
import { knownLayer, labelOf } from './layers.ts';
import { readable } from './replay.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const HOUR_MS = 3_600_000;
/** Longer ones are thinned or cut by whoever asks. */
const MOST_MS = 24 * HOUR_MS;
const LEAST_MS = 1000;
const MOST_STEP_MS = 600_000;
/** Where it is cut, bytes: what one browser still opens. */
const MOST_BYTES = 1_000_000_000;
/** Whoever takes nothing for so long is cut off: others wait for its place, milliseconds. */
const PATIENCE_MS = 60_000;

export interface RecordingParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly allow: Allow;
  readonly history: History;
  readonly city: RecordingHead['city'];
  readonly build: string;
  readonly isDemo: boolean;
  /** What of an export needs a second person. */
  readonly desk: Pick<ExportDesk, 'labelAlone' | 'limitsOf'>;
}

const recordingQuery = z.strictObject({
  /** Epoch ms. */
  from: z.coerce.number().int(),
  to: z.coerce.number().int(),
  /** Slugs; absent: all this subject may read. */
  layers: z
    .string()
    .max(2000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .optional(),
  /** Milliseconds between two states; 0: every tick. */
  stepMs: z.coerce.number().int().min(0).max(MOST_STEP_MS).default(0),
});
type RecordingQuery = z.output<typeof recordingQuery>;

export function recordingRoutes(parts: RecordingParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/history/recording',
      title: title('录像', 'A stretch of the past as one file: docs/recordings.md'),
      answers: { type: RECORDING_TYPE },
      action: 'export',
      audit: 'view',
      about: () => ({ kind: 'world', id: 'history' }),
      query: recordingQuery,
      answer: async ({ query, subject, tell }, response) => {
        const asked = await headOf(parts, query, { subject, withPersonal: false });
        requireAlone(limitsOf(parts, asked, subject), 'recording');
        tell(`${hoursOf(asked).toFixed(2)} h, ${asked.head.label}`);
        await sendRecording(parts, asked, { subject, response });
      },
    }),
  ];
}

/** The same with what a second person approved. */
export function recordingWay(parts: RecordingParts): ExportWay<RecordingExport> {
  const read = (asked: RecordingExport, subject: Subject) => {
    const { from, to, stepMs, withPersonal } = asked;
    return headOf(parts, { from, to, stepMs }, { subject, withPersonal });
  };
  return {
    measure: async (said, subject) => {
      const asked = await read(said, subject);
      return {
        asked: { ...said, from: asked.head.from, to: asked.head.to },
        measure: measureOf(asked, subject),
        limits: limitsOf(parts, asked, subject),
      };
    },
    prepare: async (said, subject) => {
      const asked = await read(said, subject);
      return (response) => sendRecording(parts, asked, { subject, response });
    },
  };
}

interface Recorded {
  readonly head: RecordingHead;
  readonly slugs: string[];
}

const hoursOf = ({ head }: Recorded): number => (head.to - head.from) / HOUR_MS;

function measureOf(asked: Recorded, { areas }: Subject) {
  const isWholeCity = recordReach(areas) === null;
  return { rows: null, label: asked.head.label, hours: hoursOf(asked), isWholeCity };
}

const limitsOf = ({ desk }: RecordingParts, asked: Recorded, subject: Subject) =>
  desk.limitsOf(asked.slugs, measureOf(asked, subject));

function sendRecording(
  parts: RecordingParts,
  { head, slugs }: Recorded,
  { subject, response }: { readonly subject: Subject; readonly response: Response },
): Promise<void> {
  const { from, to, stepMs, label } = head;
  const rest = parts.history.record({
    ...{ from, to, stepMs, label, areas: subject.areas },
    clock: 'known',
    layers: slugs,
    maxBytes: MOST_BYTES,
  });
  return send({ response, clock: parts.clock }, head, rest);
}

/** What will be recorded, cut to what is kept. @throws CodedError request/invalid, request/not-found, request/forbidden */
async function headOf(
  { world, clock, allow, history, city, build, isDemo, desk }: RecordingParts,
  query: RecordingQuery,
  { subject, withPersonal }: { readonly subject: Subject; readonly withPersonal: boolean },
): Promise<Recorded> {
  const now = clock.now();
  if (query.from > now) throw new CodedError('request/invalid', `from ${query.from} is still to come`);
  const asked = query.layers?.map((slug) => knownLayer(world, slug).layer.slug);
  const may = readable({ world, allow, subject });
  const slugs = may.layers.filter((slug) => asked?.includes(slug) ?? true);
  const refused = may.refused.filter((slug) => asked?.includes(slug) ?? true);
  if (slugs.length === 0) throw new CodedError('request/forbidden', `layers ${refused.join(', ')}`);
  await history.flush();
  const kept = await history.ask('extent', { layers: slugs, from: query.from, to: now, binMs: HOUR_MS * 24 });
  const from = Math.max(query.from, kept.from ?? Infinity);
  const to = Math.min(query.to, now);
  if (query.to - query.from < LEAST_MS || to - from > MOST_MS) {
    const most = MOST_MS / HOUR_MS;
    throw new CodedError(
      'request/invalid',
      `from ${query.from} to ${query.to}: a second to ${most} hours forward`,
    );
  }
  if (to <= from) {
    const begins =
      kept.from === null ? 'nothing is kept' : `what is kept begins ${new Date(kept.from).toISOString()}`;
    throw new CodedError('request/not-found', `states between ${query.from} and ${query.to}: ${begins}`);
  }
  const { id, title, timeZone, bounds } = city;
  const head = {
    ...{
      build,
      madeAt: now,
      city: { id, title, timeZone, bounds },
      world: world.facts,
      label: withPersonal ? labelOf(subject, null) : desk.labelAlone(slugs, labelOf(subject, null)),
    },
    ...{ from, to, stepMs: query.stepMs, refused, isDemo },
    layers: slugs.map((slug) => declaredLayer(knownLayer(world, slug).layer)),
  };
  return { head, slugs };
}

/** Waits for whoever reads; stops when nobody does any more. What fails on the way leaves a file that ends too early. */
async function send(
  { response, clock }: { readonly response: Response; readonly clock: Clock },
  head: RecordingHead,
  parts: AsyncGenerator<Uint8Array>,
): Promise<void> {
  let isGone = false;
  response.on('close', () => (isGone = true));
  // The first part is there before anything is promised.
  for await (const part of parts) {
    if (isGone) return;
    if (!response.headersSent) {
      response.set({
        'Cache-Control': 'no-store',
        'Content-Disposition': `attachment; filename="${fileName(head)}"`,
        'X-Recording-From': String(head.from),
        'X-Recording-To': String(head.to),
      });
      response.type(RECORDING_TYPE);
      response.write(startRecording(head));
    }
    if (!response.write(part)) await drained(response, clock);
  }
  response.end();
}

async function drained(response: Response, clock: Clock): Promise<void> {
  const patience = clock.after(PATIENCE_MS, () => response.destroy());
  const done = new AbortController();
  const { signal } = done;
  try {
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  } finally {
    patience.stop();
    done.abort();
  }
}

/** guangyuan-20260715-1200.cockpit, in the time of the city. */
function fileName({ city, from }: RecordingHead): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: city.timeZone, dateStyle: 'short', timeStyle: 'short' },
  }).format(from);
  return `${city.id}-${parts
    .replace(' ', '-')
    .replaceAll(/[^\d-]/g, '')
    .replace(/^(\d+)-(\d+)-/, '$1$2')}.cockpit`;
}
