// The command line of the tile builder.
import { parseArgs } from 'node:util';
import type { FieldNames } from './buildings/read-footprints.ts';
import { problem } from './problem.ts';

export type Part = 'terrain' | 'heights' | 'vector' | 'buildings';
export const PARTS: Part[] = ['terrain', 'heights', 'vector', 'buildings'];

export interface Options {
  city: string;
  cities: string;
  out: string;
  only: Part[];
  dem: string | null;
  /** A file of footprints with heights; null: buildings are synthesised. */
  buildings: string | null;
  fields: FieldNames;
  maxLevel: number;
  force: boolean;
}

export const USAGE = `node tilesets/build.ts --city guangyuan [--out .tiles] [--only terrain|heights|vector|buildings]
  [--dem heights.tif|heights.asc] [--max-level 11] [--force] [--cities cities]
  [--buildings footprints.geojson|footprints.shp [--buildings-fields heightM=COLUMN,floors=COLUMN,name=COLUMN,…]]
`;

export function parseOptions(argv: string[]): Options {
  let values;
  try {
    values = parseArgs({
      args: argv,
      options: {
        city: { type: 'string', default: 'guangyuan' },
        cities: { type: 'string', default: 'cities' },
        out: { type: 'string', default: '.tiles' },
        only: { type: 'string' },
        dem: { type: 'string' },
        buildings: { type: 'string' },
        'buildings-fields': { type: 'string' },
        'max-level': { type: 'string', default: '11' },
        force: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw problem(error instanceof Error ? error.message : String(error), 'command line', `Use: ${USAGE}`);
  }
  const maxLevel = Number(values['max-level']);
  if (!Number.isInteger(maxLevel) || maxLevel < 1 || maxLevel > 15) {
    throw problem(`--max-level ${values['max-level']}`, 'command line', 'Give a whole number from 1 to 15.');
  }
  const only = values.only === undefined ? PARTS : PARTS.filter((part) => part === values.only);
  if (only.length === 0)
    throw problem(`--only ${String(values.only)}`, 'command line', `Choose one of ${PARTS.join(', ')}.`);
  if (!/^[a-z0-9-]+$/.test(values.city)) {
    throw problem(
      `--city ${values.city}`,
      'command line',
      'Give the name of a folder under cities/ (a–z, 0–9, -).',
    );
  }
  return {
    city: values.city,
    cities: values.cities,
    out: values.out,
    only,
    dem: values.dem ?? null,
    buildings: values.buildings ?? null,
    fields: toFields(values['buildings-fields']),
    maxLevel,
    force: values.force,
  };
}

const FIELDS = ['id', 'name', 'use', 'floors', 'heightM', 'residents', 'buildYear'];

function toFields(text: string | undefined): FieldNames {
  const pairs = (text ?? '').split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [property = '', ...column] = pair.split('=');
      if (!FIELDS.includes(property.trim()) || column.length === 0) {
        throw problem(
          `--buildings-fields ${pair}`,
          'command line',
          `Write property=COLUMN; properties are ${FIELDS.join(', ')}.`,
        );
      }
      return [property.trim(), column.join('=').trim()];
    }),
  );
}
