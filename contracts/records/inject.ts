// What a scenario makes happen in the simulated city: each kind with its body, as POST /control/inject takes it.
import { z } from 'zod';

const position = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .describe('[lon, lat], degrees');
const forS = z.number().min(1).max(1e6).describe('How long it lasts, seconds');
const id = z.string().min(1).max(60);
const as = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9-]*$/, 'use kebab-case, for example "rain-blue"')
  .optional()
  .describe('Name by which later injects of this scenario speak of it');
const colour = z.enum(['蓝', '黄', '橙', '红']);
const answerS = z
  .number()
  .min(10)
  .max(86_400)
  .optional()
  .describe(
    'All towns acknowledge within so many seconds; absent: as they usually do, some late, a few not at all',
  );
const amount = z.number().min(-1e6).max(1e6);
/** Values by time: hours after the inject, rising, and the value then; straight lines between, the last one stays. */
const curve = z
  .array(z.tuple([z.number().min(0).max(400), z.number()]))
  .min(1)
  .max(200)
  .describe('[[hours after the inject, value], …], straight lines between');

/** Feeds whose stations can be told what to say. */
export const stationFeeds = [
  'rain-mqtt',
  'weather-mqtt',
  'slope-mqtt',
  'water-section',
  'traffic-flow',
  'road-speed',
  'roadside',
  'noise',
  'radiation',
  'resource',
] as const;

const kinds = {
  weather: z.object({
    rainMmH: z.number().min(0).max(300).describe('At the centre of the cell'),
    centre: position,
    radiusKm: z.number().min(0.1).max(300),
    forS,
    eastMs: z.number().min(-40).max(40).optional().describe('Drift of the cell, m/s'),
    northMs: z.number().min(-40).max(40).optional(),
  }),
  fog: z.object({
    centre: position,
    radiusKm: z.number().min(0.1).max(300),
    visibilityM: curve.describe('Sight by time: [[hours after the inject, metres], …]'),
    forS,
  }),
  wind: z.object({
    centre: position,
    radiusKm: z.number().min(0.1).max(300),
    directionDeg: curve.describe('Where it blows from, by time'),
    speedMs: z.number().min(0).max(80),
    forS,
  }),
  fault: z.object({
    feed: z.string().max(60).describe('Feed of the simulated city, or *'),
    fault: z.enum([
      'stop',
      'delay',
      'slow',
      'duplicate',
      'reorder',
      'corrupt',
      'skew',
      'crs',
      'schema',
      'frozen',
      'burst',
      'correct',
    ]),
    forS,
    amount: amount.optional(),
    field: z.string().max(60).optional(),
    to: z.string().max(60).optional(),
  }),
  'road-event': z.object({
    as,
    event: z.enum(['accident', 'works', 'closure', 'congestion', 'hazard', 'weather']),
    severity: z.number().int().min(1).max(4),
    position,
    road: z.string().max(60).optional(),
    title: z.string().max(120).optional().describe('Follows road and kilometre in the headline'),
    queueM: z.number().min(0).max(100_000).optional(),
    lanesClosed: z.number().int().min(0).max(8).optional(),
    lengthM: z
      .number()
      .min(50)
      .max(50_000)
      .optional()
      .describe('Closed so far around the position; absent: the whole way between two junctions'),
    forS: forS.optional(),
  }),
  'road-clear': z.object({ of: id.describe('The `as` of a road-event') }),
  warning: z.object({
    as,
    event: z.string().max(40).describe('For example 暴雨, 大雾, 地质灾害'),
    colour,
    counties: z.array(z.string().regex(/^\d{6}$/)).min(1),
    hours: z.number().min(0.1).max(240).optional(),
    status: z.enum(['Actual', 'Exercise']).optional(),
    updates: id.optional().describe('The `as` of the warning it replaces'),
    answerS,
  }),
  'warning-cancel': z.object({ of: id.describe('The `as` of a warning') }),
  call: z.object({
    channel: z.enum(['110', '119', '120']),
    title: z.string().max(120),
    level: z.number().int().min(1).max(4).optional(),
    position: position.describe('Where it rings from, exactly'),
    count: z.number().int().min(1).max(200).optional().describe('So many calls about the same'),
    withinS: z.number().min(0).max(86_400).optional().describe('Spread over so many seconds'),
    spreadM: z
      .number()
      .min(0)
      .max(20_000)
      .optional()
      .describe('Each up to so many metres east, west, north and south of the position'),
  }),
  'fire-alarm': z.object({ panelId: id, smokeAlarms: z.number().int().min(1).max(500).optional(), forS }),
  earthquake: z.object({
    position,
    mag: z.number().min(-1).max(9.9),
    depthKm: z.number().min(0).max(700),
    autoMag: z.number().min(-1).max(9.9).optional().describe('What the automatic report says'),
    autoAfterS: z.number().min(0).max(3600).optional(),
    formalAfterS: z.number().min(1).max(86_400).optional(),
  }),
  'vehicle-sos': z.object({
    position: position
      .optional()
      .describe('Where the vehicle stands while the alarm lasts; absent: where it drives'),
    vehicle: z.enum(['HAZMAT', 'COACH', 'TRUCK', 'MUCK', 'TAXI', 'OFFICIAL']).optional(),
    collision: z.boolean().optional().describe('Collision alarm as well (JT/T 808 bit 29)'),
    forS: forS.optional(),
  }),
  'vessel-sos': z.object({ mmsi: id.optional() }),
  slope: z.object({ id, rateMmH: z.number().min(0).max(10_000), forS }),
  'outfall-excess': z.object({ mn: id.optional(), forS }),
  'water-spill': z.object({ id, item: z.string().max(20), factor: z.number().min(0).max(1e6), forS }),
  'dispatch-order': z.object({
    as,
    reservoir: id,
    outflow: z.number().min(0).max(200_000).describe('m³/s'),
    inS: z.number().min(0).max(86_400).optional().describe('From when it holds, seconds after the order'),
    forS: forS.optional(),
    sender: z.string().max(40).optional().describe('Who gives it; absent: the office of the city'),
    answerS,
  }),
  'river-curve': z.object({
    id,
    flow: curve.describe('m³/s by time; the level follows the rating'),
    plus: z
      .array(z.object({ from: id.describe('A reservoir or a gauge'), lagH: z.number().min(0).max(47) }))
      .max(4)
      .optional()
      .describe('What flows out of these is added, so many hours later'),
  }),
  'river-level': z.object({ id, level: curve.describe('m by time; the flow follows the rating') }),
  'reservoir-curve': z.object({
    id,
    levelM: z.number().optional().describe('Level at the moment of the inject'),
    inflow: curve.optional(),
    outflow: curve.optional(),
  }),
  'flow-forecast': z.object({
    id: id.describe('A gauge or a reservoir that has forecasts'),
    flow: curve.describe('m³/s by time: what the forecasting service says from now on'),
  }),
  'release-plan': z.object({
    reservoir: id,
    scheme: z.string().max(20).describe('Schemes of one name belong together: 甲, 乙'),
    name: z.string().max(120).optional(),
    outflow: curve.describe('m³/s by time; each value holds until the next'),
    fromH: z.number().min(-48).max(0).optional().describe('Hours the curve begins before the inject'),
  }),
  'opinion-surge': z.object({
    topic: z.string().max(40).optional(),
    title: z.string().max(80).optional().describe('What the posts of the surge say'),
    factor: z.number().min(1).max(200).optional().describe('So many times the usual pace'),
    forS,
  }),
  'ticket-surge': z.object({
    category: z.string().max(20).optional(),
    title: z.string().max(80).optional(),
    position: position.optional(),
    factor: z.number().min(1).max(200).optional(),
    forS,
  }),
  station: z.object({
    feed: z.enum(stationFeeds),
    id,
    values: z
      .record(z.string().max(40), curve)
      .describe('Values of the station by time, under the names of its own protocol'),
    forS,
  }),
} as const;

export type InjectKind = keyof typeof kinds;
export const injectKinds = Object.keys(kinds) as InjectKind[];

/** What is read of every inject; the rest of its body is for the simulated city alone. */
export interface Inject {
  readonly at: string | number;
  readonly kind: InjectKind;
  readonly feed?: string | undefined;
  readonly as?: string | undefined;
  readonly of?: string | undefined;
  readonly updates?: string | undefined;
}

const kindOf = (kind: InjectKind, at: z.ZodType<string | number, string | number>) =>
  z.strictObject({ at, kind: z.literal(kind), ...kinds[kind].shape });

/** The schema of one inject. @param at schema of a moment, as the scenario writes it. */
export function injectSchema(at: z.ZodType<string | number, string | number>): z.ZodType<Inject, Inject> {
  const [first, ...others] = injectKinds;
  if (first === undefined) throw new Error('no kinds of inject are declared');
  return z.discriminatedUnion('kind', [kindOf(first, at), ...others.map((kind) => kindOf(kind, at))]);
}
