// A click on a .cb-copy-button copies the text that stands hidden beside it. Where the browser
// keeps its clipboard from a page that came over plain http, the old command does it.
(() => {
  if (window.casebookCopies) return;
  window.casebookCopies = true;

  const copyTheOldWay = (text) => {
    const field = document.createElement("textarea");
    field.value = text;
    // In the dialog, if one is open: the focus cannot leave it.
    (document.querySelector('[role="dialog"]') || document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".cb-copy-button");
    if (!button) return;
    const text = button.parentElement.querySelector(".cb-quotation").textContent;
    const status = button.parentElement.querySelector('[role="status"]');
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyTheOldWay(text);
      button.focus();
    }
    status.textContent = done ? "Copied" : "The browser does not allow it";
    setTimeout(() => { status.textContent = ""; }, 4000);
  });
})();
