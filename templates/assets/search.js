// The search page. Pagefind and the index of the page's language are loaded when something is typed, not before.
(() => {
  const form = document.querySelector('form.search');
  if (!form) return;
  const input = form.querySelector('input');
  const status = form.querySelector('.status');
  const list = form.querySelector('.results');
  const more = form.querySelector('.more');
  const texts = form.dataset;
  const shownAtOnce = 10;
  const patience = 20_000;

  let pagefind;
  // What has been found and is not yet shown.
  let rest = [];
  let terms = [];
  let latest = 0;
  let timer;

  /** Scripts in which a letter says as much as two or three. */
  const wide = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

  // As it is typed, `n2` for `n²` and for `n^2`, without case and accents, so that what is found by them can be marked; a
  // syllable of Hangul stays one letter.
  const fold = (text) =>
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}^]/gu, '')
      .normalize('NFC');

  async function find(query) {
    pagefind ??= import(`${texts.index}pagefind.js`);
    const { preload, search } = await pagefind;
    // Pagefind loads the part of the index in which the words would stand. Words that begin with them can go on in the
    // next part: that of the last word with this beginning.
    await preload(
      query.replace(/\p{L}(?=\s|$)/gu, (end) => end + (/\p{Script=Hangul}/u.test(end) ? '힣' : 'z')),
    );
    const { results } = await search(query);
    return (await isAbout(results[0], query)) ? results : [];
  }

  /** Of a word that is nowhere, Pagefind takes the beginning that is somewhere: the `x` of `xyzzy`. */
  async function isAbout(result, query) {
    if (!result) return false;
    const { content, meta } = await result.data();
    const words = fold(query)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);
    const whole = fold(`${meta.title} ${content}`);
    return !words.length || words.some((word) => stem(word, whole));
  }

  /** A term, or what only it is found by: `recommend` for `recommendations`. Nothing where too little is left of it. */
  function stem(term, whole) {
    const least = Math.max(term.length / 2, wide.test(term) ? 2 : 4);
    let sought = term;
    while (!whole.includes(sought)) {
      if (sought.length - 1 < least) return '';
      sought = sought.slice(0, -1);
    }
    return sought;
  }

  /** Pagefind waits for ever for what cannot be loaded. */
  const inTime = (promise) =>
    Promise.race([promise, new Promise((_, reject) => setTimeout(reject, patience))]).catch(async (error) => {
      const broken = pagefind;
      pagefind = undefined;
      await broken?.then(({ destroy }) => destroy());
      throw error;
    });

  const particles = '으로|에서|에게|까지|부터|처럼|보다|[은는이가을를의에로와과도만]';

  /** A Korean word without the particle that a reader may have copied along. */
  const withoutParticles = (query) =>
    query.replace(new RegExp(`(\\p{Script=Hangul}{2,}?)(?:${particles})(?=\\s|$)`, 'gu'), '$1');

  async function run(isComposing) {
    const query = input.value.normalize('NFC').replace(/\s+/g, ' ').trim();
    const turn = ++latest;
    history.replaceState(history.state, '', query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    if (!query) return show('', []);
    try {
      let used = query.normalize('NFKC').replaceAll('^', '');
      let found = await inTime(find(used));
      if (!found.length && withoutParticles(used) !== used) {
        used = withoutParticles(used);
        found = await inTime(find(used));
      }
      // Half a syllable finds nothing: what stands there stays until it is whole.
      if (turn !== latest || (isComposing && !found.length)) return;
      await show(query, found, used);
    } catch {
      if (turn !== latest) return;
      rest = [];
      more.hidden = true;
      list.replaceChildren();
      status.textContent = texts.failed;
    }
  }

  async function show(query, found, used = query) {
    const turn = latest;
    terms = used
      .split(' ')
      .map((word) => fold(word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')))
      .filter(Boolean);
    rest = found;
    const items = await next();
    if (turn !== latest) return;
    list.replaceChildren(...items);
    const isOne =
      new Intl.PluralRules([texts.rule || document.documentElement.lang, 'en']).select(found.length) ===
      'one';
    const pattern = found.length ? texts[isOne ? 'one' : 'many'] : texts.none;
    status.textContent =
      query && pattern.replace(/\{(n|query)\}/g, (_, key) => (key === 'n' ? found.length : query));
  }

  /** The next of the results, as items of the list. */
  async function next() {
    const results = rest.slice(0, shownAtOnce);
    const data = await Promise.all(results.map((result) => result.data()));
    rest = rest.slice(results.length);
    more.hidden = !rest.length;
    return data.map(({ raw_url: address, content, meta }) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = address;
      link.append(...marked(meta.title));
      item.append(link);
      if (meta.date) item.append(paragraph('meta', meta.date));
      // Behind the sign stand words that are there to be found by, not to be read.
      item.append(paragraph('extract', ...marked(...extract(content.split('\u241e')[0].trim()))));
      return item;
    });
  }

  function paragraph(name, ...children) {
    const element = document.createElement('p');
    element.className = name;
    element.append(...children);
    return element;
  }

  /** Whether a part of a text can be meant: it begins a word; if it is short, it is one, but for a particle. */
  function isMeant(text, begin, end) {
    const isWide = wide.test(text[begin]);
    const isShort = end - begin < (isWide ? 2 : 3);
    const before = text.slice(Math.max(0, begin - 2), begin);
    const begins = !/[\p{L}\p{N}]$/u.test(before) || isWide !== wide.test(before.at(-1));
    const ends = new RegExp(`^(?:${particles})?(?![\\p{L}\\p{N}])`, 'u');
    return isShort ? begins && ends.test(text.slice(end, end + 4)) : begins || isWide;
  }

  /** Behind the character at a place: `ﬁ` is two letters when it is folded. */
  const after = (text, at) => at + String.fromCodePoint(text.codePointAt(at)).length;

  /** Where the terms stand in a text. */
  function places(text) {
    const folded = [];
    const origins = [];
    let offset = 0;
    for (const character of text) {
      for (const part of fold(character)) {
        folded.push(part);
        origins.push(offset);
        for (let unit = 1; unit < part.length; unit++) origins.push(offset);
      }
      offset += character.length;
    }
    const whole = folded.join('');
    const found = [];
    for (const term of terms) {
      const sought = stem(term, whole);
      for (let at = sought ? whole.indexOf(sought) : -1; at >= 0; ) {
        const end = at + sought.length;
        if (isMeant(whole, at, end))
          found.push({ term, begin: origins[at], end: after(text, origins[end - 1]) });
        at = whole.indexOf(sought, end);
      }
    }
    return found.sort((a, b) => a.begin - b.begin);
  }

  /** The part of a text with the most of the terms, cut between words. */
  function extract(text) {
    const width = /\p{Script=Hangul}|\p{Script=Han}/u.test(text) ? 110 : 200;
    const found = places(text);
    let best = 0;
    let most = 0;
    for (const [index, { begin }] of found.entries()) {
      const near = found.slice(index, index + width).filter((place) => place.begin < begin + 0.7 * width);
      const { size } = new Set(near.map(({ term }) => term));
      if (size > most) [best, most] = [begin, size];
    }
    const middle = Math.max(0, best - width / 4);
    const begin = middle ? text.indexOf(' ', middle) + 1 || middle : 0;
    const cut = text.lastIndexOf(' ', begin + width);
    const end = text.length <= begin + width ? text.length : cut > begin ? cut : begin + width;
    return [text.slice(begin, end), begin > 0 ? '… ' : '', end < text.length ? ' …' : ''];
  }

  /** A text with its terms in <mark>. */
  function marked(text, before = '', after = '') {
    const nodes = [before];
    let done = 0;
    for (const { begin, end } of places(text)) {
      if (begin < done) continue;
      const mark = document.createElement('mark');
      mark.textContent = text.slice(begin, end);
      nodes.push(text.slice(done, begin), mark);
      done = end;
    }
    return [...nodes, text.slice(done), after];
  }

  input.addEventListener('input', (event) => {
    clearTimeout(timer);
    timer = setTimeout(run, 150, event.isComposing);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    run();
  });
  more.addEventListener('click', async () => {
    const turn = latest;
    const items = await next();
    if (turn !== latest) return;
    list.append(...items);
    items[0]?.querySelector('a').focus();
  });
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const stops = [input, ...list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === '/' && !document.activeElement.matches('input, textarea, select')) {
      input.focus();
      input.select();
    } else if (step && at >= 0 && stops[at + step]) {
      stops[at + step].focus();
    } else if (event.key === 'Escape' && at >= 0) {
      if (at === 0) {
        input.value = '';
        clearTimeout(timer);
        run();
      }
      input.focus();
    } else return;
    event.preventDefault();
  });
  const fromAddress = () => {
    input.value = new URLSearchParams(location.search).get('q') ?? '';
    if (input.value) run();
  };
  addEventListener('popstate', fromAddress);
  // WebKit brings a page back as it was, but for its fields.
  addEventListener('pageshow', () => input.value || fromAddress());
  form.hidden = false;
  fromAddress();
})();
