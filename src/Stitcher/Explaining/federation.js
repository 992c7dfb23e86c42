(() => {
  'use strict';
  const box = document.getElementById('q');
  const told = document.getElementById('told');
  const all = [...document.querySelectorAll('[data-name]')];
  const show = () => {
    const wanted = box.value.trim().toLowerCase();
    let shown = 0;
    for (const each of all) {
      each.hidden = !each.dataset.name.includes(wanted);
      shown += each.hidden ? 0 : 1;
    }
    told.textContent = wanted ? `${shown} of ${all.length} services and packages have “${box.value.trim()}” in a name.` : '';
    history.replaceState(null, '', wanted ? `?q=${encodeURIComponent(wanted)}` : location.pathname);
  };
  box.addEventListener('input', show);
  box.form.addEventListener('submit', event => {
    event.preventDefault();
    show();
  });
})();
