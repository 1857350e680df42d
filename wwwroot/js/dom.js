// The one way to look up elements and to copy templates.

export const byId = (id) => document.getElementById(id);

export const stamp = (templateId) => byId(templateId).content.firstElementChild.cloneNode(true);
