// The document of the interface says every route with every member its schema knows, and is a valid document.
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Trial } from '../main/trial-server.ts';
import { startTrial } from '../main/trial-server.ts';
import { templateOf } from './api-document.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial({ feeds: [], args: ['--static', '.', '--tiles', '.'] });
});
afterAll(() => trial.server.stop());

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
}

interface ApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const read = async (address: string): Promise<ApiDocument> => (await trial.json(address)) as ApiDocument;

test.each([
  ['/api/openapi.json', '3.1'],
  ['/ogc/api', '3.0'],
])('%s is valid OpenAPI %s', async (address, version) => {
  const result = await new Validator().validate((await read(address)) as never);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect((await read(address)).openapi).toMatch(new RegExp(`^${version}`));
});

test('every route is said with a title, its path and query members and its body', async () => {
  const { paths } = await read('/api/openapi.json');
  const { routes } = trial.server;
  expect(routes.length).toBeGreaterThan(30);
  expect(Object.values(paths).flatMap((one) => Object.keys(one))).toHaveLength(routes.length);
  const ids = new Set<string>();
  for (const { method, path, query, body } of routes) {
    const said = paths[templateOf(path)]?.[method];
    expect([path, said === undefined, said?.summary === undefined]).toEqual([path, false, false]);
    ids.add(said?.operationId ?? '');
    const inPath = [...path.matchAll(/[:*](\w+)/g)].map(([, name]) => name);
    const members = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
    // A schema of another kind would hide its members from the document.
    expect([path, query === null || query instanceof z.ZodObject]).toEqual([path, true]);
    const names = (where: string) =>
      (said?.parameters ?? []).filter((one) => one.in === where).map(({ name }) => name);
    expect([path, names('path')]).toEqual([path, inPath]);
    expect([path, names('query').filter((name) => name !== 'columns' || members.includes(name))]).toEqual([
      path,
      members,
    ]);
    expect([path, said?.requestBody !== undefined]).toEqual([path, body !== undefined]);
  }
  expect(ids.size).toBe(routes.length);
});

test('what the document calls needed is refused when it is missing', async () => {
  const { paths } = await read('/api/openapi.json');
  let tried = 0;
  for (const [template, methods] of Object.entries(paths)) {
    const needed = methods.get?.parameters?.filter((one) => one.in === 'query' && one.required) ?? [];
    if (needed.length === 0) continue;
    const answer = await trial.get(template.replaceAll(/\{\w+\}/g, 'x'));
    expect([template, answer.status]).toEqual([template, 400]);
    tried += 1;
  }
  expect(tried).toBeGreaterThan(3);
});
