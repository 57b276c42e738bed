// Comments, on pages that have them: giscus is loaded when the reader gets there, and follows the colour scheme.
(() => {
  const box = document.querySelector('.comments .giscus');
  const root = document.documentElement;
  if (!box) return;
  const theme = () => ({ light: 'light', dark: 'dark' })[root.dataset.theme] ?? 'preferred_color_scheme';
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      const script = document.createElement('script');
      script.src = 'https://giscus.app/client.js';
      script.crossOrigin = 'anonymous';
      Object.assign(script.dataset, box.dataset, { theme: theme() });
      box.after(script);
    },
    { rootMargin: '200px' },
  );
  observer.observe(box);
  new MutationObserver(() => {
    const frame = document.querySelector('iframe.giscus-frame');
    frame?.contentWindow.postMessage({ giscus: { setConfig: { theme: theme() } } }, 'https://giscus.app');
  }).observe(root, { attributeFilter: ['data-theme'] });
})();
