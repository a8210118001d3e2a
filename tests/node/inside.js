// What runs in the page that holds epub.js: opens a book, turns to its places, and says
// what a reader would not see there. A fault is a line of words.

"use strict";

// A smaller step is rounding, or a letter that leans over its edge.
const PIXELS = 3;
// WCAG 2.2, 1.4.3
const CONTRAST = 4.5;

const CALLS = 'a[role="doc-noteref"]';
const BACK = 'a[role="doc-backlink"]';

let book, rendition;
let rightToLeft = false;
// The file with the most pieces of text.
const longest = { href: "", length: -1 };
// Documents with their fonts and pictures.
const whole = new WeakSet();
// Files that call notes.
const calling = new Set();
// Sizes of letters that were found at the first size, by place in the book.
const firstSizes = new Map();

async function openBook() {
  const file = await fetch("/book.epub");
  book = ePub(await file.arrayBuffer());
  await book.opened;
  await book.loaded.navigation;
  rightToLeft = book.package.metadata.direction === "rtl";
  return {
    items: book.spine.spineItems.map((item) => item.href),
    contents: entries(book.navigation.toc),
  };
}

function entries(toc) {
  return toc.flatMap((entry) => [entry.href, ...entries(entry.subitems)]);
}

// look: width and height in pixels; size of the letters in per cent; page and ink, or
// nothing for those of the reading system.
async function begin(look) {
  rendition?.destroy();
  rendition = book.renderTo("reader", {
    width: look.width,
    height: look.height,
    flow: "paginated",
    minSpreadWidth: 800,
  });
  rendition.themes.fontSize(`${look.size}%`);
  if (look.page) {
    rendition.themes.override("background-color", look.page, true);
    rendition.themes.override("color", look.ink, true);
  }
  // What a reading system notes of a place takes longer than to turn to it.
  rendition.reportLocation = () => {};
  const display = rendition.display.bind(rendition);
  rendition.display = (target) => {
    rendition.target = target;
    rendition.turning = display(target);
    return rendition.turning;
  };
  await rendition.started;
}

async function show(target) {
  await rendition.display(target);
  if (await settled()) await rendition.display(target);
  return rendition.getContents()[0].document;
}

// Waits for fonts, pictures, and the pages that they make; says whether these are other
// pages than before.
async function settled() {
  const [contents] = rendition.getContents();
  const { document } = contents;
  if (whole.has(document)) return false;
  whole.add(document);
  const { frameElement } = document.defaultView;
  const before = frameElement.offsetWidth;
  await document.fonts.ready;
  const pictures = [...document.querySelectorAll("img")];
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
  const { pageWidth } = rendition._layout;
  const wanted = () => Math.ceil(contents.textWidth() / pageWidth) * pageWidth;
  for (let frames = 0; frames < 200 && frameElement.offsetWidth < wanted(); frames++) {
    await new Promise(requestAnimationFrame);
  }
  return frameElement.offsetWidth !== before;
}

async function faultsOfItem(href, look) {
  const document = await show(href);
  if (document.querySelector(CALLS)) calling.add(href);
  const texts = textsOf(document);
  const { length } = texts;
  if (length > longest.length) Object.assign(longest, { href, length });
  return [
    ...lostLetters(document, texts),
    ...missing(document),
    ...pale(texts, look),
    ...cut(document, texts),
    ...fixed(texts, href, look),
  ];
}

function lostLetters(document, texts) {
  const hidden = `script, style, [hidden], annotation, rp,
    details:not([open]) > :not(summary)`;
  const body = document.body.cloneNode(true);
  body.querySelectorAll(hidden).forEach((element) => element.remove());
  const written = letters(body.textContent);
  const shown = texts
    .filter(({ boxes }) => boxes.some((box) => box.width * box.height > 0))
    .map(({ node }) => node.data);
  return letters(shown.join("")) === written ? [] : ["not all of its text is shown"];
}

function letters(text) {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

// Each piece of text that is not folded away, with the boxes of its lines.
function textsOf(document) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const texts = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility()) continue;
    range.selectNodeContents(node);
    texts.push({ node, element, boxes: [...range.getClientRects()] });
  }
  return texts;
}

function missing(document) {
  const pictures = [...document.querySelectorAll("img")]
    .filter((picture) => !picture.naturalWidth || !picture.getClientRects().length)
    .map((picture) => `the picture ${picture.alt} is not shown`);
  const fonts = [...document.fonts]
    .filter((font) => font.status === "error")
    .map((font) => `the font ${font.family} is not read`);
  return [...pictures, ...fonts];
}

function pale(texts, look) {
  const found = new Set();
  for (const element of new Set(texts.map(({ element }) => element))) {
    const ink = getComputedStyle(element).color;
    const ground = groundOf(element, look);
    if (contrast(ink, ground) < CONTRAST) {
      found.add(`${named(element)} has ink ${ink} on ${ground}`);
    }
  }
  return [...found];
}

function groundOf(element, look) {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/^rgba.*, 0\)$/.test(colour)) return colour;
  }
  return look.page ?? "rgb(255, 255, 255)";
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [r, g, b] = colour.match(/[\d.]+/g).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// What leaves its page is cut off, or lies on the next one.
function cut(document, texts) {
  const inText = texts
    .filter(({ element, boxes }) => boxes.some(leavesPage) && !scrolls(element))
    // Space may hang over the edge.
    .filter(({ node }) => boxesOfWords(node).some(leavesPage))
    .map(({ element }) => element);
  const pictures = [...document.querySelectorAll("img")].filter((picture) =>
    leavesPage(picture.getBoundingClientRect()),
  );
  return [...new Set([...inText, ...pictures])].map(
    (element) => `${named(element)} leaves its page: ${words(element)}`,
  );
}

function leavesPage(box) {
  const { pageWidth, gap, height } = rendition._layout;
  const [contents] = rendition.getContents();
  const left = rightToLeft ? contents.window.innerWidth - box.right : box.left;
  const right = left + box.width;
  const page = Math.floor((left + right) / 2 / pageWidth) * pageWidth;
  return (
    left < page + gap / 2 - PIXELS ||
    right > page + pageWidth - gap / 2 + PIXELS ||
    box.bottom > height + PIXELS
  );
}

function boxesOfWords(node) {
  const range = node.ownerDocument.createRange();
  return [...node.data.matchAll(/\S+/g)].flatMap((word) => {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    return [...range.getClientRects()];
  });
}

function scrolls(element) {
  for (let at = element; at.localName !== "body"; at = at.parentElement) {
    if (getComputedStyle(at).overflowX !== "visible") return true;
  }
  return false;
}

// What does not grow with the size that the reader has chosen.
function fixed(texts, href, look) {
  const sizes = texts.map(({ element }) => {
    const { fontSize, lineHeight } = getComputedStyle(element);
    return [parseFloat(fontSize), parseFloat(lineHeight)];
  });
  const first = firstSizes.get(href);
  if (!first) {
    firstSizes.set(href, { size: look.size, sizes });
    return [];
  }
  const grown = look.size / first.size;
  const stays = (now, before) => Math.abs(now / before / grown - 1) > 0.05;
  const found = texts
    .filter((_, at) => sizes[at].some((now, which) => stays(now, first.sizes[at][which])))
    .map(({ element }) => `${named(element)} does not grow with the text`);
  return [...new Set(found)];
}

// Whether something of it lies on the page that is open.
function isOpen(element) {
  const frame = element.ownerDocument.defaultView.frameElement.getBoundingClientRect();
  const page = document.querySelector(".epub-container").getBoundingClientRect();
  // An anchor between blocks is a line without width: where it stands is what counts.
  const boxes = [...element.getClientRects()];
  if (!boxes.length) boxes.push(element.getBoundingClientRect());
  return boxes.some((box) => {
    const left = box.left + frame.left;
    return left + box.width > page.left - 1 && left < page.right + 1;
  });
}

async function faultsOfContents(hrefs) {
  const faults = [];
  for (const href of hrefs) {
    const document = await show(href).catch((error) => error);
    const id = href.split("#")[1];
    const target = id ? document.getElementById?.(decodeURIComponent(id)) : document.body;
    if (!target || !isOpen(target)) faults.push(`the contents do not lead to ${href}`);
  }
  return faults;
}

async function faultsOfNotes() {
  const faults = [];
  for (const href of calling) {
    const { length } = (await show(href)).querySelectorAll(CALLS);
    for (let number = 0; number < length; number++) {
      const fault = await faultOfCall(href, number);
      if (fault) faults.push(`${href}: ${fault}`);
    }
  }
  return faults;
}

async function faultOfCall(href, number) {
  const call = (await show(href)).querySelectorAll(CALLS)[number];
  const name = call.textContent;
  const note = await follow(call);
  if (!note) return `call ${name} leads to no note`;
  const back = note.querySelector(BACK) ?? note.parentElement.querySelector(BACK);
  const place = back && (await follow(back));
  if (!place) return `nothing leads back to call ${name}`;
  return place.textContent === name ? "" : `what leads back to call ${name} is another's`;
}

// Presses a link; gives what it leads to, if that is shown then.
async function follow(link) {
  const id = link.getAttribute("href").split("#")[1];
  rendition.turning = null;
  link.click();
  if (!rendition.turning) return null;
  await rendition.turning;
  const document = await show(rendition.target);
  const target = document.getElementById(decodeURIComponent(id));
  return target && isOpen(target) ? target : null;
}

// Whether reading begins on the side where it should, and goes on from there.
async function faultsOfTurning() {
  const document = await show(longest.href);
  const page = globalThis.document.querySelector(".epub-container").getBoundingClientRect();
  const frame = document.defaultView.frameElement.getBoundingClientRect();
  const [box] = textsOf(document)[0].boxes;
  const middle = frame.left + box.left + box.width / 2 - page.left;
  const faults = [];
  if (middle > page.width / 2 !== rightToLeft) {
    faults.push(`the first page is on the ${rightToLeft ? "left" : "right"}`);
  }
  const before = rendition.currentLocation().start;
  await rendition.next();
  const after = rendition.currentLocation().start;
  if (before.cfi === after.cfi) faults.push("the page does not turn");
  await rendition.prev();
  if (rendition.currentLocation().start.cfi !== before.cfi) {
    faults.push("the page does not turn back");
  }
  return faults;
}

function named(element) {
  const kinds = element.getAttribute("class");
  return kinds ? `${element.localName}.${kinds.split(" ").join(".")}` : element.localName;
}

function words(element) {
  return element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
}
