// Nothing here is needed: without it a page looks again by itself. With it what is shown follows the room at once.
const d = document, box = d.getElementById("live"), rest = ms => new Promise(go => setTimeout(go, ms));
const fired = name => d.dispatchEvent(new Event(name));
let missing = 0;
// A server that is back within a moment was never missed.
const lost = on => {
const line = d.getElementById("lost");
if (!on) { clearTimeout(missing); missing = 0; if (line) line.hidden = true; }
else if (!missing) missing = setTimeout(() => { if (line) line.hidden = false; }, 2500);
};
const follow = box && (() => {
const b = box.dataset, drift = Date.now() - Number(b.clock);
let tag = b.tag, source = null, heard = Date.now(), over = false, asking = false, full = 1;
const show = (html, now) => {
lost(false);
if (!now || now === tag) return;
tag = now;
const open = [...box.querySelectorAll("details")].map(e => [e.id, e.open]), held = d.activeElement && box.contains(d.activeElement) ? d.activeElement.id : "";
box.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
open.forEach(([id, on]) => { const e = id && d.getElementById(id); if (e) e.open = on; });
if (held && d.getElementById(held)) d.getElementById(held).focus({ preventScroll: true });
tick();
fired("shown");
};
const tick = () => box.querySelectorAll("[data-ends]").forEach(e => {
const left = Math.max(0, Math.ceil((Number(e.dataset.ends) - Date.now() + drift) / 1000));
const said = left ? Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0") : "Time is up";
if (e.textContent !== said) e.textContent = said;
});
// A closed address is told in plain words by its own page.
const closed = status => status === 404 || status === 403;
const ask = async () => {
if (asking) return;
asking = true;
while (!over) {
try {
const answer = await fetch(b.now + encodeURIComponent(tag), { cache: "no-store" });
if (closed(answer.status)) return location.reload();
if (answer.status === 200) show(await answer.text(), answer.headers.get("Tend-Tag"));
else if (answer.status !== 204) throw answer;
lost(false);
} catch { lost(true); await rest(1000 + 3000 * Math.random()); }
}
};
const start = () => {
if (over || asking) return;
if (!window.EventSource) return ask();
let answered = false;
const mine = source = new EventSource(b.live + encodeURIComponent(tag));
const alive = () => { answered = true; heard = Date.now(); full = 1; lost(false); };
mine.addEventListener("here", alive);
mine.addEventListener("show", e => { alive(); show(e.data, e.lastEventId); });
mine.addEventListener("away", () => { over = true; mine.close(); });
mine.onerror = async () => {
lost(true);
if (mine.readyState !== 2 || mine !== source) return;
await rest(full * (500 + 2000 * Math.random()));
const answer = await fetch(b.now, { cache: "no-store" }).catch(() => null);
if (answer && closed(answer.status)) return location.reload();
// A room that has no place left is asked more and more rarely.
full = answer && answer.status === 503 ? Math.min(2 * full, 16) : 1;
if (mine === source) start();
};
// Something between us holds events back where not even the first comes: then ask instead.
setTimeout(() => { if (!answered && mine === source && mine.readyState === 1) { mine.close(); ask(); } }, 5000);
};
const again = () => { if (over || asking) return; if (source) source.close(); heard = Date.now(); start(); };
setInterval(() => { if (Date.now() - heard > 40000) again(); }, 5000);
setInterval(tick, 250);
addEventListener("visibilitychange", () => { if (!d.hidden && Date.now() - heard > 16000) again(); });
addEventListener("online", again);
addEventListener("pageshow", e => { if (e.persisted) location.reload(); });
tick();
start();
return { show };
})();
