document.documentElement.classList.add("js-enabled");

// Every page works without this file; it only saves steps.

// A form that came back: what is wrong is read first; else what was done, as on a page of its own.
// Where the address leads to a place of the page, that has the focus, and what was done is said from
// where it stands. Only then: an address keeps the “#main” of the skip link when a form is sent.
addEventListener("load", () => {
  const told = document.querySelector(".banner[data-focus]");
  const summary = document.querySelector(".govuk-error-summary[data-focus]");
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (summary || !place || place.id === "main") (summary ?? told)?.focus();
  else if (told && told !== place) setTimeout(() => told.replaceChildren(...told.children), 300);
});

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
    // What says something else is not the same sent twice: the next export, say.
    delete form.dataset.sent;
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

// The key that an entry gets when none is typed stands in its empty field, as the server makes it.
const keyOf = (text) =>
  text
    .toLowerCase()
    .replace(/[äåöé]/g, (letter) => ({ ä: "a", å: "a", ö: "o", é: "e" })[letter])
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 50)
    .replace(/-$/, "");
for (const box of document.querySelectorAll("[data-made-from]")) {
  const names = box.dataset.madeFrom.split(" ").map((id) => document.getElementById(id));
  const show = () => {
    box.placeholder = keyOf(names.find((name) => name?.value.trim())?.value ?? "");
  };
  for (const name of names) name?.addEventListener("input", show);
  show();
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
