// Progress on stdout: what is being made, how far, how many tiles, how long it will still take.

export interface Reporter {
  note(text: string): void;
  /** Reports at most once a second while `total` pieces are made. */
  steps(what: string, total: number): { done(): void };
  /** The same for work that knows its share, 0..1. */
  share(what: string): (share: number) => void;
}

export function createReporter(write: (line: string) => void, clock: () => number = Date.now): Reporter {
  const line = (what: string): ((share: number, extra: string) => void) => {
    const startedAt = clock();
    let lastAt = startedAt;
    return (share, extra) => {
      const now = clock();
      if (now - lastAt < 1000 && share < 1) return;
      lastAt = now;
      const left = share > 0 ? Math.ceil(((now - startedAt) / 1000) * (1 / share - 1)) : 0;
      write(
        `${what.padEnd(8)} ${String(Math.floor(share * 100)).padStart(3)} %${extra}  ${left} s left / 剩余 ${left} 秒\n`,
      );
    };
  };
  return {
    note: (text) => write(`${text}\n`),
    steps: (what, total) => {
      const report = line(what);
      let count = 0;
      return { done: () => report(++count / total, `  ${count}/${total} tiles`) };
    },
    share: (what) => {
      const report = line(what);
      return (share) => report(share, '');
    },
  };
}
