// A server of the test city as a process of its own, to be killed; asked by the accounts of the demonstration.
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Role } from '../../contracts/records/account.ts';

const COMPILED = path.join(import.meta.dirname, '../../.cache/compiled');

export interface ServerProcess {
  readonly url: string;
  /** null: it did not answer with a success, be it that it was killed meanwhile. */
  ask<T>(role: Role, address: string, body?: object): Promise<T | null>;
  kill(): Promise<void>;
}

/** Resolves when it is ready. @throws Error with what it said where it ends before */
export async function startProgramOf(dataDir: string): Promise<ServerProcess> {
  const ports = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const main = path.join(import.meta.dirname, '../main.ts');
  const args = [main, '--city', 'testville', '--data-dir', dataDir, '--log-level', 'error', ...ports];
  const child = spawn(process.execPath, args, {
    env: { NODE_COMPILE_CACHE: COMPILED },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      const line = output.split('\n').find((one) => one.startsWith('{"ready":true') && one.endsWith('}'));
      if (line !== undefined) resolve((JSON.parse(line) as { url: string }).url);
    });
    child.once('close', (code) => reject(new Error(`the server ended with ${code}: ${output}`)));
  });
  const cookies = new Map<Role, string>();
  const send = (address: string, cookie: string, body?: object): Promise<Response> =>
    fetch(`${url}${address}`, {
      method: body ? 'POST' : 'GET',
      headers: { cookie, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const cookieOf = async (role: Role): Promise<string> => {
    const known = cookies.get(role);
    if (known !== undefined) return known;
    const answer = await send('/api/session/demo', '', { account: `demo-${role}` });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    await send('/api/session/step-up', cookie, {});
    cookies.set(role, cookie);
    return cookie;
  };
  return {
    url,
    async ask<T>(role: Role, address: string, body?: object) {
      try {
        const answer = await send(address, await cookieOf(role), body);
        return answer.ok ? ((await answer.json()) as T) : null;
      } catch {
        return null;
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
