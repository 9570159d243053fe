// With a certificate of its own the server speaks TLS, and only that; the cookie of a session is bound to it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTrial } from './trial-server.ts';

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cockpit-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('pages come over TLS 1.2 or newer with HSTS and a Secure cookie, and plain HTTP gets nothing', async () => {
  const folder = newFolder();
  const [cert, key] = [path.join(folder, 'city.pem'), path.join(folder, 'city.key')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'pipe',
  });
  const trial = await startTrial({ feeds: [], args: ['--tls-cert', cert, '--tls-key', key] });
  onTestFinished(() => trial.server.stop());
  expect(trial.server.url).toMatch(/^https:/);
  const ca = readFileSync(cert);
  const body = JSON.stringify({ account: 'demo-leader' });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const asked = https.request(
      `${trial.server.url}/api/session/demo`,
      { ca, method: 'POST', headers },
      resolve,
    );
    asked.on('error', reject).end(body);
  });
  expect(answer.statusCode).toBe(204);
  expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
  const [cookie = ''] = answer.headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/^__Host-cockpit=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
  const old = new Promise((resolve, reject) => {
    https
      .get(trial.server.url, { ca, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }, resolve)
      .on('error', reject);
  });
  await expect(old).rejects.toThrow();
  const plain = new Promise((resolve, reject) => {
    http.get(trial.server.url.replace('https:', 'http:'), resolve).on('error', reject);
  });
  await expect(plain).rejects.toThrow();
});

test('a file that is no certificate is named as a setting', async () => {
  const folder = newFolder();
  const file = path.join(folder, 'none.pem');
  writeFileSync(file, 'nothing');
  await expect(startTrial({ feeds: [], args: ['--tls-cert', file, '--tls-key', file] })).rejects.toThrow(
    /tls: .*check certFile and keyFile/,
  );
});
