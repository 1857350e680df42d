// What is pressed at a message: a reaction, to join in or not, and what it answers, to go there.

const FOUND_FOR = 2_000;

export function preparePresses(list, dispatch) {
  list.addEventListener('click', ({ target }) => {
    const mark = target.closest('.marks button');
    const quote = target.closest('.quote');
    if (mark) dispatch(react(mark));
    if (quote) show(list.querySelector(`.message[data-seq="${quote.dataset.seq}"]`));
  });
}

const react = ({ dataset: { mark }, ariaPressed, parentElement: { dataset: { seq } } }) =>
  ({ type: 'acted', method: 'React', args: { seq: Number(seq), mark, on: ariaPressed !== 'true' } });

function show(message) {
  message?.scrollIntoView({ block: 'center' });
  message?.classList.add('found');
  setTimeout(() => message?.classList.remove('found'), FOUND_FOR);
}
