// Nothing here is needed: without it every form posts itself. With it a code is read from the address, and a save that
// fails on a bad network is tried again while the page stays usable. Nothing is kept on the device.
(() => {
const d = document, find = s => d.querySelector(s);
let busy = false;
const fill = () => {
const box = find("#code"), code = location.hash.slice(1);
if (box && code) { box.value = code; history.replaceState(null, "", location.pathname); }
};
const say = (text, stuck) => {
const line = find(".status");
if (line) { line.textContent = text; line.classList.toggle("stuck", !!stuck); }
};
const rest = wait => new Promise(go => { const t = setTimeout(go, wait); addEventListener("online", () => { clearTimeout(t); go(); }, { once: true }); });
const read = (form, button) => {
const typed = new URLSearchParams(new FormData(form));
if (button && button.name) typed.set(button.name, button.value);
const revision = typed.get("revision");
typed.delete("revision");
return [typed.toString(), revision];
};
const post = async (to, typed, revision) => {
const body = new URLSearchParams(typed), stop = new AbortController(), t = setTimeout(() => stop.abort(), 20000);
if (revision !== null) body.set("revision", revision);
try { return await fetch(to, { method: "POST", body, headers: { "Tend-Script": "1" }, signal: stop.signal }); }
catch { return null; }
finally { clearTimeout(t); }
};
const show = html => {
const made = new DOMParser().parseFromString(html, "text/html"), main = made.querySelector("main");
if (!main) return say(find(".live").dataset.failed, true);
if (!main.querySelector("form")) return say([...main.querySelectorAll("h1,p")].map(e => e.textContent).join(". "), true);
const box = find("#code"), kept = box && box.value;
d.title = made.title;
find("main").replaceWith(d.adoptNode(main));
if (kept) find("#code").value = kept;
const top = find("[role=alert]");
if (top) { top.focus(); top.scrollIntoView(); }
};
// What was sent once is repeated unchanged until the server answers; what was changed meanwhile goes after it.
const save = async (form, button) => {
let [typed, revision] = read(form, button), wait = 1000;
say(form.dataset.busy);
for (;;) {
const answer = await post(form.getAttribute("action"), typed, revision), next = answer && answer.headers.get("Tend-Next");
if (next) {
const [now] = read(form, button);
revision = answer.headers.get("Tend-Revision");
if (revision === null || now === typed) return location.assign(next);
form.elements.namedItem("revision").value = revision;
typed = now;
} else if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
return show(await answer.text());
} else {
const asked = answer && Number(answer.headers.get("Retry-After")) * 1000;
say(form.dataset.failed, true);
await rest(asked ? asked * (1 + Math.random()) : wait);
wait = Math.min(2 * wait, 15000);
}
}
};
d.addEventListener("submit", async e => {
const form = e.target;
if (!form.matches(".live") || !window.fetch) return;
e.preventDefault();
if (busy) return;
busy = true;
try { await save(form, e.submitter); } finally { busy = false; }
});
d.addEventListener("click", e => {
const clear = e.target.closest(".clear");
if (!clear) return;
e.preventDefault();
const own = clear.closest("fieldset");
own.querySelectorAll(":checked").forEach(i => { i.checked = false; });
own.querySelector("input").focus();
});
addEventListener("beforeunload", e => { if (busy && find(".stuck")) e.preventDefault(); });
addEventListener("pageshow", e => { if (e.persisted) location.reload(); });
addEventListener("hashchange", fill);
fill();
})();
