// Decides whether what was put into a page stayed where it was put. Knows no parser: it is given trees, by parse5 in Node and
// by the DOM in a browser, and reads both alike.
//
// The pages that are compared carry no marks: parse(before + inserted + after) must be parse(before + after) plus one run of
// neighbouring nodes at one place. Only where that place is, is learnt from a comment, in a third page; a comment is the one thing
// that the tree builder leaves where it is written, and that this page without its comment equals the empty one is checked, too.

const MARK = 'the-place-of-the-slot';

/** A tree without regard to who built it; text that was split is joined. */
export function read(node) {
  return { key: '', children: children(node) };
}

function children(node) {
  const result = [];
  const add = child => {
    const text = child.nodeName === '#text' ? child.value ?? child.data : null;
    if (text === null) {
      result.push(element(child));
    } else if (typeof result.at(-1) === 'string') {
      result.push(result.pop() + text);
    } else if (text !== '') {
      result.push(text);
    }
  };
  for (const child of (node.content?.childNodes ?? node.childNodes)) {
    add(child);
  }

  // A template that declares a shadow root leaves the tree; what it held is still inside its host.
  if (node.shadowRoot) {
    result.push({ key: 'shadow', children: children(node.shadowRoot) });
  }

  return result;
}

function element(node) {
  switch (node.nodeName) {
    case '#comment':
      return { key: '!' + node.data, children: [] };
    case '#documentType':
      return { key: '!doctype', children: [] };
  }

  if (node.nodeType === 10) {
    return { key: '!doctype', children: [] };
  }

  if (node.nodeType === 7) {
    return { key: `?${node.target} ${node.data}`, children: [] };
  }

  const attributes = [...(node.attrs ?? node.attributes)].map(a => `${a.prefix ? a.prefix + ':' : ''}${a.localName ?? a.name}=${JSON.stringify(a.value)}`).sort();
  return { key: [node.namespaceURI, node.tagName.toLowerCase(), ...attributes].join(' '), children: children(node) };
}

/** Where the comment is: which child to go into at each level, then how many characters and elements stand before it. */
function findMark(node, path) {
  for (let i = 0; i < node.children.length; i++) {
    const child = node.children[i];
    if (typeof child === 'string') {
      // Where scripts run, the inside of <noscript> is text, and so is the mark.
      const at = child.indexOf(`<!--${MARK}-->`);
      if (at >= 0) {
        node.children[i] = child.replace(`<!--${MARK}-->`, '');
        return { path, position: items(node.children.slice(0, i)).length + at };
      }

      continue;
    }

    if (child.key === '!' + MARK) {
      const position = items(node.children.slice(0, i)).length;
      node.children.splice(i, 1);
      if (typeof node.children[i - 1] === 'string' && typeof node.children[i] === 'string') {
        node.children.splice(i - 1, 2, node.children[i - 1] + node.children[i]);
      }

      return { path, position };
    }

    const found = findMark(child, [...path, i]);
    if (found) {
      return found;
    }
  }

  return null;
}

function items(list) {
  return list.flatMap(child => (typeof child === 'string' ? child.split('') : [child]));
}

function same(a, b) {
  if (typeof a === 'string' || typeof b === 'string') {
    return a === b;
  }

  return a.key === b.key && a.children.length === b.children.length && a.children.every((child, i) => same(child, b.children[i]));
}

function show(node) {
  return node === undefined ? 'nothing' : typeof node === 'string' ? JSON.stringify(node) : `<${node.key.replace('http://www.w3.org/', '')}>`;
}

/** A page with nothing in its slot, and where its slot is. */
export function emptyPage(parse, before, after) {
  try {
    return placeOf(read(parse(before + after)), read(parse(`${before}<!--${MARK}-->${after}`)));
  } catch (error) {
    throw new Error(`…${before.slice(-60)}[slot]${after.slice(0, 60)}…: ${error.message}`);
  }
}

export function placeOf(empty, marked) {
  const place = findMark(marked, []);
  if (!place) {
    throw new Error('The slot is not at a place where a comment can be.');
  }

  if (!same(empty, marked)) {
    throw new Error('A comment in the slot changes the page around it: ' + difference(empty, marked));
  }

  return { empty, place };
}

function difference(a, b) {
  for (let i = 0; i < Math.max(a.children.length, b.children.length); i++) {
    const left = a.children[i];
    const right = b.children[i];
    if (left === undefined || right === undefined || typeof left === 'string' || typeof right === 'string' || left.key !== right.key) {
      if (left !== right) {
        return `${show(right)} instead of ${show(left)}`;
      }
    } else if (!same(left, right)) {
      return difference(left, right);
    }
  }

  return 'nothing';
}

/** What was put into the slot as the parser saw it: `escape` says how it got out; otherwise `inside` is the run of nodes in the slot. */
export function contained({ empty, place }, page) {
  let outside = empty;
  let actual = page;
  const where = [];
  for (const step of place.path) {
    if (outside.children.length !== actual.children.length) {
      return { escape: `in ${where.join(' > ') || 'the document'}: ${difference(outside, actual)}` };
    }

    for (let i = 0; i < outside.children.length; i++) {
      const expected = outside.children[i];
      const found = actual.children[i];
      const ok = i === step ? typeof found !== 'string' && expected.key === found.key : same(expected, found);
      if (!ok) {
        return { escape: `in ${where.join(' > ') || 'the document'}: ${show(found)} instead of ${show(expected)}` };
      }
    }

    outside = outside.children[step];
    actual = actual.children[step];
    where.push(outside.key.split(' ')[1] ?? outside.key);
  }

  const expected = items(outside.children);
  const found = items(actual.children);
  const extra = found.length - expected.length;
  for (let i = 0; i < expected.length; i++) {
    const other = found[i < place.position ? i : i + extra];
    if (extra < 0 || !same(expected[i], other)) {
      return { escape: `beside the slot in ${where.join(' > ')}: ${show(other)} instead of ${show(expected[i])}` };
    }
  }

  return { inside: found.slice(place.position, place.position + extra) };
}

/** Whether two runs of nodes are the same; characters may be joined or not. */
export function sameRun(a, b) {
  const left = items(a);
  const right = items(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    if (left[i] === undefined || right[i] === undefined || !same(left[i], right[i])) {
      return `${show(left[i])} instead of ${show(right[i])}`;
    }
  }

  return null;
}
