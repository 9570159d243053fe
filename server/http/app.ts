// The HTTP side: headers, then every route behind the same access check, then coded errors.
import express from 'express';
import type { Express, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { CodedError } from '../../contracts/errors.ts';
import { LIVE_WORLD } from '../../contracts/records/world.ts';
import type { Allow, Subject } from '../access/port.ts';
import type { Logger } from '../kit/log.ts';
import { checked, readJsonBody } from './body.ts';
import { problemHandler, sendProblem } from './problem.ts';
import type { Route } from './route.ts';

export interface AppOptions {
  readonly routes: readonly Route[];
  readonly allow: Allow;
  /** Who asks; null: nobody we know. */
  readonly subjectOf: () => Subject | null;
  readonly log: Logger;
  /** The rows are 演示数据: every answer says so. */
  readonly demo: boolean;
  /** Whom pages may ask besides this server: imagery, terrain and 3D Tiles of the settings. */
  readonly outsideOrigins: readonly string[];
}

export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(securityHeaders(options.outsideOrigins));
  if (options.demo) {
    app.use((_request, response, next) => {
      sayDemo(response);
      next();
    });
  }
  for (const route of options.routes) app[route.method](route.path, mount(route, options));
  app.use((request, response) =>
    sendProblem(response, new CodedError('request/not-found', `${request.method} ${request.path}`)),
  );
  app.use(problemHandler(options.log));
  return app;
}

const sayDemo = (response: Response): void => void response.setHeader('X-Data-Class', 'demo');

function mount(mounted: Route, { allow, subjectOf }: AppOptions): RequestHandler {
  return async (request, response) => {
    const params = flatParams(request.params);
    const subject = subjectOf();
    // The one place that chooses the world: routes themselves know nothing of others.
    const { world = LIVE_WORLD, ...asked } = request.query;
    const about = mounted.about(params);
    const object = mounted.inWorld ? { ...about, world: String(world) } : about;
    if (!subject || !allow(subject, mounted.action, object)) {
      throw new CodedError('request/forbidden', `${request.method} ${request.path}`);
    }
    const route = routeIn(mounted, String(world), response);
    const query = route.query ? checked(asked, route.query, 'query') : undefined;
    const body = route.body ? await readJsonBody(request, route.body) : undefined;
    await route.answer({ request, subject, params, query, body }, response);
  };
}

/** @throws CodedError request/not-found where the route is one of a world, and there is no such world */
function routeIn(route: Route, world: string, response: Response): Route {
  if (!route.inWorld) return route;
  const found = route.inWorld(world);
  if (!found) throw new CodedError('request/not-found', `world ${world.slice(0, 40)}`);
  if (found.isDemo) sayDemo(response);
  return found.route;
}

/** A wildcard comes as its segments. */
function flatParams(params: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join('/') : (value ?? ''),
    ]),
  );
}

/** Own origin and those of the settings only. Cesium needs WebAssembly and workers made from blobs; styles are set by elements it creates. */
function securityHeaders(outside: readonly string[]): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        connectSrc: ["'self'", 'blob:', 'data:', ...outside],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        imgSrc: ["'self'", 'blob:', 'data:', ...outside],
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    // Set by whoever terminates TLS; on plain HTTP they would lock people out or only warn.
    strictTransportSecurity: false,
    originAgentCluster: false,
    crossOriginOpenerPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}
