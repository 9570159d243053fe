// A route as data: what it answers, who may ask, what the query must look like. The application mounts every route the
// same way, so that none can forget the access check, the schema or the error shape.
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Title } from '../../contracts/column.ts';
import type { AccessObject, Action, Caller, Subject } from '../access/port.ts';

export interface Asked<Q, B = unknown> {
  readonly request: Request;
  readonly subject: Subject;
  readonly caller: Caller;
  /** Path parameters by name. */
  readonly params: Readonly<Record<string, string>>;
  /** The checked query. */
  readonly query: Q;
  /** The checked JSON body; undefined where the route takes none. */
  readonly body: B;
  /** What the audit log says besides, where this goes well. */
  readonly tell: (detail: string) => void;
}

/** What a route answers when all goes well; absent members: 200, JSON. */
export interface Answers {
  readonly status?: number;
  /** Media type. */
  readonly type?: string;
  readonly schema?: z.ZodType;
}

export interface Route<Q = unknown, B = unknown> {
  readonly method: 'get' | 'post' | 'delete';
  /** Express path. */
  readonly path: string;
  /** For the document of the interface: server/http/api-document.ts. */
  readonly title?: Title;
  readonly answers?: Answers;
  readonly action: Action;
  /** What the request is about, for the access check. */
  readonly about: (params: Readonly<Record<string, string>>) => AccessObject;
  /** What the audit log says of it: views of what is personal or sensitive, and acts. Default: acts are what is no GET. */
  readonly audit?: 'view' | 'act' | 'none';
  /** Unknown names are refused; null: no query is taken. */
  readonly query: z.ZodType<Q> | null;
  /** JSON of at most 16 KiB; absent: the route takes no such body. */
  readonly body?: z.ZodType<B>;
  /** Of a body that is longer than what people say by hand: a plan. */
  readonly maxBytes?: number;
  readonly answer: (asked: Asked<Q, B>, response: Response) => void | Promise<void>;
  /** The route of the same address in another world; null: there is no such world. Absent: it is the same in all. */
  readonly inWorld?: (world: string) => WorldRoute | null;
}

export interface WorldRoute {
  readonly route: Route;
  /** What it answers is 演示数据. */
  readonly isDemo: boolean;
}

/**
 * The routes of the live world as those of whichever world `?world=` names.
 * @param of all routes of a world, in the same order as `live`; null: there is no such world
 */
export function routesInWorlds(
  live: readonly Route[],
  of: (world: string) => { readonly routes: readonly Route[]; readonly isDemo: boolean } | null,
): Route[] {
  return live.map((route, at) => ({
    ...route,
    inWorld: (world) => {
      const found = of(world);
      return found && { route: found.routes[at] as Route, isDemo: found.isDemo };
    },
  }));
}

/** Ties the type of the query to its schema and forgets it, so that routes of all kinds fit one list. */
export function route<Q, B = undefined>(definition: Route<Q, B>): Route {
  return definition as unknown as Route;
}
