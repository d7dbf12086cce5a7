// The projector: full screen by F, awake where the browser offers it, arrows only where a leader is signed in.
(() => {
const b = box.dataset, here = () => fetch(b.here, { method: "POST", body: new URLSearchParams({ awake: lock ? "yes" : "no" }), keepalive: true }).catch(() => null);
let lock = null;
const stay = async () => {
if (lock || d.hidden || !navigator.wakeLock) return;
try { lock = await navigator.wakeLock.request("screen"); lock.addEventListener("release", () => { lock = null; here(); }); } catch { lock = null; }
here();
};
const dress = () => { const room = box.querySelector(".room"); if (room) { d.documentElement.dataset.theme = room.dataset.theme; d.documentElement.dataset.size = room.dataset.size; } };
const full = () => d.fullscreenElement ? d.exitFullscreen() : d.documentElement.requestFullscreen().catch(() => null);
const steer = async act => {
const room = box.querySelector(".room"), body = new URLSearchParams({ act, seen: room ? room.dataset.version : "" });
await fetch(b.steer, { method: "POST", body, headers: { "Tend-Script": "1" } }).catch(() => null);
};
const acts = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back", r: "reveal", b: "blank", ".": "blank" };
addEventListener("keydown", e => {
if (e.ctrlKey || e.metaKey || e.altKey) return;
if (e.key.toLowerCase() === "f") { e.preventDefault(); full(); stay(); }
else if (b.steer && acts[e.key]) { e.preventDefault(); steer(acts[e.key]); }
});
addEventListener("dblclick", full);
let hide;
addEventListener("mousemove", () => { d.body.classList.add("moved"); clearTimeout(hide); hide = setTimeout(() => d.body.classList.remove("moved"), 2500); });
d.addEventListener("shown", dress);
d.addEventListener("visibilitychange", stay);
setInterval(() => { stay(); if (!d.hidden) here(); }, 10000);
stay();
here();
})();
