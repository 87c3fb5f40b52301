document.documentElement.classList.add("js-enabled");

// Every page works without this file; it only saves steps.

// A form that came back: the summary of what is wrong is read first.
document.querySelector("[data-focus]")?.focus();

// “/” goes to the search. Can be switched off (WCAG 2.1.4), and never while something is typed.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const off = document.body.dataset.shortcuts === "off";
  if (event.key !== "/" || typing || off || event.ctrlKey || event.altKey || event.metaKey) return;
  const box = document.querySelector("[data-search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
});

// One tick for all rows of a list; it shows when only some are ticked.
for (const all of document.querySelectorAll("[data-select-all]")) {
  const rows = () => [
    ...document.querySelectorAll(`#${CSS.escape(all.dataset.selectAll)} input[type=checkbox]:not(:disabled)`),
  ];
  const show = () => {
    const ticked = rows().filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === rows().length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of rows()) box.checked = all.checked;
  });
  document.getElementById(all.dataset.selectAll)?.addEventListener("change", show);
  show();
}

// Unsaved typing is not left behind by accident, and nothing is sent twice by a double click.
for (const form of document.querySelectorAll("form[method=post]")) {
  let changed = false;
  form.addEventListener("input", () => {
    changed = "guard" in form.dataset;
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    changed = false;
    // An answer that is a download leaves the page standing, so the form opens again.
    setTimeout(() => delete form.dataset.sent, 3000);
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-reveal]")) {
  const box = document.getElementById(button.dataset.reveal);
  button.addEventListener("click", () => {
    const hidden = box.type === "password";
    box.type = hidden ? "text" : "password";
    button.setAttribute("aria-pressed", String(hidden));
  });
}

// An open menu closes with Escape and gives the focus back.
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// A table that goes on to the side says so in words too.
for (const hint of document.querySelectorAll(".scroll-hint")) {
  const box = hint.nextElementSibling;
  new ResizeObserver(() => {
    hint.hidden = box.scrollWidth <= box.clientWidth;
  }).observe(box);
}
