import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { scanTopicHeats } from '../standards/opinion-heat.ts';

export default defineIndicator({
  slug: 'opinion-heat',
  version: 1,
  title: { zh: '舆情热度指数', en: 'Heat of public opinion' },
  unit: { zh: '', en: '' },
  sign: 'public-opinion',
  key: true,
  direction: 'down',
  limits: limitsFrom2024([40, 60, 80], { best: 0, worst: 100 }),
  periodS: 600,
  inputs: [opinionPost],
  formula: {
    zh: '每条 h = w×(1+ln(1+阅读/1000)+0.5×ln(1+互动/10))×2^(−小时/6)；话题热度 = min(100, 25×lg(1+Σh))，24小时内；取最热话题。w：微博、头条1，微信1.2，抖音、新闻1.5，论坛0.8。',
    en: 'Per post h = w·(1+ln(1+reads/1000)+0.5·ln(1+interactions/10))·2^(−hours/6); heat of a topic = min(100, 25·log10(1+Σh)) over 24 h; the hottest topic. w: Weibo, Toutiao 1, WeChat 1.2, Douyin, news 1.5, forum 0.8.',
  },
  systems: ['x-opinion'],
  granularity: 'county',
  aggregate: 'FORMULA',
  evaluate(view) {
    const { topics, heats } = scanTopicHeats(view);
    for (let region = 0; region < view.regionCount; region++) {
      let hottest = -1;
      let most = 0;
      for (let topic = 0; topic < topics.length; topic++) {
        const heat = heats[topic * view.regionCount + region] as number;
        if (heat <= most) continue;
        most = heat;
        hottest = topic;
      }
      view.set(region, most);
      if (hottest >= 0) view.note(region, topics[hottest] as string);
    }
  },
});
