// Places: one strict shape per kind, so that a facility never lacks what a decision needs of it.
import { z } from 'zod';
import { collection, feature, pointGeometry, position, slug, titleMaybeEn, unitCode } from './schema-base.ts';

const count = z.number().int().nonnegative();

/** `fields` come on top of id, kind, name and the county the place lies in (the city's own code when outside). */
const place = <K extends string, S extends z.ZodRawShape>(kind: K, fields: S) =>
  feature(
    z.strictObject({ id: slug, kind: z.literal(kind), name: titleMaybeEn, countyCode: unitCode, ...fields }),
    pointGeometry,
  );

const unit = { unitCode }; // whose it is: the city, a county or the overlay unit

export const placeKinds = {
  hospital: place('hospital', { beds: count, icuBeds: count.optional(), grade: z.string().optional() }),
  'emergency-centre': place('emergency-centre', {
    service: z.enum(['ambulance', 'blood']),
    ambulances: count.optional(),
    ambulancesCity: count.optional(),
  }),
  school: place('school', { students: count }),
  'fire-station': place('fire-station', {
    engines: count,
    speciality: z.string().nullable(),
    turnOutDayS: count,
    turnOutNightS: count,
  }),
  police: place('police', unit),
  'command-centre': place('command-centre', { ...unit, level: z.enum(['city', 'county']) }),
  'rescue-team': place('rescue-team', {
    speciality: slug,
    people: count.optional(),
    teams: count.optional(),
    vehicles: count.optional(),
    position: z.enum(['listed', 'estimated']),
  }),
  shelter: place('shelter', {
    class: z.enum(['Ⅰ', 'Ⅱ', 'Ⅲ']),
    capacity: count,
    notFor: z.array(z.enum(['flood', 'earthquake', 'landslide', 'fire', 'gas'])),
  }),
  'relief-store': place('relief-store', {
    ...unit,
    tents: count,
    beds: count,
    quilts: count,
    pumps: count,
    boats: count,
    generators: count,
  }),
  'industrial-park': place('industrial-park', { industries: z.array(z.string()).min(1) }),
  'hazard-source': place('hazard-source', {
    substance: slug,
    quantity: z.number().positive(),
    unit: z.enum(['t', 'm³']),
    synthetic: z.literal(true),
  }),
  'scenic-area': place('scenic-area', {
    level: z.enum(['5A', '4A', '3A']),
    maxPerDay: count,
    chokeAt: position.optional(),
  }),
  'water-plant': place('water-plant', {
    capacityM3D: count,
    intakeRiver: slug.optional(),
    maxTurbidityNtu: count.optional(),
  }),
  'sewage-plant': place('sewage-plant', {
    capacityM3D: count,
    limitsMgL: z.strictObject({
      cod: z.number(),
      ammoniaN: z.number(),
      phosphorus: z.number(),
      nitrogen: z.number(),
    }),
  }),
  toll: place('toll', { road: slug, interchange: z.boolean() }),
  tunnel: place('tunnel', { road: slug, lengthM: count.optional(), fogProne: z.boolean().optional() }),
  bridge: place('bridge', { river: slug }),
  'rail-station': place('rail-station', { lines: z.array(slug).min(1) }),
  airport: place('airport', {
    icao: z.string(),
    iata: z.string(),
    elevationM: z.number(),
    runwayM: count,
    closeVisibilityM: count,
    closeCrosswindMs: z.number(),
  }),
  'bus-terminal': place('bus-terminal', {}),
  port: place('port', { river: slug }),
  dam: place('dam', {
    river: slug,
    reservoir: slug,
    heightM: z.number().optional(),
    /** Length of the crest, m. */
    crestM: z.number().optional(),
    /** Level of the crest above the sea, m. */
    crestLevelM: z.number().optional(),
    /** The crest level is no published one: shown as 约. */
    crestLevelApproximate: z.boolean().optional(),
  }),
};

export type PlaceKind = keyof typeof placeKinds;
export type Place = { [K in PlaceKind]: z.output<(typeof placeKinds)[K]> }[PlaceKind];

const known = Object.keys(placeKinds) as [PlaceKind, ...PlaceKind[]];
const kinded = z.looseObject({ properties: z.looseObject({ kind: z.enum(known) }) });

/** A place is checked against the shape of its own kind, so an error names the field and not the whole union. */
const anyPlace = z.unknown().transform((input, ctx): Place => {
  const kind = kinded.safeParse(input);
  const parsed = kind.success ? placeKinds[kind.data.properties.kind].safeParse(input) : kind;
  if (parsed.success && kind.success) return parsed.data;
  for (const { message, path } of parsed.error?.issues ?? []) {
    ctx.issues.push({ code: 'custom', message, path: [...path], input });
  }
  return z.NEVER;
});

export const placesFile = collection(anyPlace);
