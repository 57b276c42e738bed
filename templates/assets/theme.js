// The colour scheme's button, copy buttons and the marked section of the contents. Everything else works without
// this file. Nothing is read by a name that an author's id could take.
(() => {
  const root = document.documentElement;
  const texts = document.body.dataset;

  // Says to screen readers what a button has done.
  const status = document.createElement('p');
  status.className = 'visually-hidden';
  status.setAttribute('role', 'status');
  document.body.append(status);

  const order = ['auto', 'light', 'dark'];
  const button = document.querySelector('button.theme');

  function showTheme() {
    const name = button.dataset[root.dataset.theme];
    button.setAttribute('aria-label', name);
    button.title = name;
    const paper = getComputedStyle(root).backgroundColor;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = paper;
  }

  if (button) {
    button.addEventListener('click', () => {
      root.dataset.theme = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
      try {
        localStorage.setItem('theme', root.dataset.theme);
      } catch {
        // Storage is off: the choice holds for this page.
      }
      showTheme();
      status.textContent = button.title;
    });
    addEventListener('storage', (event) => {
      if (event.key !== 'theme') return;
      root.dataset.theme = order.includes(event.newValue) ? event.newValue : 'auto';
      showTheme();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showTheme);
    showTheme();
  }

  for (const block of document.querySelectorAll('.code')) {
    const code = block.querySelector('code');
    if (!code) continue;
    const copy = document.createElement('button');
    copy.type = 'button';
    copy.className = 'copy';
    copy.textContent = texts.copy;
    copy.addEventListener('click', async () => {
      let done = texts.copied;
      try {
        await navigator.clipboard.writeText(code.textContent.replace(/\n$/, ''));
      } catch {
        // No permission, or a page without TLS: leave the code selected for the reader's own keys.
        getSelection().selectAllChildren(code);
        done = texts.copyFailed;
      }
      copy.textContent = done;
      status.textContent = done;
      setTimeout(() => {
        copy.textContent = texts.copy;
        status.textContent = '';
      }, 2000);
    });
    block.append(copy);
  }

  // Where the style sheet lets a too wide line scroll, the keyboard must get to it.
  document.fonts.ready.then(() => {
    for (const block of document.querySelectorAll('.post :is(p, ul, ol, dl, figcaption, h1, h2, h3, h4)')) {
      if (block.scrollWidth > block.clientWidth + 1 && getComputedStyle(block).overflowX === 'auto')
        block.tabIndex = 0;
    }
  });

  const contents = document.querySelector('.contents-side');
  if (contents) {
    const links = new Map();
    for (const link of contents.querySelectorAll('a')) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    let current;
    // The section being read is that of the last heading above the upper third of the window.
    const mark = () => {
      let next;
      for (const heading of links.keys()) {
        if (heading.getBoundingClientRect().top <= innerHeight / 3) next = heading;
      }
      if (next === current) return;
      links.get(current)?.removeAttribute('aria-current');
      current = next;
      const link = links.get(current);
      link?.setAttribute('aria-current', 'true');
      if (link) contents.scrollTop = link.offsetTop - contents.clientHeight / 2;
    };
    const observer = new IntersectionObserver(mark, { rootMargin: '0px 0px -66% 0px' });
    for (const heading of links.keys()) observer.observe(heading);
  }
})();
