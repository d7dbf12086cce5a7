// A vote goes without leaving the page, and goes again on a bad network. The code of a QR comes in by itself.
(() => {
const come = () => {
const form = d.querySelector(".join"), code = location.hash.slice(1);
if (!form || !code) return;
d.getElementById("code").value = code;
history.replaceState(null, "", location.pathname);
form.submit();
};
addEventListener("hashchange", come);
come();
if (!box) return;
const words = () => [...box.querySelectorAll("h1, .choice")].map(e => e.textContent).join();
let own = box.dataset.own, put = words(), turn = 0, way = null;
const say = text => { const line = box.querySelector(".status"); if (line) line.textContent = text; };
const mark = () => {
// What was voted on under other words was forgotten.
const now = box.querySelector(".now"), here = now && own.split(":")[0] === now.dataset.step;
if (here && words() !== put) { own = ""; turn++; }
const mine = here ? own.split(":")[1] || "" : "";
box.querySelectorAll(".choice").forEach(e => e.setAttribute("aria-pressed", String(mine !== "" && e.value === mine)));
};
box.addEventListener("submit", async e => {
const vote = e.target, button = e.submitter;
if (!vote.matches(".vote") || !button) return;
e.preventDefault();
const step = vote.elements.namedItem("step").value, body = new URLSearchParams({ step, choice: button.value }), mine = ++turn;
own = step + ":" + button.value;
put = words();
mark();
say("Sending …");
for (let wait = 700; mine === turn; wait = Math.min(2 * wait, 8000)) {
// One at a time: an earlier choice that is still on its way must not come in behind this one.
await way;
if (mine !== turn) return;
way = fetch("/r/vote", { method: "POST", body, headers: { "Tend-Script": "1" }, signal: AbortSignal.timeout?.(15000) }).catch(() => null);
const answer = await way;
if (mine !== turn) return;
if (answer && answer.ok) return say("Your vote is in. You can change it until it is revealed.");
if (answer && answer.status < 500 && answer.status !== 429) {
if (answer.status === 403) return location.reload();
own = "";
mark();
return say(await answer.text());
}
say("Not sent yet. We keep trying.");
await rest(wait * (0.7 + 0.6 * Math.random()));
}
});
d.addEventListener("shown", mark);
mark();
})();
