// Adds to the development page what needs script: parameters, figures, frames as high as their content.

const number = new Intl.NumberFormat("en");

for (const card of document.querySelectorAll(".fragment")) {
  const frame = card.querySelector("iframe");
  const form = card.querySelector("form");
  const reload = card.querySelector(".reload");
  const narrow = card.querySelector(".narrow");

  const show = () => {
    const { path, query } = addressOf(card, form);
    card.querySelector(".alone").href = path + query;
    card.querySelector(".slot").textContent = slotOf(card, form);
    frame.src = path + query;
    measure(card, path + query);
  };

  form?.addEventListener("submit", event => {
    event.preventDefault();
    show();
  });
  reload.hidden = narrow.hidden = false;
  reload.addEventListener("click", show);
  narrow.addEventListener("click", () => {
    const isNarrow = card.querySelector(".stage").classList.toggle("is-narrow");
    narrow.setAttribute("aria-pressed", String(isNarrow));
  });
  frame.addEventListener("load", () => follow(frame));
  follow(frame);
  measure(card, frame.getAttribute("src"));
  card.querySelector(".slot").textContent = slotOf(card, form);
}

function addressOf(card, form) {
  let path = card.dataset.path;
  const query = new URLSearchParams();
  for (const field of form?.elements ?? []) {
    if (field.dataset.in === "path") {
      path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    } else if (field.name && field.value !== "") {
      query.append(field.name, field.value);
    }
  }

  return { path, query: query.size > 0 ? `?${query}` : "" };
}

function slotOf(card, form) {
  const parameters = new URLSearchParams();
  for (const field of form?.elements ?? []) {
    if (field.name && field.value !== "") {
      parameters.append(field.name, field.value);
    }
  }

  const query = parameters.size > 0 ? `?${parameters}`.replaceAll("&", "&amp;") : "";
  return `<fragment src="${card.dataset.address}${query}"></fragment>`;
}

// The frame shows the fragment as a page; what a gateway would get is asked for here.
async function measure(card, address) {
  const status = card.querySelector(".status");
  const source = card.querySelector(".markup");
  const start = performance.now();
  try {
    const response = await fetch(address, { cache: "no-store" });
    const body = await response.text();
    const took = Math.round(performance.now() - start);
    const bytes = new TextEncoder().encode(body).length;
    const code = document.createElement("span");
    code.className = response.ok ? "good" : "bad";
    code.textContent = response.status;
    status.replaceChildren(code, ` · ${number.format(bytes)} bytes · ${number.format(took)} ms`);
    source.hidden = false;
    source.querySelector("code").textContent = body;
  } catch {
    status.textContent = "The service does not answer.";
  }
}

const watchers = new WeakMap();

function follow(frame) {
  const root = frame.contentDocument?.documentElement;
  if (!root || frame.contentDocument.URL === "about:blank") {
    return;
  }

  watchers.get(frame)?.disconnect();
  const fit = () => { frame.style.height = `${Math.min(Math.max(root.offsetHeight, 48), 900)}px`; };
  const watcher = new ResizeObserver(fit);
  watcher.observe(root);
  watchers.set(frame, watcher);
  fit();
}
