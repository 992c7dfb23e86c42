// Tells how many things this reader keeps for later. The products say so on the page as "shop:kept"; what was
// kept before this page is read from where they leave it.

import clsx from 'clsx';

const count = () => {
  try {
    return JSON.parse(localStorage.getItem('shop:kept') ?? '[]').length ?? 0;
  } catch {
    return 0;
  }
};

export default root => {
  const line = root.querySelector('.profile-line');
  const usual = line.textContent;
  const tell = number => {
    line.textContent = number > 0 ? `${number} kept for later` : usual;
    line.className = clsx('profile-line', { 'profile-keeps': number > 0 });
  };

  tell(count());
  window.addEventListener('shop:kept', event => tell(event.detail.length));
  window.addEventListener('storage', event => { if (event.key === 'shop:kept') tell(count()); });
};
