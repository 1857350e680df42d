// The one way to look up elements and to copy templates.

const templates = new Map();

export const byId = (id) => document.getElementById(id);

// A sentence whose names stand apart.
export function say(node, parts) {
  node.replaceChildren(...parts.map((words, i) => (i % 2 === 1 ? nameNode(words) : words)));
}

function nameNode(name) {
  const node = document.createElement('bdi');
  node.className = 'name';
  node.textContent = name;
  return node;
}

export const stamp = (templateId) => template(templateId).cloneNode(true);

function template(id) {
  if (!templates.has(id)) templates.set(id, firstElementOf(byId(id)));
  return templates.get(id);
}

// Without the indentation, where that would be half of the nodes of a long log.
function firstElementOf({ content: { firstElementChild: element }, dataset }) {
  if (dataset.indented === 'no') removeIndentation(element);
  return element;
}

function removeIndentation(element) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const indentation = [];
  while (texts.nextNode()) if (/^\s*\n\s*$/.test(texts.currentNode.data)) indentation.push(texts.currentNode);
  for (const text of indentation) text.remove();
}
