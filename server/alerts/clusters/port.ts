// What other areas see of clusters. Instances come from the composition root.
import type {
  Cluster,
  ConfirmClusterRequest,
  DismissClusterRequest,
  MergeClusterRequest,
  SplitClusterRequest,
} from '../../../contracts/records/cluster.ts';

/** As `Alerts`: on record when it resolves; throws CodedError request/not-found, …/invalid, …/conflict, store/…. */
export interface Clusters {
  /** Those with two signals or more, the latest first. */
  list(): readonly Cluster[];
  confirm(by: string, asked: ConfirmClusterRequest): Promise<Cluster>;
  /** → the cluster that was split off */
  split(by: string, asked: SplitClusterRequest): Promise<Cluster>;
  merge(by: string, asked: MergeClusterRequest): Promise<Cluster>;
  dismiss(by: string, asked: DismissClusterRequest): Promise<Cluster>;
}
