// Who we talk to and how: link state, hello of the server, language, the city's own facts.
import { reactive } from 'vue';
import type { Title } from '../../contracts/column.ts';
import type { Hello } from '../../contracts/wire.ts';

export type Locale = 'zh' | 'en';
export type LinkState = 'connecting' | 'live' | 'lost';

interface Session {
  locale: Locale;
  link: LinkState;
  /** Local clock, epoch ms: since when the link is as it is. */
  linkSince: number;
  linkReason: string;
  hello: Hello | null;
  /** Build this page was served by; another one in hello offers a reload. */
  build: string | null;
  newBuild: boolean;
  /** The last complaint of the server or of the decoder, for people who look for it. */
  fault: string | null;
  /** Layers the server refused to this page. */
  readonly refused: Set<string>;
}

export const session = reactive<Session>({
  locale: 'zh',
  link: 'connecting',
  linkSince: 0,
  linkReason: '',
  hello: null,
  build: null,
  newBuild: false,
  fault: null,
  refused: new Set(),
});

export function applyHello(hello: Hello): void {
  session.hello = hello;
  session.build ??= hello.build;
  session.newBuild = session.build !== hello.build;
}

export function applyLink(state: LinkState, since: number, reason: string): void {
  session.link = state;
  session.linkSince = since;
  session.linkReason = reason;
}

export function setLocale(locale: Locale): void {
  session.locale = locale;
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
}

/** A title in the language of this page. */
export const say = (title: Title): string => title[session.locale];
