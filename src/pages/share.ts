// Links that open another site's form with a post filled in. No script, and nothing is asked of that site before.
import { href } from '../site/references.js';
import type { Edition, Entry, ShareSite, Site } from '../types.js';
import type { LinkView } from './view.js';

interface Target {
  readonly name: string;
  /** What comes before the parameters. */
  readonly form: string;
  /** Parameters for the address and the title, where the form takes one. */
  readonly url: string;
  readonly title?: string;
}

const targets: Readonly<Record<ShareSite, Target>> = {
  x: { name: 'X', form: 'https://x.com/intent/post', url: 'url', title: 'text' },
  linkedin: { name: 'LinkedIn', form: 'https://www.linkedin.com/sharing/share-offsite/', url: 'url' },
  reddit: { name: 'Reddit', form: 'https://www.reddit.com/submit', url: 'url', title: 'title' },
  hackernews: { name: 'Hacker News', form: 'https://news.ycombinator.com/submitlink', url: 'u', title: 't' },
  facebook: { name: 'Facebook', form: 'https://www.facebook.com/sharer/sharer.php', url: 'u' },
  telegram: { name: 'Telegram', form: 'https://t.me/share/url', url: 'url', title: 'text' },
  email: { name: '', form: 'mailto:', url: 'body', title: 'subject' },
};

/** The links of a post. None without `baseUrl`: an address to share is absolute. */
export function shareLinks({ config }: Site, { texts }: Edition, { post, rendered }: Entry): LinkView[] {
  if (!config.origin || post.layout !== 'post') return [];
  const address = config.origin + href(post.url, config.basePath);
  return config.share.map((site) => {
    const { name, form, url, title } = targets[site];
    const parameters = [...(title ? [[title, rendered.title.text]] : []), [url, address]];
    // Not URLSearchParams: programs for e-mail show its + for spaces.
    const query = parameters.map(([key = '', value = '']) => `${key}=${encodeURIComponent(value)}`);
    return { name: name || (texts.email ?? ''), href: `${form}?${query.join('&')}` };
  });
}
