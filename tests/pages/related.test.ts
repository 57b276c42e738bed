// Posts about the same things.
import { expect, it } from 'vitest';
import { relatedPosts } from '../../src/pages/related.js';
import type { Entry } from '../../src/types.js';
import { postOf, recordOf, render } from '../markdown/render.js';

interface Given {
  readonly title: string;
  readonly text: string;
  readonly tags?: readonly string[];
}

const entryOf = ({ title, text, tags = [] }: Given): Entry => ({
  post: postOf('', { title, tags }),
  rendered: { ...recordOf({ ...render(''), prose: text }), title: { html: [title], text: title } },
});

/** Titles of the posts near each post. */
function related(posts: readonly Given[]): Record<string, string[]> {
  const entries = posts.map(entryOf);
  const near = relatedPosts(entries);
  return Object.fromEntries(
    entries.map((entry, index) => [
      entry.rendered.title.text,
      near(index).map(({ rendered }) => rendered.title.text),
    ]),
  );
}

const posts: readonly Given[] = [
  {
    title: 'Attention',
    text: 'Queries, keys and values: the decoder weighs encoder states by softmax scores.',
  },
  {
    title: 'Transformers',
    text: 'Self-attention without recurrence: queries and keys in every encoder layer.',
  },
  { title: 'Bandits', text: 'Thompson sampling explores arms; regret grows with the logarithm of time.' },
  {
    title: 'Experiments',
    text: 'Online experiments waste visitors on worse arms; sampling arms by regret does not.',
  },
  { title: 'Gardening', text: 'Tomatoes want sun and water every day.' },
];

it('are near when they share rare words, not when they share what everybody writes', () => {
  expect(related(posts)).toEqual({
    Attention: ['Transformers'],
    Transformers: ['Attention'],
    Bandits: ['Experiments'],
    Experiments: ['Bandits'],
    Gardening: [],
  });
});

it('are near by a tag that few posts have', () => {
  const tagged = posts.map((post) =>
    /Gardening|Bandits/.test(post.title) ? { ...post, tags: ['Growth'] } : post,
  );
  expect(related(tagged).Gardening).toEqual(['Bandits']);
});

it('are near in Korean though their words carry particles', () => {
  const korean = [
    { title: '하나', text: '추천시스템을 만들며 사용자의 취향을 벡터로 나타냅니다.' },
    { title: '둘', text: '좋은 추천시스템이란 취향의 벡터에서 시작합니다.' },
    { title: '셋', text: '토마토는 햇볕과 물을 좋아합니다.' },
    { title: '넷', text: '겨울 바다를 걷고 왔습니다.' },
  ];
  expect(related(korean)).toEqual({ 하나: ['둘'], 둘: ['하나'], 셋: [], 넷: [] });
});

it('do not depend on the order of other posts', () => {
  const other = related(posts.toReversed());
  expect(other).toEqual(related(posts));
});

it('need something to compare with', () => {
  expect(related([])).toEqual({});
  expect(related(posts.slice(0, 1))).toEqual({ Attention: [] });
  expect(related(posts.slice(0, 2))).toEqual({ Attention: [], Transformers: [] });
});

it('are found among thousands in time that grows with their number', () => {
  const many = Array.from({ length: 3000 }, (_, index) => ({
    title: `Post ${index}`,
    text: `topic${index % 1000} ${'the same words in every post '.repeat(5)} other${(index * 7) % 50}`,
    tags: [`tag${index % 3}`],
  })).map(entryOf);
  const near = relatedPosts(many);
  const first = near(0).map(({ rendered }) => rendered.title.text);
  expect(first.slice(0, 2)).toEqual(['Post 1000', 'Post 2000']);
});
