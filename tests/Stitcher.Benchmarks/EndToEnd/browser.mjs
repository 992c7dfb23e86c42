// A headless Chromium that is spoken to over its own debugging protocol: no driver to install.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

const patience = 20_000;

/** Starts a browser with one page. `command` is its program, `port` the port it is spoken to on. */
export const openBrowser = async (command, port) => {
  const profile = await mkdtemp(join(tmpdir(), 'first-module-'));
  const browser = spawn(command, [
    '--headless=new', '--no-first-run', '--disable-gpu', '--disable-extensions', '--disable-background-networking',
    // Containers run as root, where Chromium's own sandbox refuses to start; only the shop's pages are opened.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : []),
    `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, 'about:blank',
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(browser, 'exit');
  const close = async () => {
    browser.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    for await (const line of createInterface({ input: browser.stderr })) {
      if (line.startsWith('DevTools listening on')) break;
    }

    browser.stderr.resume();
    const pages = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    return { ...await speakTo(pages.find(page => page.type === 'page').webSocketDebuggerUrl), close };
  } catch (error) {
    await close();
    throw error;
  }
};

const speakTo = async address => {
  const socket = new WebSocket(address);
  await new Promise((done, failed) => { socket.onopen = done; socket.onerror = () => failed(new Error(`No answer from ${address}.`)); });

  const waiting = new Map();
  let last = 0;
  socket.onmessage = ({ data }) => {
    const { id, result, error } = JSON.parse(data);
    if (!waiting.has(id)) return;
    const { done, failed } = waiting.get(id);
    waiting.delete(id);
    if (error) failed(new Error(error.message));
    else done(result);
  };

  const send = (method, params = {}) => new Promise((done, failed) => {
    const id = ++last;
    const late = setTimeout(() => failed(new Error(`${method} was not answered in ${patience} ms.`)), patience);
    const settle = to => value => { clearTimeout(late); to(value); };
    waiting.set(id, { done: settle(done), failed: settle(failed) });
    socket.send(JSON.stringify({ id, method, params }));
  });

  const evaluate = async expression => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };

  return { send, evaluate };
};
