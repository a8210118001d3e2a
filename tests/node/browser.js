// How the tests start their browser.

"use strict";

// Nothing is fetched, nothing drawn by the graphics card.
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

module.exports = { FLAGS };
