// The columns of a collection as a JSON Schema: what a filter may name, in which unit, with which values.
import type { Column, Label } from '../../../contracts/column.ts';
import type { Layer } from '../../../contracts/layer.ts';
import { qualities } from '../../../contracts/layer.ts';
import { testable } from './item-query.ts';

/** OGC API – Features, part 3: a schema with a member for each column. */
export function queryablesOf(layer: Layer, label: Label, address: string): unknown {
  const columns = [...testable(layer, label)].map(([name, column]) => [name, memberOf(column)]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: address,
    type: 'object',
    title: `${layer.title.zh} ${layer.title.en}`,
    properties: {
      regionCode: { title: '区划代码 Region code', type: 'string' },
      quality: { title: '质量 Quality', type: 'string', enum: qualities },
      source: { title: '来源 Source', type: 'string' },
      ...Object.fromEntries(columns),
    },
    additionalProperties: false,
  };
}

function memberOf(column: Column): Readonly<Record<string, unknown>> {
  const title = `${column.title.zh} ${column.title.en}`;
  const means = column.nullMeans === undefined ? {} : { description: `null: ${column.nullMeans}` };
  switch (column.type) {
    case 'number': {
      const { min, max, unit } = column;
      return { title, ...means, type: 'number', minimum: min, maximum: max, 'x-ogc-unit': unit };
    }
    case 'enum': {
      const words = Object.entries(column.values).map(([code, word]) => `${code} ${word.zh} ${word.en}`);
      const description = [means.description, words.join('; ')].filter(Boolean).join('. ');
      return { title, description, type: 'string', enum: Object.keys(column.values) };
    }
    case 'time':
      return { title, ...means, type: 'string', format: 'date-time' };
    default:
      return { title, ...means, type: 'string' };
  }
}
