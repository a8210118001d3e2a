// Read EPUBs in epub.js, all in one browser:
//
//     node epubjs.js found FOUND.json one|every BOOK.epub …
//     node epubjs.js shots FOLDER BOOK.epub PAGES HREF …
//
// The first writes what is wrong in each book, in the order given: a list of lines a
// book, read in one look or in every one. The second takes pictures of so many pages
// from each place in a book on, in every look.

"use strict";

const fs = require("node:fs");
const path = require("node:path");
const puppeteer = require("puppeteer");
const { FLAGS } = require("./browser");

const SITE = "http://reader.invalid";
const SCRIPTS = [
  require.resolve("jszip/dist/jszip.min.js"),
  require.resolve("epubjs/dist/epub.min.js"),
  require.resolve("./inside.js"),
];
const PAGE = `<!DOCTYPE html><meta charset="utf-8"><style>body { margin: 0; }</style>
<link rel="icon" href="data:,"><div id="reader"></div>`;

// A phone by day and by night, with letters as its reader likes them. What an e-reader
// calls dark may be so on a machine that is not.
const PHONE = { width: 400, height: 640 };
const DAY = { scheme: "light" };
const NIGHT = { scheme: "dark", page: "rgb(18, 18, 18)", ink: "rgb(222, 222, 222)" };
const SIZES = [100, 80, 180];
const LOOKS = [DAY, NIGHT].flatMap((time) =>
  SIZES.map((size) => ({ ...PHONE, ...time, size })),
);
// Two pages side by side.
const OPEN = { ...DAY, width: 1000, height: 640, size: 100 };

// Each step waits for a frame; nobody watches sixty a second.
const UNWATCHED = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

async function withBrowser(work) {
  const browser = await puppeteer.launch({
    args: ["--no-sandbox", "--disable-setuid-sandbox", ...FLAGS, ...UNWATCHED],
    timeout: 60_000,
    protocolTimeout: 120_000,
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

// A page with the book open in it, and the list that takes what goes wrong there.
async function opened(browser, epub) {
  const page = await browser.newPage();
  const faults = [];
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = request.url();
    if (url === `${SITE}/`) {
      request.respond({ contentType: "text/html", body: PAGE });
    } else if (url === `${SITE}/book.epub`) {
      request.respond({ contentType: "application/epub+zip", body: fs.readFileSync(epub) });
    } else if (/^(blob|data|about):/.test(url)) {
      request.continue();
    } else {
      faults.push(`${url} is fetched`);
      request.abort();
    }
  });
  page.on("requestfailed", (request) => faults.push(`no answer from ${request.url()}`));
  page.on("pageerror", (error) => faults.push(`${error}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.goto(`${SITE}/`);
  for (const script of SCRIPTS) {
    await page.addScriptTag({ content: fs.readFileSync(script, "utf8") });
  }
  const book = await page.evaluate(() => openBook());
  return { page, book, faults };
}

async function begun(page, look) {
  await page.setViewport({ width: look.width, height: look.height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: look.scheme },
  ]);
  await page.evaluate((look) => begin(look), look);
}

async function faultsOf(browser, epub, looks) {
  const { page, book, faults } = await opened(browser, epub);
  const ask = (question, ...of) => page.evaluate(question, ...of);
  for (const look of looks) {
    await begun(page, look);
    for (const href of book.items) {
      const found = await ask((...of) => faultsOfItem(...of), href, look);
      const name = `${href}, ${look.scheme}, ${look.size} %`;
      faults.push(...found.map((fault) => `${name}: ${fault}`));
    }
  }
  faults.push(...(await ask(() => faultsOfNotes())));
  faults.push(...(await ask((...of) => faultsOfContents(...of), book.contents)));
  await begun(page, OPEN);
  faults.push(...(await ask(() => faultsOfTurning())));
  await page.close();
  return faults;
}

// A browser that crashes says nothing about the book, which is put once more, in a new
// one. What goes wrong twice is an error.
async function find(file, looks, epubs) {
  const all = [];
  let left = epubs;
  for (const last of [false, true]) {
    await withBrowser(async (browser) => {
      while (left.length) {
        all.push(await faultsOf(browser, left[0], looks));
        left = left.slice(1);
      }
    }).catch((error) => {
      if (last) throw error;
    });
  }
  fs.writeFileSync(file, JSON.stringify(all));
}

async function shoot(folder, epub, pages, hrefs) {
  fs.mkdirSync(folder, { recursive: true });
  await withBrowser(async (browser) => {
    const { page } = await opened(browser, epub);
    for (const look of LOOKS) {
      await begun(page, look);
      for (const href of hrefs) {
        await page.evaluate(async (href) => void (await show(href)), href);
        for (let number = 1; number <= pages; number++) {
          const place = path.basename(href).replace(/\W+/g, "-");
          const name = `${place}-${look.scheme}-${look.size}-${number}.png`;
          await page.screenshot({ path: path.join(folder, name) });
          await page.evaluate(() => rendition.next());
        }
      }
    }
  });
}

function main(task, target, ...rest) {
  if (task === "shots") {
    const [epub, pages, ...hrefs] = rest;
    return shoot(target, epub, Number(pages), hrefs);
  }
  const [which, ...epubs] = rest;
  return find(target, which === "every" ? LOOKS : LOOKS.slice(0, 1), epubs);
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
