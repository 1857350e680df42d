// Shows that a form is being sent. One that is submitted before the page's modules have run waits for them, since they
// keep the name in the tab and add what is to be sent. A classic script, so that it is there before the form.
(() => {
  let early = null;

  function hold(event) {
    event.preventDefault();
    early = event;
  }

  addEventListener('submit', hold);
  addEventListener('submit', ({ submitter }) => { if (submitter) submitter.ariaBusy = 'true'; });
  addEventListener('DOMContentLoaded', () => {
    removeEventListener('submit', hold);
    early?.target.requestSubmit(early.submitter);
  });
  addEventListener('pageshow', () => {
    for (const button of document.querySelectorAll('[aria-busy]')) button.ariaBusy = null;
  });
})();
