// The HTTP side: headers, then every route behind the same access check and on the same audit, then coded errors.
import { randomUUID } from 'node:crypto';
import express from 'express';
import type { Express, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { CodedError } from '../../contracts/errors.ts';
import { LIVE_WORLD } from '../../contracts/records/world.ts';
import type { AccessObject, Action, Allow, AuditKind, AuditTrail, Caller, Door } from '../access/port.ts';
import type { Logger } from '../kit/log.ts';
import { isSameOrigin } from '../kit/same-origin.ts';
import { checked, readJsonBody } from './body.ts';
import { problemHandler, sendProblem } from './problem.ts';
import type { Route } from './route.ts';

export interface AppOptions {
  readonly routes: readonly Route[];
  readonly allow: Allow;
  /** Who does it must have said lately who they are. */
  readonly asksStepUp: (action: Action) => boolean;
  /** Nobody does it who has no second factor. */
  readonly asksFactor: (action: Action) => boolean;
  /** Who asks. */
  readonly door: Pick<Door, 'callerOf'>;
  /** null: nothing is written down. */
  readonly audit: Pick<AuditTrail, 'note'> | null;
  /** Browsers are told to come over TLS only. */
  readonly isSecure: boolean;
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
  app.use(securityHeaders(options));
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

function mount(mounted: Route, { allow, asksStepUp, asksFactor, door, audit }: AppOptions): RequestHandler {
  return async (request, response) => {
    const params = flatParams(request.params);
    const caller = door.callerOf(request);
    // The one place that chooses the world: routes themselves know nothing of others.
    const { world = LIVE_WORLD, ...asked } = request.query;
    const about = mounted.about(params);
    const object = mounted.inWorld ? { ...about, world: String(world) } : about;
    const note = notes(audit, { request, caller, object });
    const refusal = refusalOf(mounted, {
      request,
      caller,
      isAllowed: allow(caller.subject, mounted.action, object),
      isSure: caller.isFresh || !asksStepUp(mounted.action),
      hasFactor: caller.hasFactor || !asksFactor(mounted.action),
    });
    if (refusal) {
      note('access/refuse', refusal.code);
      throw refusal;
    }
    const kind = auditKindOf(mounted);
    let detail = '';
    const tell = (said: string): void => void (detail = said);
    try {
      const route = routeIn(mounted, String(world), response);
      const query = route.query ? checked(asked, route.query, 'query') : undefined;
      const body = route.body ? await readJsonBody(request, route.body, route.maxBytes) : undefined;
      await route.answer({ request, subject: caller.subject, caller, params, query, body, tell }, response);
    } catch (error) {
      if (kind) note(kind, error instanceof CodedError ? error.code : 'server/fault');
      throw error;
    }
    if (kind) note(kind, 'ok', detail);
  };
}

interface Refused {
  readonly request: Request;
  readonly caller: Caller;
  readonly isAllowed: boolean;
  /** It is no action for which they would have to say once more who they are. */
  readonly isSure: boolean;
  /** It is no action that takes a second factor, or they have one. */
  readonly hasFactor: boolean;
}

/** Why this caller gets no answer; null: it does. */
function refusalOf(
  { method, action }: Route,
  { request, caller, isAllowed, isSure, hasFactor }: Refused,
): CodedError | null {
  const what = `${request.method} ${request.path}`;
  // Deliveries carry a signature and no cookie.
  if (method !== 'get' && action !== 'deliver' && !isSameOrigin(request.headers)) {
    return new CodedError('access/origin', what);
  }
  if (isAllowed && !hasFactor) return new CodedError('access/must-enrol', what);
  if (isAllowed) return isSure ? null : new CodedError('access/step-up', what);
  if (caller.subject.id === '') return new CodedError('access/sign-in', what);
  if (caller.mustChange) return new CodedError('access/must-change', what);
  return new CodedError(caller.mustEnrol ? 'access/must-enrol' : 'request/forbidden', what);
}

function auditKindOf({ method, audit }: Route): AuditKind | null {
  const kind = audit ?? (method === 'get' ? 'none' : 'act');
  return kind === 'none' ? null : `access/${kind}`;
}

interface Noted {
  readonly request: Request;
  readonly caller: Caller;
  readonly object: AccessObject;
}

/** What is written of a request: who, from where, what, about what; never its body. */
function notes(
  audit: AppOptions['audit'],
  { request, caller, object }: Noted,
): (kind: AuditKind, result: string, detail?: string) => void {
  // Now: a request that failed half-way has no socket any more.
  const from = request.socket.remoteAddress ?? '';
  return (kind, result, detail = '') =>
    audit?.note({
      kind,
      result,
      subject: caller.subject.id,
      roles: caller.subject.roles,
      from,
      event: `${request.method} ${request.path}`.slice(0, 200),
      object: `${object.kind} ${object.id}`.slice(0, 200),
      trace: randomUUID(),
      ...(object.world === undefined ? {} : { world: object.world }),
      ...(detail === '' ? {} : { detail }),
    });
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
function securityHeaders({ outsideOrigins: outside, isSecure }: AppOptions): RequestHandler {
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
    // On plain HTTP it would lock people out: then it is set by whoever terminates TLS.
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
    originAgentCluster: false,
    crossOriginOpenerPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}
