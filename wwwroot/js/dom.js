// The one way to look up elements and to copy templates.

const templates = new Map();

export const byId = (id) => document.getElementById(id);

export const stamp = (templateId) => template(templateId).cloneNode(true);

function template(id) {
  if (!templates.has(id)) templates.set(id, withoutIndentation(byId(id).content.firstElementChild));
  return templates.get(id);
}

// It would be half of the nodes of a long log.
function withoutIndentation(element) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const indentation = [];
  while (texts.nextNode()) if (/^\s*\n\s*$/.test(texts.currentNode.data)) indentation.push(texts.currentNode);
  for (const text of indentation) text.remove();
  return element;
}
