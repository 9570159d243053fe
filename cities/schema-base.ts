// Building blocks of the city schemas: titles, positions, codes, and cells of CSV files (which arrive as text).
import { z } from 'zod';

export const title = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export const titleMaybeEn = z.strictObject({ zh: z.string().min(1), en: z.string().min(1).optional() });

/** lon,lat in decimal degrees, WGS-84. */
export const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

/** Six digits, GB/T 2260 or a code of the same shape that the city made up for itself. */
export const unitCode = z.string().regex(/^\d{6}$/, 'must be six digits, quoted');
export const townCode = z.string().regex(/^\d{9}$/, 'must be nine digits');
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
export const day = z.iso.date();
export const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be MM-DD');

// Cells: CSV knows only text, so each says what text it accepts and what value comes out.
const numeric = /^-?\d+(\.\d+)?$/;
export const cellText = z.string().min(1, 'must not be empty');
export const cellTextMaybe = z.string().transform((text) => (text === '' ? null : text));
export const cellNumber = z.string().regex(numeric, 'must be a plain number').transform(Number);
export const cellNumberMaybe = z
  .string()
  .regex(/^(-?\d+(\.\d+)?)?$/, 'must be a plain number or empty')
  .transform((text) => (text === '' ? null : Number(text)));
export const cellCount = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);
export const cellFlag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Columns every table of points has. */
export const pointCells = {
  lon: cellNumber,
  lat: cellNumber,
  countyCode: unitCode,
};

export const feature = <P extends z.ZodType, G extends z.ZodType>(properties: P, geometry: G) =>
  z.strictObject({ type: z.literal('Feature'), properties, geometry });
export const collection = <F extends z.ZodType>(item: F) =>
  z.strictObject({ type: z.literal('FeatureCollection'), features: z.array(item) });

export const pointGeometry = z.strictObject({ type: z.literal('Point'), coordinates: position });
export const lineGeometry = z.strictObject({
  type: z.literal('LineString'),
  coordinates: z.array(position).min(2),
});
const ring = z
  .array(position)
  .min(4)
  .refine((points) => String(points[0]) === String(points.at(-1)), 'a ring must end where it begins');
export const polygonGeometry = z.strictObject({
  type: z.literal('Polygon'),
  coordinates: z.array(ring).min(1),
});
