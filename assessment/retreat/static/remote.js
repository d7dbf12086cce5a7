// Acts go without leaving the page, one after the other; arrows and a presenter's keys do the same.
(() => {
if (!box) return;
let busy = false;
const act = async (name, value) => {
const seen = box.querySelector("[name=seen]");
if (busy || !seen) return;
busy = true;
try {
const body = new URLSearchParams({ [name]: value, seen: seen.value });
const answer = await fetch(location.pathname, { method: "POST", body, headers: { "Tend-Script": "1" } });
if (answer.status === 200 || answer.status === 409) follow.show(await answer.text(), answer.headers.get("Tend-Tag"));
else location.reload();
} catch { lost(true); } finally { busy = false; }
};
box.addEventListener("submit", e => {
if (!e.target.matches(".act") || !e.submitter) return;
e.preventDefault();
act(e.submitter.name, e.submitter.value);
});
const keys = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", r: "reveal", b: "blank", ".": "blank" };
addEventListener("keydown", e => {
if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input,textarea,select") || !keys[e.key]) return;
const button = d.getElementById(keys[e.key]);
if (!button || button.disabled) return;
e.preventDefault();
act(button.name, button.value);
});
})();
