// What a page does beyond HTML and CSS. It works without. No name is read that an author's id could take.
(() => {
  const root = document.documentElement;
  const texts = document.body.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (name, className) => Object.assign(document.createElement(name), { className });

  // For screen readers: what a button has done.
  const status = make('p', 'visually-hidden');
  status.role = 'status';
  document.body.append(status);

  // Colour scheme

  const order = ['auto', 'light', 'dark'];
  const button = document.querySelector('button.theme');

  function showTheme() {
    button.ariaLabel = button.title = button.dataset[root.dataset.theme];
    const paper = getComputedStyle(root).backgroundColor;
    for (const meta of all('meta[name="theme-color"]')) meta.content = paper;
  }

  if (button) {
    button.addEventListener('click', () => {
      root.dataset.theme = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
      try {
        localStorage.setItem('theme', root.dataset.theme);
      } catch {
        // No storage: for this page only.
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

  // Copy buttons

  for (const block of all('.code')) {
    const source = block.querySelector('pre');
    const copy = make('button', 'copy');
    copy.type = 'button';
    copy.textContent = texts.copy;
    copy.addEventListener('click', async () => {
      let done = texts.copied;
      try {
        await navigator.clipboard.writeText(source.textContent.replace(/\n$/, ''));
      } catch {
        // No permission, or no TLS: the reader's own keys.
        getSelection().selectAllChildren(source);
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

  // Formulas on the clipboard: as TeX, each once, and whole where a selection ends in one; Korean without our word joiners

  addEventListener('copy', (event) => {
    const selection = getSelection();
    const box = make('div', 'clipboard');
    for (let index = 0; index < selection.rangeCount; index++) {
      const range = selection.getRangeAt(index).cloneRange();
      const first = formulaAt(range.startContainer);
      const last = formulaAt(range.endContainer);
      if (first) range.setStartBefore(first);
      if (last) range.setEndAfter(last);
      box.append(range.cloneContents());
    }
    const formulas = all('.katex', box);
    if (!formulas.length && !box.textContent.includes('\u2060')) return;
    const give = (type, text) => event.clipboardData.setData(type, text.replaceAll('\u2060', ''));
    for (const formula of formulas) {
      const display = formula.closest('.katex-display');
      const text = document.createElement('span');
      text.innerText = texOf(formula, display ? '$$' : '$');
      (display ?? formula).replaceWith(...text.childNodes);
    }
    for (const part of all('.copy, .anchor', box)) part.remove();
    document.body.append(box);
    give('text/plain', box.innerText);
    for (const part of all('*', box)) {
      for (const name of part.getAttributeNames()) {
        if (/^(href|src)$/.test(name)) part.setAttribute(name, part[name]);
        else if (!/^(alt|lang|start|colspan|rowspan)$/.test(name)) part.removeAttribute(name);
      }
    }
    give('text/html', box.innerHTML);
    box.remove();
    event.preventDefault();
  });

  function formulaAt(node) {
    const element = node.closest ? node : node.parentElement;
    return element?.closest('.katex-display') ?? element?.closest('.katex');
  }

  /** The source, and the numbers that it does not give. */
  function texOf(formula, mark) {
    const tex = formula.querySelector('annotation').textContent.trim();
    const numbers = all('semantics > mtable > * > :last-child > :not(mstyle)', formula)
      .map((part) => part.textContent.replace(/\s/g, ' '))
      .filter((text) => text && !tex.includes(`tag{${text.slice(1, -1)}}`) && !tex.includes(`tag*{${text}}`));
    return [mark + tex + mark, ...numbers].join(' ');
  }

  // What a reference leads to, shown under the pointer, on focus, at a first tap

  const blocks = '.math-display, figure, .theorem, .proof, li';
  const links = '.reference, .citation, .katex a, a[href^="#"]:not(.anchor, [role="doc-backlink"])';
  let owner;
  let preview;
  let timer;
  let isTouch;

  const linkAt = (node) => {
    const link = node.closest?.('.body a');
    return link?.matches(links) && !preview?.contains(link) && link;
  };
  const isInside = (node) => owner?.contains(node) || preview?.contains(node);

  function close() {
    clearTimeout(timer);
    preview?.remove();
    owner?.removeAttribute('aria-describedby');
    preview = owner = undefined;
  }

  /** Another page, and the style sheets that only it has: that of formulas. */
  async function load(path) {
    const page = new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html');
    const sheets = 'link[rel="stylesheet"]';
    for (const sheet of all(sheets, page)) {
      if (all(sheets).some(({ href }) => href === sheet.href)) continue;
      document.querySelector(sheets).after(sheet);
      await new Promise((done) => {
        sheet.onload = sheet.onerror = done;
      });
    }
    return page;
  }

  async function contentOf(link) {
    // A link in MathML has no other properties.
    const { origin, pathname, hash } = new URL(link.getAttribute('href'), location);
    if (origin !== location.origin || !hash) return;
    const page = pathname === location.pathname ? document : await load(pathname);
    const target = page.getElementById(decodeURIComponent(hash.slice(1)))?.closest(blocks);
    if (!target) return;
    const copy = document.importNode(target, true);
    copy.open = true;
    for (const part of all('.copy, .anchor, [role="doc-backlink"]', copy)) part.remove();
    for (const part of [copy, ...all('[id]', copy)]) part.removeAttribute('id');
    for (const part of all('a[href^="#"]', copy))
      part.setAttribute('href', pathname + part.getAttribute('href'));
    const box = make('div', 'body preview');
    box.id = 'page:preview';
    box.lang = target.closest('[lang]').lang;
    box.append(...(copy.localName === 'li' ? copy.childNodes : [copy]));
    return box;
  }

  /** Says whether there is something to show. */
  async function open(link) {
    if (link === owner) return true;
    close();
    owner = link;
    const box = await contentOf(link).catch(() => {});
    if (owner !== link) return true;
    if (!box) {
      owner = undefined;
      return false;
    }
    preview = box;
    const body = link.closest('.body');
    body.after(box);
    link.setAttribute('aria-describedby', box.id);
    const at = link.getBoundingClientRect();
    const around = box.offsetParent.getBoundingClientRect();
    const column = body.getBoundingClientRect();
    const height = box.offsetHeight + 6;
    const isBelow = at.bottom + height < innerHeight || at.top < height;
    box.style.top = `${(isBelow ? at.bottom + 6 : at.top - height) - around.top}px`;
    const left = Math.max(column.left, Math.min(at.left, column.right - box.offsetWidth));
    box.style.left = `${left - around.left}px`;
    return true;
  }

  addEventListener('pointerover', ({ target, pointerType }) => {
    const link = linkAt(target);
    clearTimeout(timer);
    if (pointerType === 'touch' || isInside(target)) return;
    if (link) timer = setTimeout(open, 150, link);
    else if (!owner?.matches(':focus-visible')) timer = setTimeout(close, 300);
  });
  addEventListener('focusin', ({ target }) => {
    if (target.matches(':focus-visible') && linkAt(target)) open(target);
  });
  addEventListener('focusout', ({ target, relatedTarget }) => {
    if (isInside(target) && !isInside(relatedTarget) && !preview?.matches(':hover')) close();
  });
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  addEventListener('pointerdown', ({ pointerType }) => {
    isTouch = pointerType === 'touch';
  });
  addEventListener('click', (event) => {
    const { target, detail } = event;
    const link = linkAt(target);
    // `detail` is 0 for keys and scripts.
    if (link && link !== owner && isTouch && detail) {
      event.preventDefault();
      open(link).then((isShown) => isShown || link.click());
    } else if (!preview?.contains(target) || target.closest('a')) close();
  });

  // What scrolls because it is too wide must be within reach of the keyboard, and on cards of the pointer

  const reach = () => {
    for (const block of all(
      '.post :is(p, ul, ol, dl, figcaption, h1, h2, h3, h4, h5, h6), .excerpt, .excerpt math',
    )) {
      if (block.scrollWidth > block.clientWidth + 1 && getComputedStyle(block).overflowX === 'auto')
        block.tabIndex = 0;
      else block.removeAttribute('tabindex');
    }
  };
  document.fonts.ready.then(reach);
  addEventListener('resize', reach);

  // How wide formulas are that cannot be broken: print makes them smaller

  addEventListener('beforeprint', () => {
    for (const formula of all('.math-display .katex')) {
      const width = Math.max(...all('.katex-base', formula).map((part) => part.offsetWidth));
      const space = formula.querySelector('.katex-tag') ? 8 : 0;
      const ems = width / Number.parseFloat(getComputedStyle(formula).fontSize) + space;
      formula.style.setProperty('--ems', ems);
    }
  });

  // The section being read: that of the last heading above the upper third, or above the end of the page; but one that was
  // jumped to is, as long as it is among those

  const entries = all('.contents-side a').map((link) => ({
    link,
    heading: document.getElementById(decodeURIComponent(link.hash.slice(1))),
  }));
  let marked;
  let waiting;

  function mark() {
    const topOf = ({ heading }) => heading?.getBoundingClientRect().top;
    const isEnd = scrollY && scrollY + innerHeight > root.scrollHeight - 2;
    const above = entries.filter((entry) => topOf(entry) <= innerHeight / (isEnd ? 1 : 3));
    const target = above.find((entry) => entry.heading.matches(':target') && topOf(entry) >= 0);
    const link = (target ?? above.at(-1))?.link;
    if (link === marked) return;
    if (marked) marked.ariaCurrent = null;
    marked = link;
    if (!link) return;
    link.ariaCurrent = 'true';
    const contents = link.closest('nav');
    contents.scrollTop = link.offsetTop - contents.clientHeight / 2;
  }

  for (const name of entries.length ? ['scroll', 'scrollend', 'resize', 'hashchange', 'pageshow'] : [])
    addEventListener(name, () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(mark);
    });
})();
