// Where a text has what is looked for, whatever the case, the accents and the form of its letters: "cafe" is in "CAFÉ",
// "strasse" in "Straße". Gives [start, end] of each match in the text as it is.

export function matchesIn(text, query) {
  const wanted = plain(query.trim());
  if (wanted === '' || !plain(text).includes(wanted)) return [];

  // A letter can become several, or none if it is an accent by itself: each remembers where it began.
  const starts = [];
  let letters = '', at = 0;
  for (const letter of text) {
    const plainLetter = plain(letter);
    for (let i = 0; i < plainLetter.length; i++) starts.push(at);
    letters += plainLetter;
    at += letter.length;
  }
  starts.push(text.length);

  const matches = [];
  let end = 0;
  for (let start; (start = letters.indexOf(wanted, end)) >= 0;) {
    end = start + wanted.length;
    while (starts[end] === starts[end - 1]) end++;      // a letter is matched as a whole
    matches.push([starts[start], starts[end]]);
  }
  return matches;
}

// Capitals, since small letters depend on their neighbours: a final sigma.
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
