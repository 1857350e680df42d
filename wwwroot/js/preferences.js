// What is chosen on every page: the theme, and the language, which the server remembers; and the room's colour. A
// classic script in the head, so that colours are there before the first paint, and no choice comes too early.
(() => {
  const KEY = 'theme';
  const root = document.documentElement;
  let theme = '';     // as the system has it

  function apply(chosen) {
    theme = chosen ?? '';
    root.dataset.theme = theme;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
      meta.media = theme ? (meta.dataset.theme === theme ? 'all' : 'not all')
        : `(prefers-color-scheme: ${meta.dataset.theme})`;
  }

  function show() {
    for (const field of document.querySelectorAll('[name="theme"]')) field.value = theme;
  }

  if (root.dataset.hue) root.style.setProperty('--hue', root.dataset.hue);
  try {
    apply(localStorage.getItem(KEY));
  } catch {
    // Forbidden: the choice lasts as long as the page.
  }
  addEventListener('pageshow', show);
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== KEY) return;
    apply(newValue);
    show();
  });
  // Another page in the place of this one, so that going back leads to where one was before.
  async function setLanguage(form) {
    await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' });
    location.replace(location.href);
  }

  addEventListener('change', ({ target }) => {
    if (target.name === 'language') setLanguage(target.form).catch(() => target.form.reset());
    if (target.name !== 'theme') return;
    apply(target.value);
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Forbidden or full.
    }
  });
})();
