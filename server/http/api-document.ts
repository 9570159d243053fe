// The interface as an OpenAPI document, made out of the very schemas the routes check.
import { z } from 'zod';
import type { Route } from './route.ts';

export interface DocumentFacts {
  /** 3.0 and 3.1 differ in their dialect of JSON Schema. */
  readonly version: '3.0.3' | '3.1.0';
  readonly title: string;
  readonly build: string;
  /** Address the paths are appended to. */
  readonly server: string;
  /** Routes whose path begins so, told without that beginning; absent: all as they are. */
  readonly under?: string;
}

type Schema = Readonly<Record<string, unknown>>;

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

/** Plain JSON. Every route is in it, with every member its schema knows. */
export function apiDocument(
  routes: readonly Route[],
  facts: DocumentFacts,
): Readonly<Record<string, unknown>> {
  const { version, title, build, server, under = '' } = facts;
  const schemas = new Schemas(version);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = templateOf(route.path).slice(under.length) || '/';
    paths[path] = { ...paths[path], [route.method]: operationOf(route, schemas) };
  }
  return {
    openapi: version,
    info: {
      title,
      version: build,
      description: '领导驾驶舱接口 Interface of the leader cockpit',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: server }],
    paths,
    components: { schemas: schemas.components },
  };
}

/** OGC names its text `description`, everybody else `message`. */
const problem: Schema = {
  type: 'object',
  required: ['code'],
  properties: {
    code: { type: 'string', description: 'a code of contracts/errors.ts' },
    message: { type: 'string', description: 'what failed with the value, where, and what to do' },
    description: { type: 'string', description: 'the same under /ogc' },
  },
};

/** Express path → template: `:name` is one segment, `*name` the rest of the address. */
export const templateOf = (path: string): string =>
  path.replaceAll(/\{\*(\w+)\}/g, '{$1}').replaceAll(/[:*](\w+)/g, '{$1}');

function operationOf(route: Route, schemas: Schemas): Schema {
  const { method, path, title, query, body, answers } = route;
  const template = templateOf(path);
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const type = answers?.type ?? 'application/json';
  const operationId = `${method} ${template}`.replaceAll(/\W+/g, '_').replace(/_$/, '');
  const schema = answers?.schema ? schemas.of(answers.schema, operationId) : {};
  const parameters = [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...(query ? queryParameters(schemas.of(query, operationId)) : []),
  ];
  return {
    operationId,
    ...(title ? { summary: `${title.zh} ${title.en}` } : {}),
    tags: [path.split('/')[1]?.replace(/\W.*/, '') || 'pages'],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemas.of(body, operationId) } },
          },
        }
      : {}),
    responses: {
      [answers?.status ?? 200]: { description: title?.en ?? 'the answer', content: { [type]: { schema } } },
      default: {
        description: 'what went wrong',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function queryParameters({ properties = {}, required = [], additionalProperties }: ObjectSchema): Schema[] {
  const named = Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description === undefined ? {} : { description }),
    required: required.includes(name),
    schema,
    // A list is told in one member, with commas.
    ...(schema.type === 'array' ? { style: 'form', explode: false } : {}),
  }));
  if (typeof additionalProperties !== 'object' || additionalProperties === null) return named;
  const free = { type: 'object', additionalProperties };
  const description = 'any column and its value';
  return [
    ...named,
    { name: 'columns', in: 'query', description, style: 'form', explode: true, schema: free },
  ];
}

/** Schemas of routes as parts of the document: what a schema defines for itself becomes a component. */
class Schemas {
  readonly #version: DocumentFacts['version'];
  readonly components: Record<string, unknown> = { Problem: problem };

  constructor(version: DocumentFacts['version']) {
    this.#version = version;
  }

  /** What goes in, before defaults and conversions. `name`: of its route. @throws Error for one without a JSON form */
  of(schema: z.ZodType, name: string): ObjectSchema & Schema {
    const target = this.#version === '3.0.3' ? 'openapi-3.0' : 'draft-2020-12';
    const { $schema: _dialect, ...told } = z.toJSONSchema(schema, { io: 'input', target });
    const moved = JSON.stringify(told).replaceAll('"#/$defs/', `"#/components/schemas/${name}`);
    const { $defs = {}, ...plain } = JSON.parse(moved) as Schema & { $defs?: Schema };
    for (const [part, one] of Object.entries($defs)) this.components[name + part] = one;
    return plain;
  }
}
