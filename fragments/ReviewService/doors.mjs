// Who may leave a review now, and about what.

const minute = 60_000;
const mostOfClient = 10;
const mostClients = 10_000;
const mostKnown = 10_000;

/** Counts what each client sends in a minute: nobody writes more than that by hand. */
export const pace = (now = Date.now) => {
  const sent = new Map();
  let since = now();
  return client => {
    if (now() - since >= minute || sent.size >= mostClients) {
      sent.clear();
      since = now();
    }

    sent.set(client, (sent.get(client) ?? 0) + 1);
    return sent.get(client) <= mostOfClient;
  };
};

/** The gateway writes the client's address last; without a gateway it is the connection's. */
export const clientOf = request => request.headers['x-forwarded-for']?.split(',').at(-1).trim() || request.socket.remoteAddress;

/** Whether there is a product, as the products service says it. Without an address of that service nobody is asked; what was there once is not asked for again. */
export const products = address => {
  const known = new Set();
  return async id => {
    if (!address || known.has(id)) return true;
    const answer = await fetch(new URL(`/api/products/${id}`, address), { signal: AbortSignal.timeout(2000) });
    await answer.body?.cancel();
    if (answer.status === 404) return false;
    if (!answer.ok) throw new Error(`The products service answered ${answer.status}.`);
    if (known.size < mostKnown) known.add(id);
    return true;
  };
};
