// One HTTP server for all the systems that are asked. Routes are method + path pattern (`:name` is one segment).
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Origin the client used, for absolute links. */
  origin: string;
  /** Body as JSON; throws a RequestError 400 when it is not an object. */
  json(): Promise<Readonly<Record<string, unknown>>>;
}

export type Handler = (exchange: Exchange) => void | Promise<void>;

export class RequestError extends Error {
  status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface HttpHost {
  on(method: string, pattern: string, handler: Handler): void;
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
}

interface Route {
  method: string;
  pattern: RegExp;
  names: string[];
  handler: Handler;
}

const MAX_BODY = 1_000_000;

function compile(method: string, pattern: string, handler: Handler): Route {
  const names: string[] = [];
  const source = pattern
    .split('/')
    .map((part) => {
      if (part.startsWith(':')) {
        names.push(part.slice(1));
        return '([^/]+)';
      }
      return part === '*' ? '(.*)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('/');
  if (pattern.endsWith('*')) names.push('rest');
  return { method, pattern: new RegExp(`^${source}$`), names, handler };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new RequestError(413, `body over ${MAX_BODY} bytes → send less`);
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString('utf8');
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Reported below with the text.
  }
  throw new RequestError(400, `body ${JSON.stringify(text.slice(0, 60))} is no JSON object → send one`);
}

function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  const origin = `http://${request.headers.host ?? 'localhost'}`;
  const url = new URL(request.url ?? '/', origin);
  return { request, response, params: {}, query: url.searchParams, origin, json: () => readJson(request) };
}

async function dispatch(routes: readonly Route[], exchange: Exchange): Promise<void> {
  const { request } = exchange;
  const path = decodeURIComponent(new URL(request.url ?? '/', exchange.origin).pathname);
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const found = routes.filter((route) => route.pattern.test(path));
  const route = found.find((candidate) => candidate.method === method);
  if (route === undefined) {
    if (found.length > 0)
      throw new RequestError(405, `${method} ${path} → allowed: ${found.map((r) => r.method).join()}`);
    throw new RequestError(404, `${path} is no address of the simulated city → GET / lists them`);
  }
  const values = route.pattern.exec(path)?.slice(1) ?? [];
  exchange.params = Object.fromEntries(route.names.map((name, i) => [name, values[i] ?? '']));
  await route.handler(exchange);
}

export function createHttpHost(onError: (error: unknown) => void): HttpHost {
  const routes: Route[] = [];
  const server: Server = createServer((request, response) => {
    const answerError = (error: unknown): void => {
      const status = error instanceof RequestError ? error.status : 500;
      if (status === 500) onError(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, status, { error: error instanceof Error ? error.message : String(error) });
    };
    let exchange: Exchange;
    try {
      exchange = exchangeOf(request, response);
    } catch (error) {
      return answerError(new RequestError(400, `bad request line: ${String(error)}`));
    }
    dispatch(routes, exchange).catch(answerError);
  });
  server.keepAliveTimeout = 65_000;
  return {
    on: (method, pattern, handler) => routes.push(compile(method, pattern, handler)),
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) =>
          reject(
            error.code === 'EADDRINUSE'
              ? new Error(`port ${port} is taken → choose another with --port`)
              : error,
          ),
        );
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
