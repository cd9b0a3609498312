// Where the line of the question gives way to the larger box, or the other way round, the focus
// goes with the text: to who writes it is the same box.
(() => {
  if (window.casebookFollows) return;
  window.casebookFollows = true;

  let box = null;
  new MutationObserver(() => {
    const shown = document.querySelector(".st-key-ask :is(input, textarea)");
    if (!shown || shown === box) return;
    const changed = box && box.tagName !== shown.tagName;
    const focused = document.activeElement;
    box = shown;
    if (changed && (focused === document.body || focused.closest(".st-key-ask"))) shown.focus();
  }).observe(document.body, { childList: true, subtree: true });
})();
