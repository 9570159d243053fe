// Errors as answers: {code, message} with the status of the code; {code, description} where OGC API says so.
import type { ErrorRequestHandler, Response } from 'express';
import type { ErrorCode } from '../../contracts/errors.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Logger } from '../kit/log.ts';

const statusOf: Partial<Record<ErrorCode, number>> = {
  'request/invalid': 400,
  'request/forbidden': 403,
  'request/not-found': 404,
  'request/conflict': 409,
  'request/too-many': 429,
  'request/unavailable': 503,
  'access/sign-in': 401,
  'access/refused': 401,
  'access/code': 401,
  'access/step-up': 401,
  'access/locked': 429,
  'access/password': 400,
  'access/must-change': 403,
  'access/must-enrol': 403,
  'access/origin': 403,
  'access/duties': 403,
  'access/approval': 403,
  'world/not-live': 403,
  'record/too-large': 413,
  'store/full': 507,
  'store/unreachable': 503,
  'store/locked': 503,
  'feed/unreachable': 502,
  'feed/status': 502,
  'feed/protocol': 502,
  'feed/timeout': 504,
};

export function sendProblem(response: Response, error: CodedError): void {
  // The rest of a body nobody reads must not be taken for the next request.
  if (error.code === 'record/too-large') response.setHeader('Connection', 'close');
  sendText(response, statusOf[error.code] ?? 500, { code: error.code, message: error.message });
}

function sendText(
  response: Response,
  status: number,
  { code, message }: { readonly code: string; readonly message: string },
): void {
  const isOgc = /^\/ogc(\/|$)/.test(response.req.path);
  response.status(status).json(isOgc ? { code, description: message } : { code, message });
}

/** Last in the chain: what a route or a parser threw. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  const handler: ErrorRequestHandler = (...[error, request, response, next]) => {
    if (response.headersSent) return next(error);
    if (error instanceof CodedError) return sendProblem(response, error);
    const status = (error as { status?: unknown } | null)?.status;
    if (status === 413)
      return sendProblem(response, new CodedError('record/too-large', `${request.method} ${request.path}`));
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return sendProblem(response, new CodedError('request/invalid', (error as Error).message));
    }
    log.error('http.fault', {
      path: request.path,
      error: error instanceof Error ? error.stack : String(error),
    });
    sendText(response, 500, {
      code: 'server/fault',
      message: 'the server failed on this request: see its log',
    });
  };
  // Express knows an error handler by its four declared parameters.
  return Object.defineProperty(handler, 'length', { value: 4 });
}
