// The state of every feed as rows of the layer `feed-health`, so that screens see it like everything else.
import type { LayerTable } from '../../contracts/table.ts';
import type { feedHealth } from '../../contracts/layers/feed-health.ts';
import type { FeedReport } from './port.ts';

interface Reporter {
  reports(): readonly FeedReport[];
  logChanges(reports: readonly FeedReport[]): void;
}

export class FeedHealthRows {
  readonly #table: LayerTable<typeof feedHealth.columns>;
  readonly #reporter: Reporter;
  readonly #synthetic: boolean;

  constructor(table: LayerTable, reporter: Reporter, synthetic: boolean) {
    this.#table = table as unknown as LayerTable<typeof feedHealth.columns>;
    this.#reporter = reporter;
    this.#synthetic = synthetic;
  }

  write(now: number): void {
    const reports = this.#reporter.reports();
    this.#reporter.logChanges(reports);
    for (const report of reports) {
      this.#table.put({
        key: report.id,
        validAt: now,
        source: 'leader-cockpit',
        synthetic: this.#synthetic,
        values: {
          name: report.title.zh,
          system: report.system,
          state: report.state,
          reason: report.reason,
          detail: report.detail === '' ? null : report.detail.slice(0, 200),
          periodS: report.cadenceS,
          lastAt: report.lastAt,
          lastOkAt: report.lastOkAt,
          lagMs: report.lagMs === null ? null : Math.min(report.lagMs, 1_000_000_000),
          ratePerMin: report.ratePerMin,
          accepted: Math.min(report.accepted, 2_000_000_000),
          rejected: Math.min(report.rejected, 2_000_000_000),
          rejectedPct: report.rejectedPct,
          wrongClocks: Math.min(report.clocks.count, 1_000_000),
        },
      });
    }
  }
}
