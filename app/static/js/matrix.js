// Arrow keys go from cell to cell of a matrix of fields. Tab works as everywhere; a control that
// needs the arrow keys itself keeps them, and gives them up only while Ctrl is held.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const CONTROL = "input:not([type=hidden]), select, summary";

const controls = (row) => [...row.cells].map((cell) => cell.querySelector(CONTROL));

/** The control that a key leads to, or nothing at the edge of the table. */
function target(event, rows, row, column) {
  const there = controls(rows[row]);
  if (event.key === "Home") return there.find(Boolean);
  if (event.key === "End") return there.findLast(Boolean);
  const [down, right] = STEPS[event.key];
  let at = column + right;
  if (right) {
    while (there[at] === null) at += right;
    return there[at];
  }
  return rows[row + down] && controls(rows[row + down])[column];
}

for (const table of document.querySelectorAll("[data-matrix] table")) {
  const body = table.tBodies[0];
  body.addEventListener("keydown", (event) => {
    if (!(event.key in STEPS || event.key === "Home" || event.key === "End")) return;
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const cell = event.target.closest("td");
    if (!cell || event.target !== cell.querySelector(CONTROL)) return;
    const chooses = event.target.matches("select");
    if (event.ctrlKey !== chooses) return;
    const row = cell.parentElement;
    const next = target(event, body.rows, row.sectionRowIndex, cell.cellIndex);
    event.preventDefault();
    next?.focus();
  });
}
