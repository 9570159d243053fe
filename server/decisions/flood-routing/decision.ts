// Flood of one reach under each way its dams can be run: levels of gauges and reservoirs, who is flooded, what it costs.
import { dispatchOrder } from '../../../contracts/layers/dispatch-order.ts';
import { flowForecast } from '../../../contracts/layers/flow-forecast.ts';
import { levelForecast } from '../../../contracts/layers/level-forecast.ts';
import { releasePlan } from '../../../contracts/layers/release-plan.ts';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { title } from '../../../contracts/declare.ts';
import { defineDecision } from '../../kit/define-decision.ts';
import { adviceOf } from './advise.ts';
import { floodFacts, floodParams } from './facts.ts';
import { outcomesOf } from './outcomes.ts';
import { gapsOf, sitesOf } from './reach.ts';

export default defineDecision({
  slug: 'flood-routing',
  title: title('洪水演进与水库调度', 'Flood routing and release of dams'),
  question: title(
    '水库怎样调度，下游洪峰多高、何时到？',
    'How should the dams be run, and how high is the crest then?',
  ),
  kinds: ['flood', 'waterlogging'],
  inputs: [
    {
      ...{ layer: reservoir, needed: true, staleS: 1200 },
      title: title('水库水位与出库', 'levels and releases of the dams'),
      trail: { columns: ['levelM', 'outflowM3S'], hours: 24 },
    },
    {
      ...{ layer: riverGauge, needed: false, staleS: 1200 },
      title: title('水文站水位流量', 'levels and flows of the gauges'),
      trail: { columns: ['levelM'], hours: 24 },
    },
    {
      layer: flowForecast,
      needed: true,
      staleS: 10_800,
      title: title('洪水预报过程', 'forecast hydrographs'),
    },
    {
      layer: dispatchOrder,
      needed: false,
      staleS: null,
      title: title('已下达的调度令', 'orders of release in force'),
    },
    {
      layer: releasePlan,
      needed: false,
      staleS: null,
      title: title('拟调度方案', 'schemes of release drawn up'),
    },
  ],
  stations: ['river-gauges', 'reservoirs', 'storage-curves'],
  params: floodParams,
  facts: floodFacts,
  writes: [levelForecast],
  method: title(
    '水库按水量平衡与库容曲线（前向欧拉，步长 0.5 小时）；河段按滞时叠加；水位按测站水位流量关系',
    'Dams by their balance and storage curve (forward Euler, 0.5 h); reaches by lag and sum; levels by the rating of the station',
  ),
  validity: title(
    '单一河段、滞时不随流量变化；不含溃坝、漫堤后的淹没演进与回水',
    'One reach with lags that do not change with the flow; no dam break, no spreading once banks are overtopped, no backwater',
  ),
  uncertainty: title(
    '来水误差按 5% 加每小时 1%、最多 25% 计，给出 80% 区间；水位流量关系与滞时误差未计入',
    'Inflows are off by 5 % and 1 % more each hour, 25 % at most: the 80 % interval; errors of rating and lag are not in it',
  ),
  source: title(
    '水库调洪演算（水量平衡方程）；滞时与曲线取自城市包',
    'Level-pool routing by the equation of continuity; lags and curves out of the city package',
  ),
  expectedS: 1,
  limitS: 20,
  assess(view, params, now) {
    const sites = sitesOf(view);
    view.progress(0.1);
    const outcomes = outcomesOf(view, { params, now, sites });
    view.progress(0.8);
    return adviceOf(view, { now, sites, outcomes, gaps: gapsOf(view, sites, now) });
  },
});
