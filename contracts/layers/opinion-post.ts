import { number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Public posts by topic, without author identity. */
export const opinionPost = defineLayer({
  slug: 'opinion-post',
  title: title('舆情', 'Public posts'),
  topic: 'opinion',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: 86_400,
  retention: 'opinion',
  columns: {
    position: position(title('位置', 'Position'), { nullMeans: 'the post names no place' }),
    title: text(title('标题', 'Title'), 200),
    platform: oneOf(title('平台', 'Platform'), {
      weibo: title('微博', 'Weibo'),
      wechat: title('微信', 'WeChat'),
      douyin: title('抖音', 'Douyin'),
      toutiao: title('头条', 'Toutiao'),
      forum: title('论坛', 'Forum'),
      news: title('新闻', 'News'),
    }),
    topicId: text(title('话题', 'Topic'), 60),
    sentiment: number(title('情感', 'Sentiment'), ['1', 0.01, -1, 1]),
    reads: number(title('阅读', 'Reads'), ['count', 1, 0, 2_000_000_000]),
    interactions: number(title('互动', 'Interactions'), ['count', 1, 0, 2_000_000_000]),
    publishedAt: time(title('发布', 'Published')),
    check: oneOf(
      title('核查', 'Check'),
      {
        none: title('未送核查', 'Not sent for a check'),
        open: title('待核查', 'To be checked'),
        true: title('属实', 'True'),
        false: title('不实', 'False'),
        partly: title('部分属实', 'Partly true'),
      },
      { nullMeans: 'the source does not say what is checked' },
    ),
    text: text(title('正文', 'Text'), 8000, { detail: true }),
  },
});
