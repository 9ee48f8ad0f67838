// @ts-check
// The map of schools. Each row with [data-position="LATITUDE,LONGITUDE"] gets its .map-sign on the
// map, and its [data-map-text] in a box that opens there. Without this script the table says it.

import { create, find, findAll, targetOf } from "./dom.js";

const CLOSE_ZOOM = 13; // some five kilometres across
const CROWD = 40; // so many signs in view are drawn small
const NAME = { width: 120, height: 40 }; // pixels that a name takes, with the sign above it
// The library is no module: it is loaded before this script and leaves its functions here.
const leaflet = /** @type {any} */ (globalThis).L;
const box = find(document, "[data-map]");
const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;

box.replaceChildren();
const map = leaflet.map(box, {
  attributionControl: false, // said under the map, with or without a script
  fadeAnimation: animate,
  scrollWheelZoom: false, // the wheel scrolls the page
  zoomAnimation: animate,
  zoomControl: false,
  zoomSnap: box.dataset.tiles ? 1 : 0.25, // tiles are sharp at whole steps only
});
leaflet.control.zoom({ zoomInTitle: "ขยายแผนที่", zoomOutTitle: "ย่อแผนที่" }).addTo(map);
if (box.dataset.tiles) {
  // Tile servers ask which site calls; they learn its name, never the page.
  leaflet.tileLayer(box.dataset.tiles, { maxZoom: 19, referrerPolicy: "origin" }).addTo(map);
}

/** @param {HTMLElement} row */
const positionOf = (row) => (row.dataset.position ?? "").split(",").map(Number);

/**
 * What the row says, for the box that opens at its sign.
 * @param {HTMLElement} row
 */
function textOf(row) {
  const text = create("div", { className: "map-text" });
  for (const part of findAll(row, "[data-map-text]")) {
    const line = create("p", {});
    line.append(...[...part.childNodes].map((node) => node.cloneNode(true)));
    text.append(line, " ");
  }
  return text;
}

/**
 * The same in one line, without signs: what the row's place on the map is called.
 * @param {HTMLElement} row
 */
function wordsOf(row) {
  const text = textOf(row);
  for (const sign of findAll(text, "[aria-hidden]")) sign.remove();
  return (text.textContent ?? "").replace(/\s+/g, " ").trim();
}

/**
 * The row's sign on the map. It is a button: Enter opens its box, and so does the space bar.
 * @param {HTMLElement} row
 */
function addMarker(row) {
  const name = create("span", { className: "map-name", textContent: find(row, "a").textContent });
  const html = create("span", {});
  html.append(find(row, ".map-sign").cloneNode(true), name);
  const icon = leaflet.divIcon({ className: "map-marker", html, iconSize: [44, 44] });
  const marker = leaflet.marker(positionOf(row), { icon, riseOnHover: true }).addTo(map);
  marker.bindPopup(() => textOf(row), { maxWidth: 280, offset: [0, -8] });
  const button = /** @type {HTMLElement} */ (marker.getElement());
  button.setAttribute("aria-label", wordsOf(row));
  button.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    marker.openPopup();
  });
  return marker;
}

const rows = findAll(document, "tr[data-position]");
map.fitBounds(leaflet.latLngBounds(rows.map(positionOf)), {
  maxZoom: CLOSE_ZOOM,
  padding: [60, 45], // room for names
});
const markers = new Map(rows.map((row) => [row, addMarker(row)]));

/** A sign has its name below it where no other sign is near; else only when it is pointed at. */
function showNames() {
  const points = rows.map((row) => map.latLngToContainerPoint(positionOf(row)));
  for (const [at, row] of rows.entries()) {
    const isNear = points.some(
      (other, index) =>
        index !== at &&
        Math.abs(other.x - points[at].x) < NAME.width &&
        Math.abs(other.y - points[at].y) < NAME.height,
    );
    markers.get(row).getElement().classList.toggle("named", !isNear);
  }
  const view = leaflet.bounds([0, 0], map.getSize());
  const inView = points.filter((point) => view.contains(point));
  box.classList.toggle("crowded", inView.length > CROWD);
}
map.on("moveend", showNames);
showNames();

// The keyboard goes on in the box that opened, and back to where it was when the box closes.
map.on("popupopen", (/** @type {any} */ { popup }) => {
  const opener = /** @type {HTMLElement | null} */ (document.activeElement);
  const opened = popup.getElement();
  find(opened, ".leaflet-popup-close-button").setAttribute("aria-label", "ปิด");
  find(opened, ".map-text a").focus({ preventScroll: true });
  map.once("popupclose", () => opener?.focus({ preventScroll: true }));
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Escape") map.closePopup();
});

// A press on a row leads to its sign, unless it was on a link of the row.
for (const row of rows) {
  find(row, "[data-map-show]").hidden = false;
  row.addEventListener("click", (event) => {
    if (targetOf(event).closest("a")) return;
    box.scrollIntoView({ block: "nearest", behavior: animate ? "smooth" : "auto" });
    const zoom = Math.max(map.getZoom(), CLOSE_ZOOM);
    map.setView(positionOf(row), zoom, { animate });
    markers.get(row).openPopup();
  });
}
