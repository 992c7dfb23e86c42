// The head of the page follows what happens on it: who is signed in, how the page is to look, and how many things this
// reader keeps for later. The products say the last as "shop:kept"; what was kept before this page is read from where they leave it.

import clsx from 'clsx';
import { submit } from '@stitcher/live';

const count = () => {
  try {
    return JSON.parse(localStorage.getItem('shop:kept') ?? '[]').length ?? 0;
  } catch {
    return 0;
  }
};

const tellKept = (root, signal) => {
  const line = root.querySelector('.profile-line');
  if (!line) return;
  const usual = line.textContent;
  const tell = number => {
    line.textContent = number > 0 ? `${number} kept for later` : usual;
    line.className = clsx('profile-line', { 'profile-keeps': number > 0 });
  };

  tell(count());
  window.addEventListener('shop:kept', event => tell(event.detail.length), { signal });
  window.addEventListener('storage', event => { if (event.key === 'shop:kept') tell(count()); }, { signal });
};

const closeByItself = (menu, signal) => {
  if (!menu) return;
  document.addEventListener('click', event => { if (!menu.contains(event.target)) menu.open = false; }, { signal });
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  }, { signal });
};

export default (root, { signal, bus, refresh }) => {
  tellKept(root, signal);
  closeByItself(root.querySelector('.profile-menu'), signal);

  const wayIn = root.querySelector('.profile-in');
  wayIn?.addEventListener('click', () => {
    const { pathname, search } = location;
    if (pathname !== '/sign-in') wayIn.search = `?return=${encodeURIComponent(pathname + search)}`;
  }, { capture: true, signal });

  root.querySelector('.sign-out')?.addEventListener('submit', async event => {
    event.preventDefault();
    const form = event.target;
    const told = await submit(form, { signal });
    // Another tab was quicker, or the page is of yesterday: the browser itself finds out how things stand.
    if (told?.ok === false) form.submit();
  }, { signal });

  bus.on('theme:changed', theme => { root.dataset.themeChoice = theme; }, { signal });
  bus.on('user:changed', user => {
    if (String(user?.id ?? '') !== (root.dataset.user ?? '')) void refresh();
  }, { signal });
};
