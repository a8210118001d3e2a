// Put EPUBs before Ace by DAISY, all in one browser:
//
//     node ace.js FOLDER BOOK.epub …
//
// FOLDER takes what Ace writes, and found.json: a list of violations a book, in the
// order given, of where (file inside the EPUB), rule, impact, words and the markup.

"use strict";

const fs = require("node:fs");
const path = require("node:path");

// A busy machine starts a browser slowly.
process.env.ACE_TIMEOUT_INITIAL ??= "60000";
process.env.ACE_TIMEOUT_EXTENSION ??= "120000";
const puppeteer = require("puppeteer");
const runner = require("@daisy/ace-axe-runner-puppeteer");
const ace = require("@daisy/ace-core");
const { initLogger } = require("@daisy/ace-logger");
const { FLAGS } = require("./browser");

// The runner asks for no sandbox, which root could not have; these are besides.
const launch = puppeteer.launch.bind(puppeteer);
puppeteer.launch = (options) =>
  launch({ ...options, args: [...options.args, ...FLAGS] });

// Ace would start and stop a browser for each book.
const shared = { ...runner, launch: async () => {}, close: async () => {} };

async function main(folder, epubs) {
  initLogger({ silent: true });
  await runner.launch();
  const found = [];
  try {
    for (const [number, epub] of epubs.entries()) {
      const outdir = path.join(folder, String(number));
      found.push(violations(await judged(epub, outdir)));
    }
  } finally {
    await runner.close();
  }
  // Ace writes to the standard output.
  fs.writeFileSync(path.join(folder, "found.json"), JSON.stringify(found));
}

// A browser that crashes says nothing about the book, which is put once more, in a new
// one. What goes wrong twice is an error.
async function judged(epub, outdir) {
  const options = { cwd: process.cwd(), outdir, doNotReportMedia: true };
  try {
    const [, report] = await ace(epub, options, shared);
    return report;
  } catch {
    await runner.close().catch(() => {});
  }
  await runner.launch();
  const [, report] = await ace(epub, options, shared);
  return report;
}

function violations(report) {
  return report.assertions.flatMap((file) =>
    file.assertions.map((one) => ({
      where: file["earl:testSubject"].url,
      rule: one["earl:test"]["dct:title"],
      impact: one["earl:test"]["earl:impact"],
      words: one["earl:result"]["dct:description"],
      markup: one["earl:result"].html ?? "",
    })),
  );
}

const [folder, ...epubs] = process.argv.slice(2);
main(folder, epubs).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
